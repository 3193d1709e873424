"""The admin site: stock Django, with the workbench below it and its counts on the first page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

from claims.models import Suggestion
from jobs.models import Job, JobState


class StandpointAdminSite(admin.AdminSite):
    """Where analysts work and leads keep the reference data."""

    site_header = "Standpoint workbench"
    site_title = "Standpoint"
    index_title = "Workbench"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Put the workbench's addresses before the models' own."""
        from claims.admin.workbench.urls import (  # noqa: PLC0415 - it registers models here
            workbench_urls,
        )

        return [*workbench_urls(self.admin_view), *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Say on the first page what waits."""
        counts = {
            "waiting": Suggestion.objects.open().count(),
            "unfinished_jobs": Job.objects.unfinished().count(),
            "dead_jobs": Job.objects.filter(state=JobState.DEAD).count(),
        }
        return super().index(request, counts | (extra_context or {}))
