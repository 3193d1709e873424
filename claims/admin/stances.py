"""Stances in the admin site: the list; changes go through the workbench's operations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.kept import KeptAdmin
from claims.admin.workbench.desk import desk_address
from claims.admin.workbench.pages import number_or_404
from claims.admin.workbench.stance_pages import stance_page
from claims.models import Stance


class SpeaksForCountry(admin.SimpleListFilter):
    """Countries, organisations and groups that have stances."""

    title = "speaks for"
    parameter_name = "speaks_for"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[Any, str]]:
        """Offer what somebody has spoken for."""
        spoken = Stance.objects.filter(speaks_for__isnull=False)
        rows = spoken.order_by("speaks_for__name", "speaks_for_id").distinct()
        return list(rows.values_list("speaks_for_id", "speaks_for__name"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow to the chosen one."""
        chosen = self.value() or ""
        return queryset.filter(speaks_for=chosen) if chosen.isdigit() else queryset


@admin.register(Stance)
class StanceAdmin(KeptAdmin[Stance]):
    """The list of stances; one is amended, retracted and traced on its own page.

    A stance begins with words in a text, on the text's page, and is retracted with a
    reason instead of deleted.
    """

    list_title = "Stances"
    list_display = (
        "stated",
        "actor",
        "speaks_for",
        "claim",
        "value",
        "quoted",
        "state",
        "coder",
    )
    list_display_links = ("stated", "actor")
    list_filter = ("state", "claim", "value", SpeaksForCountry)
    list_select_related = ("actor", "speaks_for", "claim", "coder", "evidence")
    search_fields = ("actor__name", "evidence__quote", "occasion")
    search_help_text = "Part of a name, of the quoted words or of the occasion"
    date_hierarchy = "stated_on"
    ordering = ("-stated_on", "-pk")

    @admin.display(description="stated on", ordering="stated_on")
    def stated(self, stance: Stance) -> str:
        """Show the date as exactly as it is known."""
        shapes = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
        return stance.stated_on.strftime(shapes[stance.stated_precision])

    @admin.display(description="quoted words")
    def quoted(self, stance: Stance) -> str:
        """Lead to the words in their text."""
        quote = stance.evidence.quote
        shown = quote if len(quote) <= 70 else f"{quote[:67]}…"
        address = desk_address(stance.evidence.document_id)
        return format_html('<a href="{}#stance-{}">{}</a>', address, stance.pk, shown)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the stance's own page, whose form calls the operation."""
        return stance_page(request, pk=number_or_404(object_id))

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The history stands on the stance's page."""
        page = reverse("admin:claims_stance_change", args=[object_id])
        return redirect(f"{page}#history")
