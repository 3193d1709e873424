"""Suggestions in the admin site: a record to search; decisions are taken in the workbench."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import EmptyFieldListFilter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from claims.admin.kept import KeptAdmin
from claims.admin.workbench.desk import desk_address
from claims.admin.workbench.pages import number_or_404
from claims.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(KeptAdmin[Suggestion]):
    """What machines proposed and what became of it.

    Only extractors suggest, and a decided suggestion must not come back.
    """

    list_title = "All suggestions"
    list_display = (
        "who",
        "claim",
        "value",
        "score",
        "state",
        "decided_by",
        "decided_at",
        "extractor",
        "extractor_version",
    )
    list_filter = (
        "state",
        ("actor", EmptyFieldListFilter),
        "claim",
        "value",
        "extractor",
        "extractor_version",
    )
    list_select_related = ("actor", "claim", "decided_by")
    search_fields = ("actor__name", "mention", "evidence__quote")
    ordering = ("-recorded_at", "-pk")

    @admin.display(description="actor", ordering="actor__name")
    def who(self, suggestion: Suggestion) -> str:
        """Show the actor, or the name of an unknown speaker."""
        return suggestion.speaker

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Open the text with this suggestion."""
        rows = Suggestion.objects.select_related("evidence")
        suggestion = get_object_or_404(rows, pk=number_or_404(object_id))
        document_id = suggestion.evidence.document_id
        return redirect(desk_address(document_id, selected=suggestion.pk))
