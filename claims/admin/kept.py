"""What the lists of rows that are kept for good share in the admin site."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

Row = TypeVar("Row", bound=Model)


class KeptAdmin(admin.ModelAdmin[Row]):
    """Rows that are made elsewhere and never deleted; ``list_title`` heads their list."""

    list_title: str
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Head the list with what it is."""
        context = {"title": self.list_title, **(extra_context or {})}
        return super().changelist_view(request, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Never."""
        return False


class ReadOnlyAdmin(KeptAdmin[Row]):
    """Kept rows that nobody changes either."""

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Never."""
        return False
