"""Who may call what: each view names the right that each of its actions needs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF loads us while it loads its views


class RolePermission(BasePermission):
    """Grant an action to those whose role has the right that the view names for it.

    A view says ``needs = {"list": "claims.view_claim", ...}``; an action without an
    entry is refused to everyone. Where the view says ``published = True``, reads are
    open to everyone while ``STANDPOINT_PUBLIC_READ`` is on: such a view must start from
    published rows for those who have no right to more.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Judge the action before anything is read."""
        if not allows_method(view) or open_to_everyone(request, view):
            return True
        needs: Mapping[str, str] = getattr(view, "needs", {})
        right = needs.get(getattr(view, "action", None) or "")
        return bool(
            right and request.user.is_authenticated and request.user.has_perm(right)
        )


def allows_method(view: "APIView") -> bool:
    """Whether the view has an action for the method; if not, it answers 405 itself."""
    return getattr(view, "action", "") not in {None, "metadata"}


def open_to_everyone(request: Request, view: "APIView") -> bool:
    """Whether this is a read of published rows that no login is asked for."""
    published = getattr(view, "published", False)
    return bool(settings.PUBLIC_READ and published and request.method in SAFE_METHODS)
