"""The endpoints of claims, documents, stances and suggestions."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.csv_files import STANCE_COLUMNS, csv_response, stance_cells
from claims.api.filters import (
    CitedDocumentFilters,
    ClaimFilters,
    StanceFilters,
    SuggestionFilters,
)
from claims.api.readable import (
    readable_claims,
    readable_documents,
    readable_stances,
)
from claims.api.requests import (
    RejectionSerializer,
    RetractionSerializer,
    StanceChangeSerializer,
    StancePartsSerializer,
    StanceRequestSerializer,
    with_span,
)
from claims.api.serializers import (
    ClaimSerializer,
    StanceSerializer,
    SuggestionSerializer,
)
from claims.api.versions import entity_tag, version_seen
from claims.models import Claim, Stance, Suggestion
from claims.operations.stances import (
    amend_stance,
    log_stance,
    publish_stance,
    retract_stance,
)
from claims.operations.suggestions import (
    accept_suggestion,
    reject_suggestion,
    reopen_suggestion,
)
from jobs.api.accounts import account
from sources.api.serializers import DocumentSerializer, DocumentTextSerializer
from sources.models import Document

ID = r"\d{1,18}"
HEAVY = ("body", "shingle_bands")
HEAVY_BELOW = tuple(f"evidence__document__{name}" for name in HEAVY)
ONE_STANCE = OpenApiExample(
    "By quote",
    request_only=True,
    value={
        "actor": "emmanuel-macron",
        "claim": "ground-troops",
        "value": "support",
        "document": 1,
        "quote": "We must not rule out sending troops",
        "stated_on": "2024-02-26",
    },
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="ETag of the stance as you saw it; or send `version` in the body",
)


@extend_schema_view(
    list=extend_schema(summary="List claims"),
    retrieve=extend_schema(summary="Show one claim"),
)
class ClaimViewSet(ReadOnlyModelViewSet[Claim]):
    """What is tracked: propositions with their coding rules and example phrases."""

    queryset = Claim.objects.all()
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilters
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    orderings = ("title", "-title", "-id", "id")
    published = True
    needs: ClassVar = {"list": "claims.view_claim", "retrieve": "claims.view_claim"}

    def get_queryset(self) -> QuerySet[Claim]:
        """Start from what the person may read."""
        return readable_claims(self.request.user).prefetch_related("phrases")


@extend_schema_view(
    list=extend_schema(summary="List documents"),
    retrieve=extend_schema(summary="Show one document"),
)
class DocumentViewSet(ReadOnlyModelViewSet[Document]):
    """Texts as ingested, without their words; readers see those that stances cite."""

    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = CitedDocumentFilters
    lookup_value_regex = ID
    orderings = ("-recorded_at", "recorded_at", "-id", "id")
    published = True
    needs: ClassVar = {
        "list": "sources.view_source",
        "retrieve": "sources.view_source",
    }

    def get_queryset(self) -> QuerySet[Document]:
        """Start from what the person may read."""
        documents = readable_documents(self.request.user)
        return documents.select_related("source").defer(*HEAVY)


@extend_schema_view(
    retrieve=extend_schema(
        summary="Read a document's words",
        description="The whole text, for analysts only.",
        operation_id="documents_text_retrieve",
    ),
)
class DocumentTextViewSet(ReadOnlyModelViewSet[Document]):
    """The words of a document. For analysts only."""

    queryset = Document.objects.only(*DocumentTextSerializer.Meta.fields)
    serializer_class = DocumentTextSerializer
    needs: ClassVar = {"retrieve": "sources.view_document"}


@extend_schema_view(
    list=extend_schema(summary="List stances"),
    retrieve=extend_schema(
        summary="Show one stance",
        description="Its version is the ETag, which a change must send as If-Match.",
    ),
)
class StanceViewSet(ReadOnlyModelViewSet[Stance]):
    """Who stood where on a claim on which day, each with the words that show it."""

    queryset = Stance.objects.all()
    serializer_class = StanceSerializer
    filterset_class = StanceFilters
    lookup_value_regex = ID
    orderings = ("-id", "id", "-stated_on", "stated_on")
    published = True
    needs: ClassVar = {
        "list": "claims.view_stance",
        "retrieve": "claims.view_stance",
        "csv": "claims.view_stance",
        "create": "claims.add_stance",
        "partial_update": "claims.change_stance",
        "publish": "claims.change_stance",
        "retract": "claims.change_stance",
    }

    def get_queryset(self) -> QuerySet[Stance]:
        """Start from what the person may read."""
        stances = readable_stances(self.request.user)
        return stances.with_parts().defer(*HEAVY_BELOW)

    def answer(self, stance: Stance, status: int = 200) -> Response:
        """Show a stance as it is now."""
        now = self.get_queryset().get(pk=stance.pk)
        shown = self.get_serializer(now).data
        headers = {**entity_tag(now), "Content-Location": shown["url"]}
        if status == 201:
            headers["Location"] = shown["url"]
        return Response(shown, status=status, headers=headers)

    def retrieve(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Show one stance with its version."""
        stance = self.get_object()
        shown = self.get_serializer(stance).data
        return Response(shown, headers=entity_tag(stance))

    @extend_schema(
        summary="Log a stance",
        description="Give `start` and `end`, or a `quote` that the text holds once.",
        request=StanceRequestSerializer,
        responses={201: StanceSerializer},
        examples=[ONE_STANCE],
    )
    def create(self, request: Request) -> Response:
        """Log a stance."""
        asked = StanceRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        parts = with_span(asked.validated_data, asked.validated_data["document"])
        return self.answer(log_stance(by=account(request), **parts), status=201)

    @extend_schema(
        summary="Amend a stance",
        description="Analysts amend what they logged, leads amend any stance.",
        request=StanceChangeSerializer,
        responses=StanceSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Amend a stance as seen at a version."""
        stance = self.get_object()
        asked = StanceChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        changes = with_span(asked.validated_data, stance.evidence.document)
        version = version_seen(request, stance, changes.pop("version", None))
        return self.answer(
            amend_stance(stance=stance, by=account(request), version=version, **changes)
        )

    @extend_schema(
        summary="Publish a draft",
        operation_id="stances_publish",
        request=None,
        responses=StanceSerializer,
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Show a draft to readers."""
        return self.answer(
            publish_stance(stance=self.get_object(), by=account(request))
        )

    @extend_schema(
        summary="Retract a stance",
        description="It stays in the history. Analysts retract what they logged, leads any.",
        operation_id="stances_retract",
        request=RetractionSerializer,
        responses=StanceSerializer,
    )
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, pk: str) -> Response:
        """Withdraw a stance with its reason."""
        asked = RetractionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        stance = self.get_object()
        return self.answer(
            retract_stance(stance=stance, by=account(request), **asked.validated_data)
        )

    @extend_schema(
        summary="Download stances as CSV",
        description="All that match, in the order of their ids; see docs/api.md.",
        operation_id="stances_csv",
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def csv(self, request: Request) -> StreamingHttpResponse:
        """Stream all matching stances."""
        stances = self.filter_queryset(self.get_queryset()).order_by("id")
        rows = stances.values_list(*STANCE_COLUMNS.values()).iterator(chunk_size=2000)
        return csv_response("stances.csv", STANCE_COLUMNS, map(stance_cells, rows))


@extend_schema_view(
    list=extend_schema(summary="List suggestions"),
    retrieve=extend_schema(summary="Show one suggestion"),
)
class SuggestionViewSet(ReadOnlyModelViewSet[Suggestion]):
    """Stances proposed by machines, to accept, amend or reject. For analysts only."""

    queryset = (
        Suggestion.objects.with_parts().select_related("stance").defer(*HEAVY_BELOW)
    )
    serializer_class = SuggestionSerializer
    filterset_class = SuggestionFilters
    lookup_value_regex = ID
    orderings = ("-id", "id", "-score")
    needs: ClassVar = {
        "list": "claims.view_suggestion",
        "retrieve": "claims.view_suggestion",
        "accept": "claims.decide_suggestion",
        "reject": "claims.decide_suggestion",
        "reopen": "claims.decide_suggestion",
    }

    def answer(self, suggestion: Suggestion) -> Response:
        """Show a suggestion as it is now."""
        now = self.get_queryset().get(pk=suggestion.pk)
        return Response(self.get_serializer(now).data)

    @extend_schema(
        summary="Accept a suggestion",
        description=(
            "Logs the suggested stance. Send what you know better: then it is "
            "accepted with changes. Accepting twice logs one stance."
        ),
        operation_id="suggestions_accept",
        request=StancePartsSerializer,
        responses=SuggestionSerializer,
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Log the suggested stance, with amendments."""
        suggestion = self.get_object()
        asked = StancePartsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        parts = with_span(asked.validated_data, suggestion.evidence.document)
        accept_suggestion(
            suggestion=suggestion, by=account(request), now=timezone.now(), **parts
        )
        return self.answer(suggestion)

    @extend_schema(
        summary="Reject a suggestion",
        operation_id="suggestions_reject",
        request=RejectionSerializer,
        responses=SuggestionSerializer,
    )
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Set a wrong suggestion aside."""
        asked = RejectionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        suggestion = self.get_object()
        reject_suggestion(
            suggestion=suggestion,
            by=account(request),
            now=timezone.now(),
            **asked.validated_data,
        )
        return self.answer(suggestion)

    @extend_schema(
        summary="Undo a decision",
        description="Opens the suggestion again; a stance logged from it is retracted.",
        operation_id="suggestions_reopen",
        request=None,
        responses=SuggestionSerializer,
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Open a decided suggestion again."""
        suggestion = self.get_object()
        reopen_suggestion(suggestion=suggestion, by=account(request))
        return self.answer(suggestion)
