"""Who may read the pages: everyone where reading is public, else accounts with a role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
NO_ROLE = "Your account has no role yet: ask a lead or an administrator for one."


def reader_page(view: View[P]) -> View[P]:
    """Let readers in, send others to the login, and keep personal pages out of caches."""

    @require_safe
    @wraps(view)
    def page(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not may_read(request):
            if request.user.is_authenticated:
                raise PermissionDenied(NO_ROLE)
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return page


def may_read(request: HttpRequest) -> bool:
    """Whether the visitor may see published data."""
    return bool(settings.PUBLIC_READ) or request.user.has_perm("claims.view_stance")


def sees_unpublished(request: HttpRequest) -> bool:
    """Whether the visitor may see stances that are drafts or retracted."""
    return request.user.has_perm("claims.change_stance")
