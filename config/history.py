"""Writes beside each change which account made it, by number and by name."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class NamedHistoryMiddleware(HistoryMiddleware):
    """The name stays readable in the history after the account is gone."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the account's name to what the history keeps of a request."""
        user = getattr(request, "user", None)
        name = user.get_username() if user else ""
        return {**super().get_context(request), "by": name}
