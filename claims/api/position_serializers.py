"""How positions and timelines look in the API."""

from typing import Any

from rest_framework import serializers

from actors.models import ActorKind
from claims.api.serializers import StanceAddressField
from claims.models import StanceValue
from claims.timeline.groups import Verdict

CONTESTED = "Another office of the same body lately took the opposite side"
STALE = "The last evidence is old"
THIN = "It rests on a single stance or a single document"
REASONS = "Why it is so, in sentences"


class StatementSerializer(serializers.Serializer[Any]):
    """A published stance as the rule reads it."""

    id = serializers.IntegerField(help_text="Id of the stance")
    url = StanceAddressField(help_text="Address of the stance")
    actor = serializers.CharField(help_text="Slug of who said it")
    speaker = serializers.CharField(help_text="Name of who said it")
    rank = serializers.CharField(
        help_text="Rank of the office held that day; empty where the body itself spoke"
    )
    office = serializers.CharField(help_text="Office held that day, as recorded")
    value = serializers.ChoiceField(choices=StanceValue.choices)
    condition = serializers.CharField()
    stated_on = serializers.DateField()
    stated_precision = serializers.CharField(source="precision")
    quote = serializers.CharField()
    document = serializers.IntegerField(source="document_id")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="Name of the source"
    )


class RuleSerializer(serializers.Serializer[Any]):
    """The rule from stances to positions, with its windows in days."""

    name = serializers.CharField()
    version = serializers.CharField()
    contested_days = serializers.IntegerField()
    stale_days = serializers.IntegerField()
    official_days = serializers.IntegerField()


class MembersSerializer(serializers.Serializer[Any]):
    """The roll-up of a group: how many members of the day hold which value."""

    as_of = serializers.DateField()
    verdict = serializers.ChoiceField(
        choices=[(verdict.value, verdict.value) for verdict in Verdict]
    )
    members = serializers.IntegerField(help_text="Members on that day")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Members for each value"
    )
    holding = serializers.SerializerMethodField(
        help_text="Slugs of the members for each value that somebody holds"
    )
    silent = serializers.ListField(
        child=serializers.CharField(), help_text="Members without a position"
    )
    stale = serializers.ListField(
        child=serializers.CharField(), help_text="Members whose position is stale"
    )
    reasons = serializers.ListField(child=serializers.CharField())

    def get_holding(self, rolled: Any) -> dict[str, list[str]]:
        """List the members by value."""
        return {value.value: list(slugs) for value, slugs in rolled.holding}


class PositionSerializer(serializers.Serializer[Any]):
    """What a country, group or organisation holds on a claim on a day, and why."""

    actor = serializers.CharField(source="actor.slug", help_text="Slug")
    name = serializers.CharField(source="actor.name")
    kind = serializers.ChoiceField(source="actor.kind", choices=ActorKind.choices)
    iso2 = serializers.CharField(
        source="actor.iso2", allow_null=True, help_text="ISO code of a country"
    )
    value = serializers.ChoiceField(
        choices=StanceValue.choices,
        allow_null=True,
        help_text="Null where only members have spoken",
    )
    since = serializers.DateField(
        allow_null=True, help_text="First day on which it holds this value"
    )
    previous = serializers.ChoiceField(
        source="position.previous",
        choices=StanceValue.choices,
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Value held before this one",
    )
    last_evidence_on = serializers.DateField(
        source="position.last_evidence_on",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="Day of the last statement that counts",
    )
    contested = serializers.BooleanField(help_text=CONTESTED)
    stale = serializers.BooleanField(help_text=STALE)
    thin = serializers.BooleanField(help_text=THIN)
    reasons = serializers.ListField(child=serializers.CharField(), help_text=REASONS)
    stances = StatementSerializer(
        many=True, help_text="The stances that make the position so"
    )
    contested_by = StatementSerializer(
        source="position.contested_by",
        many=True,
        read_only=True,
        default=[],
        help_text="The stances of other offices that contest it",
    )
    members = MembersSerializer(
        source="roll_up", allow_null=True, help_text="Roll-up of a group's members"
    )


class PositionsSerializer(serializers.Serializer[Any]):
    """The positions on one claim on one day."""

    claim = serializers.CharField(help_text="Slug")
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    rule = RuleSerializer()
    results = PositionSerializer(many=True)


class TimelinePeriodSerializer(serializers.Serializer[Any]):
    """Days over which nothing about a position changes."""

    begins_on = serializers.DateField(source="start")
    ends_on = serializers.DateField(
        source="end", allow_null=True, help_text="First day of the next period"
    )
    value = serializers.ChoiceField(
        source="position.value", choices=StanceValue.choices
    )
    since = serializers.DateField(
        source="position.since", help_text="First day on which it holds this value"
    )
    change = serializers.IntegerField(
        source="position.change", help_text="Steps on the scale from the value before"
    )
    reversal = serializers.BooleanField(
        source="position.reversal", help_text="Whether it crossed to the other side"
    )
    contested = serializers.BooleanField(
        source="position.contested", help_text=CONTESTED
    )
    stale = serializers.BooleanField(source="position.stale", help_text=STALE)
    thin = serializers.BooleanField(source="position.thin", help_text=THIN)
    reasons = serializers.ListField(
        source="position.reasons", child=serializers.CharField(), help_text=REASONS
    )
    stances = StatementSerializer(source="position.made_by", many=True)
    contested_by = StatementSerializer(source="position.contested_by", many=True)


class TimelineSerializer(serializers.Serializer[Any]):
    """What a country, group or organisation held on a claim over time."""

    claim = serializers.CharField(source="claim.slug", help_text="Slug")
    actor = serializers.CharField(source="actor.slug", help_text="Slug")
    name = serializers.CharField(source="actor.name")
    kind = serializers.ChoiceField(source="actor.kind", choices=ActorKind.choices)
    iso2 = serializers.CharField(
        source="actor.iso2", allow_null=True, help_text="ISO code of a country"
    )
    periods = TimelinePeriodSerializer(many=True)
    other_voices = StatementSerializer(
        source="voices.others",
        many=True,
        help_text="Opposition and independent voices: they never make the position",
    )
    not_counting = StatementSerializer(
        source="voices.not_counting",
        many=True,
        help_text="Officials who spoke after their superiors had",
    )
    roll_ups = MembersSerializer(
        many=True, help_text="The members' roll-up on each day on which it changed"
    )


class TimelinesSerializer(serializers.Serializer[Any]):
    """Timelines until a day."""

    until = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    rule = RuleSerializer()
    results = TimelineSerializer(many=True)
