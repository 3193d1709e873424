"""Pages of actors: the list, a country, organisation or group, and a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from actors.models import Actor, ActorKind, Affiliation, Alias, Membership
from claims.chart.frame import narrow, span_of, wide
from claims.chart.timeline import Chart, draw
from claims.models import Claim, StanceState
from claims.positions import actor_timelines, by_claim, coded_claims
from claims.statements import as_known, load_statements
from claims.timeline.offices import ALL_RANKS
from claims.timeline.statements import RANKS, Statement
from claims.views.access import reader_page
from claims.views.moment import Moment, asked_moment
from claims.views.panels import common_span, panel

KINDS = [
    (ActorKind.COUNTRY, "Countries"),
    (ActorKind.GROUP, "Groups"),
    (ActorKind.ORGANISATION, "Organisations"),
    (ActorKind.PERSON, "People"),
]


@dataclass(frozen=True)
class SpokenOn:
    """What a person said on one claim."""

    claim: Claim
    statements: list[Statement]
    wide: Chart
    narrow: Chart


@reader_page
def actor_list(request: HttpRequest) -> HttpResponse:
    """List all actors by kind, with how many published stances each has."""
    published = Q(stances__state=StanceState.PUBLISHED)
    spoken_for = Q(stances_spoken_for__state=StanceState.PUBLISHED)
    actors = Actor.objects.annotate(
        said=Count("stances", filter=published, distinct=True),
        heard=Count("stances_spoken_for", filter=spoken_for, distinct=True),
    ).order_by("name", "id")
    kinds = [(words, [a for a in actors if a.kind == kind]) for kind, words in KINDS]
    context = {"kinds": kinds, "moment": asked_moment(request)}
    return render(request, "claims/actor_list.html", context)


@reader_page
def country_page(request: HttpRequest, iso2: str) -> HttpResponse:
    """Show a country's timeline on each claim."""
    actor = get_object_or_404(Actor, iso2=iso2.upper())
    if iso2 != actor.iso2:
        return redirect(actor_address(actor) + asked_moment(request).query)
    return body_page(request, actor)


@reader_page
def actor_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a person, group or organisation; a country's page is elsewhere."""
    actor = get_object_or_404(Actor, slug=slug)
    if actor.kind == ActorKind.COUNTRY:
        return redirect(actor_address(actor) + asked_moment(request).query)
    if actor.kind == ActorKind.PERSON:
        return person_page(request, actor)
    return body_page(request, actor)


def actor_address(actor: Actor) -> str:
    """Return the address of an actor's page."""
    if actor.iso2:
        return reverse("claims:country", args=[actor.iso2])
    return reverse("claims:actor", args=[actor.slug])


def body_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what a body held on each claim, who spoke for it, and other voices."""
    moment = asked_moment(request)
    timelines = actor_timelines(
        actor=actor, until=moment.as_of, known_at=moment.known_at
    )
    offices = offices_of(actor, moment)
    context = {
        "actor": actor,
        "moment": moment,
        "panels": [
            panel(timeline, common_span([timeline], moment.as_of), moment.as_of)
            for timeline in timelines
        ],
        "aliases": aliases_of(actor, moment),
        "speakers": [o for o in offices if o.rank in RANKS],
        "critics": [o for o in offices if o.rank not in RANKS],
        "members": members_of(actor, moment),
        "memberships": memberships_of(actor, moment),
    }
    return render(request, "claims/body.html", context, status=moment.status)


def person_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a person's offices and what the person said on each claim."""
    moment = asked_moment(request)
    statements = load_statements(Q(actor=actor), known_at=moment.known_at)
    said = [s for s in statements if s.counts_from <= moment.as_of]
    context = {
        "actor": actor,
        "moment": moment,
        "spoken": spoken_on(said, moment),
        "aliases": aliases_of(actor, moment),
        "offices": held_by(actor, moment),
    }
    return render(request, "claims/person.html", context, status=moment.status)


def spoken_on(said: Iterable[Statement], moment: Moment) -> list[SpokenOn]:
    """Lay out a person's statements claim by claim."""
    on_claim = by_claim(said)
    claims = coded_claims(on_claim)
    return [_spoken(claim, on_claim[claim.slug], moment) for claim in claims]


def _spoken(claim: Claim, said: list[Statement], moment: Moment) -> SpokenOn:
    span = span_of((s.counts_from for s in said), moment.as_of)
    newest_first = sorted(said, key=lambda s: (s.counts_from, s.id), reverse=True)
    return SpokenOn(
        claim=claim,
        statements=newest_first,
        wide=draw(wide(*span), (), said),
        narrow=draw(narrow(*span), (), said),
    )


def aliases_of(actor: Actor, moment: Moment) -> QuerySet[Alias]:
    """Return the other names of an actor, as known then."""
    named = as_known(Alias, Q(actor=actor), moment.known_at)
    return named.order_by("name", "id")


def held_by(person: Actor, moment: Moment) -> QuerySet[Affiliation]:
    """Return the offices of a person, as known then, latest first."""
    held = as_known(Affiliation, Q(person=person), moment.known_at)
    return held.select_related("speaks_for").order_by(F("period").desc(), "id")


def offices_of(actor: Actor, moment: Moment) -> list[Affiliation]:
    """Return who held an office for a body on the day, as known then, highest rank first."""
    held = as_known(Affiliation, Q(speaks_for=actor), moment.known_at)
    on_day = held.filter(period__contains=moment.as_of).select_related("person")
    found = on_day.order_by("office", "id")
    return sorted(found, key=lambda o: ALL_RANKS.index(o.rank))


def members_of(actor: Actor, moment: Moment) -> QuerySet[Membership]:
    """Return the members of a group on the day, as known then."""
    members = as_known(Membership, Q(group=actor), moment.known_at)
    on_day = members.filter(period__contains=moment.as_of).select_related("member")
    return on_day.order_by("member__name", "id")


def memberships_of(actor: Actor, moment: Moment) -> QuerySet[Membership]:
    """Return the groups that a body belongs to on the day, as known then."""
    joined = as_known(Membership, Q(member=actor), moment.known_at)
    on_day = joined.filter(period__contains=moment.as_of).select_related("group")
    return on_day.order_by("group__name", "id")
