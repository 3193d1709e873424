"""The endpoints of background work: to look at, and to retry."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from jobs import operations
from jobs.api.accounts import account
from jobs.api.filters import JobFilters
from jobs.api.serializers import JobSerializer
from jobs.models import Job


@extend_schema_view(
    list=extend_schema(summary="List background jobs"),
    retrieve=extend_schema(summary="Show one background job"),
)
class JobViewSet(ReadOnlyModelViewSet[Job]):
    """Background work: taking texts in, extracting suggestions. For analysts only."""

    queryset = Job.objects.select_related("created_by")
    serializer_class = JobSerializer
    filterset_class = JobFilters
    lookup_value_regex = r"\d{1,18}"
    needs: ClassVar = {
        "list": "jobs.view_job",
        "retrieve": "jobs.view_job",
        "retry": "jobs.change_job",
    }

    @extend_schema(
        summary="Retry a failed job",
        description="Queues a job that failed for good again. Leads only.",
        operation_id="jobs_retry",
        request=None,
        responses=JobSerializer,
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Queue a failed job again."""
        job = operations.retry(job=self.get_object(), by=account(request))
        return Response(self.get_serializer(job).data)
