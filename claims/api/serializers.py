"""How claims, stances and suggestions look in the API."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from actors.api.serializers import ActorReferenceSerializer
from claims.api.readable import codes
from claims.models import Claim, Stance, Suggestion
from sources.api.serializers import SourceReferenceSerializer
from sources.models import Document

STANCES_ADDRESS = "stances_address"


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A proposition one can support or oppose, and the rule for coding it."""

    phrases = serializers.SlugRelatedField[Any](
        slug_field="text",
        many=True,
        read_only=True,
        help_text="Words by which texts speak of it",
    )

    class Meta:
        model = Claim
        fields = ["slug", "title", "proposition", "coding_rule", "status", "phrases"]
        read_only_fields = fields


@extend_schema_field(OpenApiTypes.URI)
class StanceAddressField(serializers.Field[Any, Any, str, Any]):
    """The address of a stance in this API."""

    def __init__(self, **given: Any) -> None:
        """Read the id."""
        super().__init__(**{"read_only": True, "source": "id", **given})

    def to_representation(self, value: int) -> str:
        """Put the id behind the address of the list, which is looked up once."""
        if STANCES_ADDRESS not in self.context:
            request = self.context.get("request")
            self.context[STANCES_ADDRESS] = reverse("api:stance-list", request=request)
        return f"{self.context[STANCES_ADDRESS]}{value}/"


class DocumentReferenceSerializer(serializers.ModelSerializer[Document]):
    """The document that holds the words, in short."""

    source = SourceReferenceSerializer(  # type: ignore[assignment]
        read_only=True, allow_null=True
    )

    class Meta:
        model = Document
        fields = [
            "id",
            "title",
            "url",
            "published_on",
            "published_precision",
            "source",
        ]
        read_only_fields = fields


class EvidenceSerializer(serializers.Serializer[Any]):
    """The words, and where they stand: half-open offsets in Unicode code points."""

    quote = serializers.CharField(read_only=True)
    start = serializers.IntegerField(read_only=True)
    end = serializers.IntegerField(read_only=True)
    document = DocumentReferenceSerializer(read_only=True)


class CodingSerializer(serializers.ModelSerializer[Stance]):
    """How a stance was coded: shown to analysts only."""

    coder = serializers.SlugRelatedField[Any](
        slug_field="username",
        read_only=True,
        allow_null=True,
        help_text="Who logged it; null where the account is gone",
    )

    class Meta:
        model = Stance
        fields = ["coder", "note", "retraction_reason", "suggestion"]
        read_only_fields = fields


class StanceSerializer(serializers.ModelSerializer[Stance]):
    """One logged act: who stood where on a claim on a day, and the words that show it."""

    url = StanceAddressField(help_text="Address of this stance")
    actor = ActorReferenceSerializer(read_only=True, help_text="Who said it")
    speaks_for = ActorReferenceSerializer(
        read_only=True,
        allow_null=True,
        help_text="For which country, organisation or group it counts",
    )
    claim = serializers.SlugRelatedField[Claim](slug_field="slug", read_only=True)
    evidence = EvidenceSerializer(read_only=True)
    coding = serializers.SerializerMethodField(
        help_text="How it was coded; null for those who do not code"
    )

    class Meta:
        model = Stance
        fields = [
            "id",
            "url",
            "claim",
            "actor",
            "speaks_for",
            "value",
            "condition",
            "stated_on",
            "stated_precision",
            "occasion",
            "evidence",
            "state",
            "version",
            "recorded_at",
            "coding",
        ]
        read_only_fields = fields

    @extend_schema_field(CodingSerializer(allow_null=True))
    def get_coding(self, stance: Stance) -> dict[str, Any] | None:
        """Show coder and note to those who code."""
        request = self.context.get("request")
        if request is None or not codes(request.user):
            return None
        return dict(CodingSerializer(stance).data)


class SpanSerializer(serializers.Serializer[Any]):
    """A stretch of the text that the extractor used."""

    role = serializers.CharField(
        help_text="`source`, `cue`, `content`, `condition` or `also`"
    )
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class SuggestionSerializer(serializers.ModelSerializer[Suggestion]):
    """A stance proposed by a machine, until a person decides on it."""

    actor = ActorReferenceSerializer(
        read_only=True,
        allow_null=True,
        help_text="Null while the speaker is unknown: accept with the actor you choose",
    )
    actor_guesses = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Slugs of actors that an unknown speaker may be, the likeliest first",
    )
    speaks_for = ActorReferenceSerializer(read_only=True, allow_null=True)
    claim = serializers.SlugRelatedField[Claim](slug_field="slug", read_only=True)
    claim_guesses = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Slugs of other claims that the words fit, the best first",
    )
    evidence = EvidenceSerializer(read_only=True)
    spans = SpanSerializer(many=True, read_only=True)
    confidence = serializers.FloatField(
        read_only=True, help_text="The extractor's own, where the score is learned"
    )
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    decided_by = serializers.SlugRelatedField[Any](
        slug_field="username", read_only=True, allow_null=True
    )
    stance = serializers.SerializerMethodField(
        help_text="Id of the stance logged from it"
    )

    class Meta:
        model = Suggestion
        fields = [
            "id",
            "claim",
            "claim_guesses",
            "actor",
            "mention",
            "mention_kind",
            "mention_description",
            "actor_guesses",
            "speaks_for",
            "value",
            "condition",
            "stated_on",
            "stated_precision",
            "evidence",
            "kind",
            "spans",
            "score",
            "confidence",
            "reasons",
            "extractor",
            "extractor_version",
            "state",
            "decided_by",
            "decided_at",
            "decision_note",
            "stance",
            "recorded_at",
        ]
        read_only_fields = fields

    def get_stance(self, suggestion: Suggestion) -> int | None:
        """Return the stance's id where there is one."""
        stance = getattr(suggestion, "stance", None)
        return stance.pk if stance else None
