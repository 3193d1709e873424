"""What every page of the workbench shares: who may see it, and the admin site's frame."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = TypeVar("View", bound=Callable[..., HttpResponse])


def needs(*permissions: str) -> Callable[[View], View]:
    """Refuse (403) whoever lacks one of ``permissions``."""
    return permission_required(permissions, raise_exception=True)


def analyst(request: HttpRequest) -> User:
    """Return who asks; the admin site lets only accounts in."""
    assert isinstance(request.user, User)  # noqa: S101 - behind admin_view and needs()
    return request.user


def number_or_404(written: str) -> int:
    """Return the number of a row as the admin site's addresses carry it."""
    if not (written.isascii() and written.isdigit() and len(written) < 19):
        raise Http404
    return int(written)


def way_back(request: HttpRequest) -> str:
    """Return the page of this site that the visitor came from (``next``), else ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else ""


def go_back(request: HttpRequest, to: str, *args: Any) -> HttpResponse:
    """Send the visitor to where they came from, else to the page ``to``."""
    return redirect(way_back(request) or reverse(to, args=args))


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page inside the admin site's frame."""
    frame = admin.site.each_context(request)
    return render(request, template, frame | context, status=status)
