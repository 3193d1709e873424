"""What can be asked of stances and suggestions: the shapes of requests."""

from typing import Any

from rest_framework import serializers

from actors.models import Actor
from claims.models import Claim, StanceState, StanceValue
from jobs.api.strict import StrictSerializer
from sources.models import Document, Precision

NEW_STATES = [StanceState.DRAFT, StanceState.PUBLISHED]
SPAN = ("start", "end")


class StancePartsSerializer(StrictSerializer):
    """The parts of a stance that a coder may set; leave out what stays as it is."""

    actor = serializers.SlugRelatedField(
        slug_field="slug", queryset=Actor.objects.all(), required=False
    )
    speaks_for = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=Actor.objects.all(),
        required=False,
        help_text="Found out from the actor's offices on that day where left out",
    )
    claim = serializers.SlugRelatedField(
        slug_field="slug", queryset=Claim.objects.all(), required=False
    )
    value = serializers.ChoiceField(choices=StanceValue.choices, required=False)
    condition = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=5000,
        help_text="Only with the two conditional values",
    )
    stated_on = serializers.DateField(
        required=False, help_text="Day of the statement, in the world"
    )
    stated_precision = serializers.ChoiceField(
        choices=Precision.choices, required=False
    )
    occasion = serializers.CharField(required=False, allow_blank=True, max_length=200)
    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    start = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Offset of the quote's first character (Unicode code points)",
    )
    end = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="Offset behind the quote's last character",
    )
    quote = serializers.CharField(
        required=False,
        trim_whitespace=False,
        max_length=20_000,
        help_text="The words themselves: enough where the text holds them once",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take offsets only in pairs."""
        given = [name for name in SPAN if name in attrs]
        if len(given) == 1:
            missing = next(name for name in SPAN if name not in attrs)
            raise serializers.ValidationError({missing: "Give start and end together."})
        return attrs


class StanceRequestSerializer(StancePartsSerializer):
    """A stance to log: words of a document, by offsets or quoted."""

    actor = serializers.SlugRelatedField(
        slug_field="slug", queryset=Actor.objects.all()
    )
    claim = serializers.SlugRelatedField(
        slug_field="slug", queryset=Claim.objects.all()
    )
    value = serializers.ChoiceField(choices=StanceValue.choices)
    document = serializers.PrimaryKeyRelatedField(
        queryset=Document.objects.all(), pk_field=serializers.IntegerField()
    )
    stated_on = serializers.DateField(help_text="Day of the statement, in the world")
    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in NEW_STATES],
        required=False,
        help_text="`published` unless said otherwise",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the words."""
        attrs = super().validate(attrs)
        if "start" not in attrs and "quote" not in attrs:
            msg = "Give start and end, or the quote."
            raise serializers.ValidationError({"quote": msg})
        return attrs


class StanceChangeSerializer(StancePartsSerializer):
    """Changes to a stance, and the version that they were made on."""

    version = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version you saw, if you do not send it as If-Match",
    )


class RetractionSerializer(StrictSerializer):
    """Why a stance is withdrawn."""

    reason = serializers.CharField(max_length=5000)


class RejectionSerializer(StrictSerializer):
    """Why a suggestion is wrong, if you want to say."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=5000)


def with_span(parts: dict[str, Any], document: Document) -> dict[str, Any]:
    """Find the offsets of a quote given without; raises ValidationError."""
    quote = parts.get("quote")
    if quote is None or "start" in parts:
        return parts
    times = document.body.count(quote)
    if times != 1:
        how_often = "not at all" if not times else f"{times} times"
        msg = f"The text holds these words {how_often}: give start and end too."
        raise serializers.ValidationError({"quote": msg})
    start = document.body.index(quote)
    return {**parts, "start": start, "end": start + len(quote)}
