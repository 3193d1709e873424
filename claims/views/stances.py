"""The page of one stance: the quote in its context, and where it comes from."""

from dataclasses import dataclass

from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from claims.models import ClaimStatus, Stance, StanceState
from claims.views.access import reader_page, sees_unpublished
from claims.views.moment import asked_moment
from sources.models import Document

WINDOW = 320


@dataclass(frozen=True)
class Context:
    """The words around a quote; raw texts are never shown whole."""

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


@reader_page
def stance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published stance; drafts and retracted ones only to coders."""
    stances = Stance.objects.with_parts().select_related("evidence__document__source")
    stance = get_object_or_404(stances.defer("evidence__document__body"), pk=pk)
    if not for_readers(stance) and not sees_unpublished(request):
        msg = "This stance is not published."
        raise Http404(msg)
    context = {
        "stance": stance,
        "words": words_around(stance),
        "moment": asked_moment(request),
        "unpublished": not for_readers(stance),
    }
    return render(request, "claims/stance.html", context)


def for_readers(stance: Stance) -> bool:
    """Whether everybody may see it: published, on a claim that is or was tracked."""
    published = stance.state == StanceState.PUBLISHED
    return published and stance.claim.status != ClaimStatus.DRAFT


def words_around(stance: Stance) -> Context:
    """Read a window of some hundred characters around the quote."""
    evidence = stance.evidence
    first = max(evidence.start - WINDOW, 0)
    before, after = (
        Document.objects.filter(pk=evidence.document_id)
        .values_list(
            Substr("body", first + 1, max(evidence.start - first, 1)),
            Substr("body", evidence.end + 1, WINDOW),
        )
        .get()
    )
    return Context(
        before=from_whole_word(before) if first else before[: evidence.start],
        quote=evidence.quote,
        after=to_whole_word(after) if len(after) == WINDOW else after,
        cut_before=first > 0,
        cut_after=len(after) == WINDOW,
    )


def from_whole_word(text: str) -> str:
    """Drop a word that begins before the window."""
    return text.split(" ", 1)[-1] if " " in text else text


def to_whole_word(text: str) -> str:
    """Drop a word that ends after the window."""
    return text.rsplit(" ", 1)[0] if " " in text else text
