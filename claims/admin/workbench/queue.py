"""The review queue: what waits for a decision, with filters and counts."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse

from claims.admin.workbench.forms import QueueFilter
from claims.admin.workbench.pages import needs, render_page
from claims.models import Claim, Suggestion, SuggestionState
from sources.models import Document

PAGE_SIZE = 40


@needs("claims.view_suggestion", "sources.view_document")
def queue(request: HttpRequest) -> HttpResponse:
    """List the open suggestions, the surest first."""
    chosen = QueueFilter(request.GET)
    rows = Suggestion.objects.open().with_parts().defer("evidence__document__body")
    valid = chosen.is_valid()
    found = rows.filter(**chosen.lookups()) if valid else rows.none()
    context = {
        "title": "Review queue",
        "filter": chosen,
        "filtered": valid and bool(chosen.lookups()),
        "page": page_of(found.order_by("-score", "-pk"), request),
        "claims": claim_counts(),
        "documents": document_counts(),
        "waiting": Suggestion.objects.open().count(),
        "query": query_without_page(request),
    }
    return render_page(request, "admin/workbench/queue.html", context)


def page_of(rows: QuerySet[Suggestion], request: HttpRequest) -> Page[Any]:
    """Return the page asked for, the last where there are fewer."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def query_without_page(request: HttpRequest) -> str:
    """Return the filters as they stand in the address."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def claim_counts() -> QuerySet[Any]:
    """Return each claim that has open suggestions with how many."""
    return (
        Claim.objects.filter(suggestions__state=SuggestionState.OPEN)
        .annotate(waiting=Count("suggestions"))
        .order_by("-waiting", "title")
    )


def document_counts() -> QuerySet[Any]:
    """Return the texts that have open suggestions with how many, the surest first."""
    return (
        Document.objects.filter(evidence__suggestions__state=SuggestionState.OPEN)
        .annotate(
            waiting=Count("evidence__suggestions"),
            best=Max("evidence__suggestions__score"),
        )
        .defer("body")
        .select_related("source")
        .order_by("-best", "-pk")[:12]
    )
