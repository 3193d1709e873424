"""The page of one stance: the quote in its context, and where it comes from."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import ClaimStatus, Stance, StanceState
from claims.statements import as_known, later_changes, retracted_at
from claims.views.access import reader_page, sees_unpublished
from claims.views.moment import asked_moment
from sources.models import Document

WINDOW = 320
PARTS = ("actor", "speaks_for", "claim", "coder", "evidence__document__source")


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
    """Show one stance, today or as known then; unpublished versions only to coders."""
    moment = asked_moment(request)
    stance = stance_as_known(pk, moment.known_at)
    hidden = not for_readers(stance)
    if hidden and not sees_unpublished(request):
        return withdrawn_page(request, stance)
    later = later_changes(pk, moment.known_at) if moment.known_at else None
    context = {
        "stance": stance,
        "words": words_around(stance),
        "moment": moment,
        "unpublished": hidden,
        "later": later,
    }
    return render(request, "claims/stance.html", context, status=moment.status)


def stance_as_known(pk: int, known_at: dt.datetime | None) -> Stance:
    """Return a stance, or its version of a past moment; raises Http404 where there is none."""
    versions = as_known(Stance, Q(id=pk), known_at).select_related(*PARTS)
    stance: Stance | None = versions.defer("evidence__document__body").first()
    if stance is None:
        msg = "No such stance was recorded by then."
        raise Http404(msg)
    return stance


def withdrawn_page(request: HttpRequest, stance: Stance) -> HttpResponse:
    """Tell who follows an old link that a stance was retracted, without its content.

    Raises Http404 where readers have never seen the stance.
    """
    withdrawn_at = retracted_at(stance.id)
    if withdrawn_at is None or stance.state != StanceState.RETRACTED or draft(stance):
        msg = "This stance is not published."
        raise Http404(msg)
    context = {"withdrawn_at": withdrawn_at, "moment": asked_moment(request)}
    return render(request, "claims/retracted.html", context, status=410)


def for_readers(stance: Stance) -> bool:
    """Whether everybody may see it: published, on a claim that is or was tracked."""
    return stance.state == StanceState.PUBLISHED and not draft(stance)


def draft(stance: Stance) -> bool:
    """Whether its claim is still being written."""
    return stance.claim.status == ClaimStatus.DRAFT


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
