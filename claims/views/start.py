"""The start page: what is tracked, what changed lately, how to begin."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.models import Actor, ActorKind
from claims.models import Claim, ClaimStatus, Stance, StanceState
from claims.positions import Change, changes
from claims.statements import as_known
from claims.views.access import reader_page
from claims.views.moment import asked_moment
from claims.views.panels import Share, distribution

SHOWN_CHANGES = 9
SHOWN_STANCES = 6


@dataclass(frozen=True)
class ClaimCard:
    """A claim with how its countries are spread today."""

    claim: Claim
    shares: list[Share]
    countries: int
    last: Change | None


@reader_page
def start(request: HttpRequest) -> HttpResponse:
    """Show what is tracked and what changed lately."""
    moment = asked_moment(request)
    claims = list(
        Claim.objects.filter(status=ClaimStatus.ACTIVE).order_by("title", "id")
    )
    published = published_stances(moment.known_at)
    moves = changes(claims=claims, until=moment.as_of, known_at=moment.known_at)
    context = {
        "moment": moment,
        "cards": claim_cards(claims, moves),
        "changes": [c for c in moves if c.period.position.previous][:SHOWN_CHANGES],
        "recorded": newest(published),
        "countries": Actor.objects.filter(kind=ActorKind.COUNTRY).count(),
        "stances": published.count(),
    }
    return render(request, "claims/start.html", context, status=moment.status)


def published_stances(known_at: dt.datetime | None) -> QuerySet[Stance]:
    """Return what readers may see, as it stood then."""
    published = as_known(Stance, Q(state=StanceState.PUBLISHED), known_at)
    return published.exclude(claim__status=ClaimStatus.DRAFT)


def newest(published: QuerySet[Stance]) -> QuerySet[Stance]:
    """Return the stances that were recorded last."""
    stances = published.select_related("actor", "claim")
    return stances.order_by("-recorded_at", "-id")[:SHOWN_STANCES]


def claim_cards(claims: Sequence[Claim], moves: Sequence[Change]) -> list[ClaimCard]:
    """Spread each claim's countries over the values that they hold last."""
    latest: dict[int, dict[str, Change]] = defaultdict(dict)
    for change in moves:  # newest first
        if change.actor.kind == ActorKind.COUNTRY:
            latest[change.claim.pk].setdefault(change.actor.slug, change)
    return [_card(claim, list(latest[claim.pk].values())) for claim in claims]


def _card(claim: Claim, held: list[Change]) -> ClaimCard:
    return ClaimCard(
        claim=claim,
        shares=distribution(change.period.position.value for change in held),
        countries=len(held),
        last=held[0] if held else None,
    )
