"""Pages of claims: the list, and everybody's position on one."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import ActorKind
from claims.models import Claim, ClaimStatus, StanceState
from claims.positions import claim_timelines
from claims.views.access import reader_page
from claims.views.moment import asked_moment
from claims.views.panels import Panel, common_span, distribution, panel
from extraction.interface import Value
from sources.models import Source


@dataclass(frozen=True)
class Column:
    """One value of the scale with those who hold it."""

    value: Value
    panels: list[Panel]


@reader_page
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the codebook: every claim that is or was tracked."""
    published = Count("stances", filter=Q(stances__state=StanceState.PUBLISHED))
    claims = Claim.objects.exclude(status=ClaimStatus.DRAFT).annotate(
        published=published
    )
    context = {
        "claims": claims.order_by("status", "title", "id"),
        "moment": asked_moment(request),
    }
    return render(request, "claims/claim_list.html", context)


@reader_page
def claim_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every country's position on a claim, and the timeline of each."""
    claim = get_object_or_404(
        Claim.objects.exclude(status=ClaimStatus.DRAFT), slug=slug
    )
    moment = asked_moment(request)
    timelines = claim_timelines(
        claim=claim, until=moment.as_of, known_at=moment.known_at
    )
    span = common_span(timelines, moment.as_of)
    panels = [panel(timeline, span, moment.as_of) for timeline in timelines]
    countries = [p for p in panels if p.actor.kind == ActorKind.COUNTRY]
    context = {
        "claim": claim,
        "moment": moment,
        "panels": panels,
        "countries": countries,
        "groups": [p for p in panels if p.actor.kind != ActorKind.COUNTRY],
        "columns": columns(countries),
        "shares": distribution(p.position.value for p in countries if p.position),
        "notes": notes_on_sources(claim),
    }
    return render(request, "claims/claim.html", context, status=moment.status)


def columns(panels: list[Panel]) -> list[Column]:
    """Sort the bodies into the five values, support first."""
    return [
        Column(value, [p for p in panels if p.position and p.position.value == value])
        for value in reversed(Value)
    ]


def notes_on_sources(claim: Claim) -> list[str]:
    """Return what is noted on the sources of a claim's published stances."""
    notes = (
        Source.objects.filter(
            documents__evidence__stances__claim=claim,
            documents__evidence__stances__state=StanceState.PUBLISHED,
        )
        .exclude(reliability_note="")
        .values_list("reliability_note", flat=True)
    )
    return list(notes.distinct().order_by("reliability_note")[:5])
