"""The admin site: stock Django, with the workbench below it and its counts on the first page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse

from claims.models import Suggestion
from jobs.models import Job, JobState

NO_DESK = (
    "The workbench is for analysts, leads and admins, and your account has none of "
    "these roles. Ask an administrator for the role; reading needs none of them."
)


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

    def admin_view(  # type: ignore[override]  # the stubs want its very type
        self,
        view: Callable[..., Any],
        cacheable: bool = False,  # noqa: FBT001, FBT002 - as Django calls it
    ) -> Callable[..., Any]:
        """Tell who is logged in without the role so, instead of asking to log in again."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            leaving = request.path == reverse("admin:logout")
            if request.user.is_authenticated and not leaving:
                self.refuse_without_role(request)
            return guarded(request, *args, **kwargs)

        return page

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send visitors to the site's one login form."""
        if request.user.is_authenticated:
            self.refuse_without_role(request)
            return super().login(request, extra_context)
        asked = request.GET.get(REDIRECT_FIELD_NAME, "") or reverse("admin:index")
        return redirect_to_login(asked)

    def refuse_without_role(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for accounts that don't work here."""
        if not self.has_permission(request):
            raise PermissionDenied(NO_DESK)

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
