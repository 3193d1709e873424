"""Logging in, and whether this process runs and can do its work."""

from django.contrib.auth.views import LoginView
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import reverse


class SiteLoginView(LoginView):
    """Log in; who reviews suggestions begins at the queue, others at the start page."""

    def get_default_redirect_url(self) -> str:
        """Return where to go when no page was asked for."""
        user = self.request.user
        reviews = user.is_staff and user.has_perm("claims.view_suggestion")
        return (
            reverse("admin:workbench_queue")
            if reviews
            else super().get_default_redirect_url()
        )


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer that the process runs: a failure here means restart it."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database does: a failure here means send no visitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})
