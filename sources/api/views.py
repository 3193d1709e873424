"""The endpoints of sources, feeds and ingestions."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import CreateModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ReadOnlyModelViewSet

from jobs.api.accounts import account
from jobs.api.serializers import JobSerializer
from sources import operations
from sources.api.filters import FeedFilters, IngestionFilters, SourceFilters
from sources.api.serializers import (
    FeedSerializer,
    IngestionRequestSerializer,
    IngestionSerializer,
    SourceSerializer,
)
from sources.models import Feed, Ingestion, Source


@extend_schema_view(
    list=extend_schema(summary="List sources"),
    retrieve=extend_schema(summary="Show one source"),
)
class SourceViewSet(ReadOnlyModelViewSet[Source]):
    """Who publishes the documents: newspapers, agencies, ministries, think tanks."""

    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    filterset_class = SourceFilters
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    orderings = ("name", "-name", "-id", "id")
    published = True
    needs: ClassVar = {
        "list": "sources.view_source",
        "retrieve": "sources.view_source",
    }


@extend_schema_view(
    list=extend_schema(summary="List feeds"),
    retrieve=extend_schema(summary="Show one feed"),
)
class FeedViewSet(ReadOnlyModelViewSet[Feed]):
    """RSS and Atom addresses that are polled. For analysts only."""

    queryset = Feed.objects.select_related("source")
    serializer_class = FeedSerializer
    filterset_class = FeedFilters
    lookup_value_regex = r"\d{1,18}"
    needs: ClassVar = {
        "list": "sources.view_feed",
        "retrieve": "sources.view_feed",
        "poll": "sources.change_feed",
    }

    @extend_schema(
        summary="Poll a feed now",
        description="Queues a poll, and shows its job. Leads only.",
        operation_id="feeds_poll",
        request=None,
        responses={202: JobSerializer},
    )
    @action(detail=True, methods=["post"])
    def poll(self, request: Request, pk: str) -> Response:
        """Queue a poll."""
        job = operations.request_poll(feed=self.get_object(), by=account(request))
        shown = JobSerializer(job, context=self.get_serializer_context())
        return Response(shown.data, status=202)


@extend_schema_view(
    list=extend_schema(summary="List ingestions"),
    retrieve=extend_schema(summary="Show what became of one ingestion"),
)
class IngestionViewSet(CreateModelMixin, ReadOnlyModelViewSet[Ingestion]):
    """Requests to take texts in. For analysts only."""

    queryset = Ingestion.objects.select_related("job", "source", "requested_by").defer(
        "raw"
    )
    serializer_class = IngestionSerializer
    filterset_class = IngestionFilters
    lookup_value_regex = r"\d{1,18}"
    needs: ClassVar = {
        "list": "sources.view_ingestion",
        "retrieve": "sources.view_ingestion",
        "create": "sources.add_ingestion",
    }

    @extend_schema(
        summary="Take a text in",
        description=(
            "Queues a pasted text, an uploaded file or the page at an address. The "
            "answer comes at once; ask its `Location` again for what became of it."
        ),
        request=IngestionRequestSerializer,
        responses={202: IngestionSerializer},
        examples=[
            OpenApiExample(
                "Paste",
                request_only=True,
                value={
                    "text": "“We must not rule out sending troops,” the president said.",
                    "title": "President speaks in Paris",
                    "published_on": "2024-02-27",
                    "language": "en",
                },
            ),
            OpenApiExample(
                "Address", request_only=True, value={"url": "https://example.org/news"}
            ),
        ],
    )
    def create(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Queue a text."""
        asked = IngestionRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        queued = requested(by=account(request), **asked.validated_data)
        ingestion = self.get_queryset().get(pk=queued.pk)
        address = reverse("api:ingestion-detail", [ingestion.pk], request=request)
        return Response(
            self.get_serializer(ingestion).data,
            status=202,
            headers={"Location": address},
        )


def requested(*, by: Any, **given: Any) -> Ingestion:
    """Ask for the intake that the given fields mean."""
    if "text" in given:
        return operations.request_paste(by=by, **given)
    if "file" in given:
        file = given.pop("file")
        return operations.request_upload(
            content=file.read(operations.MAX_UPLOAD_BYTES + 1),
            file_name=file.name,
            by=by,
            **given,
        )
    url = given.pop("url")
    return operations.request_url(url=url, by=by, known=operations.Known(**given))
