"""Learned weights in the admin site: read here, made and switched by ``manage.py learn``."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from claims.admin.kept import ReadOnlyAdmin
from claims.admin.workbench.pages import number_or_404, render_page
from claims.lessons import (
    COLUMNS,
    FORMS,
    MEANINGS,
    VERDICTS,
    measured,
    reasons,
    weights_in_words,
)
from claims.models import LearnedWeights
from claims.operations.learning import decisions_of, engines, outdated_by
from extraction.learning import LEAST_DECISIONS, LEAST_OF_EACH, LEAST_TEXTS

PAGE = "admin/claims/learnedweights/version.html"


@admin.register(LearnedWeights)
class LearnedWeightsAdmin(ReadOnlyAdmin[LearnedWeights]):
    """Each version with how it did on decisions held out from it.

    A command learns them; a version stays what it is and can be taken back into use.
    """

    list_title = "Learned weights"
    list_display = (
        "version",
        "trained_at",
        "engine",
        "decisions",
        "stands",
        "log_loss",
        "ranking",
        "in_use",
    )
    ordering = ("-version",)

    @admin.display(description="engine", ordering="extractor")
    def engine(self, row: LearnedWeights) -> str:
        """Name the engine whose proposals they score."""
        return f"{row.extractor} {row.extractor_version}"

    @admin.display(description="what stands")
    def stands(self, row: LearnedWeights) -> str:
        """Name the form that did best."""
        return FORMS[row.form]

    @admin.display(description="log loss, shipped → this")
    def log_loss(self, row: LearnedWeights) -> str:
        """Show by how much it errs less."""
        return self._before_after(row, "log_loss")

    @admin.display(description="ranking, shipped → this")
    def ranking(self, row: LearnedWeights) -> str:
        """Show by how much it orders better."""
        return self._before_after(row, "ranking")

    @admin.display(description="in use", boolean=True)
    def in_use(self, row: LearnedWeights) -> bool:
        """Whether it scores suggestions now."""
        return row.is_active

    def _before_after(self, row: LearnedWeights, name: str) -> str:
        judged = row.report["judged"]
        before = f"{judged['shipped'][name]:.3f}"
        return (
            before
            if row.form == "shipped"
            else f"{before} → {judged[row.form][name]:.3f}"
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the report instead of a form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(LearnedWeights, pk=number_or_404(object_id))
        return render_page(request, PAGE, report_context(row))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say what is missing while the list is empty."""
        missing = {} if LearnedWeights.objects.exists() else what_it_takes()
        return super().changelist_view(request, missing)


def what_it_takes() -> dict[str, Any]:
    """Return how many decisions there are of how many."""
    return {
        "decisions": sum(decisions_of(engine).count() for engine in engines()),
        "least": LEAST_DECISIONS,
        "least_of_each": LEAST_OF_EACH,
        "least_texts": LEAST_TEXTS,
    }


def report_context(row: LearnedWeights) -> dict[str, Any]:
    """Return what the page of a version shows."""
    return {
        "title": f"Learned weights, version {row.version}",
        "row": row,
        "columns": list(COLUMNS.values()),
        "measured": measured(row.report),
        "stands": FORMS[row.form],
        "meanings": MEANINGS.items(),
        "verdict": VERDICTS[row.form],
        "reasons": reasons(row.report),
        "weights": [] if row.form == "shipped" else weights_in_words(row.weights),
        "outdated": outdated_by(row),
    }
