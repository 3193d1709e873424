"""Positions and timelines of countries, organisations and groups, read from the database.

Every function takes ``known_at`` to answer as the database stood at a past moment.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from actors.models import Actor
from claims.models import Claim, ClaimStatus
from claims.statements import (
    load_members,
    load_statements,
    of_bodies,
    of_claims,
)
from claims.timeline.groups import Member, RollUp, roll_up, roll_ups
from claims.timeline.rule import (
    Period,
    Position,
    Voices,
    position_at,
    positions,
    voices,
)
from claims.timeline.statements import STANDPOINT_1, Rule, Statement
from extraction.interface import Value

KIND_ORDER = ("country", "group", "organisation")
Spoken = Mapping[str, Sequence[Statement]]


@dataclass(frozen=True)
class PositionRow:
    """A body's own position on a claim on a day, and beside it its members' roll-up.

    At least one of the two is there.
    """

    actor: Actor
    position: Position | None
    roll_up: RollUp | None

    @property
    def value(self) -> Value | None:
        """The value held, None where only members have spoken."""
        return self.position.value if self.position else None

    @property
    def since(self) -> dt.date | None:
        """First day of the value held."""
        return self.position.since if self.position else None

    @property
    def contested(self) -> bool:
        """Whether another office takes the opposite side."""
        return bool(self.position and self.position.contested)

    @property
    def stale(self) -> bool:
        """Whether the evidence is too old."""
        return bool(self.position and self.position.stale)

    @property
    def thin(self) -> bool:
        """Whether a single stance or document is all there is."""
        return bool(self.position and self.position.thin)

    @property
    def stances(self) -> tuple[Statement, ...]:
        """Return the statements that make the position so."""
        return self.position.made_by if self.position else ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the rule's reasons in sentences, the roll-up's after the body's own."""
        own = self.position.reasons if self.position else ()
        return own + (self.roll_up.reasons if self.roll_up else ())


@dataclass(frozen=True)
class ActorTimeline:
    """What a body held on a claim over time: its own periods and its members' roll-ups."""

    actor: Actor
    claim: Claim
    periods: tuple[Period, ...]
    voices: Voices
    roll_ups: tuple[RollUp, ...]
    members: tuple[Member, ...] = ()
    rule: Rule = STANDPOINT_1

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything said for the body, wire copies folded, oldest first."""
        heard = (
            *self.voices.counting,
            *self.voices.not_counting,
            *self.voices.others,
        )
        return tuple(sorted(heard, key=lambda s: (s.counts_from, s.id)))

    @property
    def empty(self) -> bool:
        """Whether nobody spoke, members neither."""
        return not self.statements and not self.roll_ups

    def period_on(self, day: dt.date) -> Period | None:
        """Return the period that ``day`` lies in."""
        for period in self.periods:
            if period.start <= day and (period.end is None or day < period.end):
                return period
        return None


@dataclass(frozen=True)
class Change:
    """A move of a body to another value, or its first position."""

    actor: Actor
    claim: Claim
    period: Period


def country_positions(
    *, claim: Claim, as_of: dt.date, known_at: dt.datetime | None = None
) -> list[PositionRow]:
    """Return each country, group and organisation with a position or a roll-up.

    Countries come first, then groups, then organisations, by name. Four queries.
    """
    spoken = by_body(load_statements(of_claims([claim.slug]), known_at=known_at))
    members = load_members(known_at=known_at)
    held = {slug: position_at(said, as_of) for slug, said in spoken.items()}
    rolled = {
        slug: _rolled(of_group, held, as_of) for slug, of_group in members.items()
    }
    rows = [
        PositionRow(actor, held.get(actor.slug), rolled.get(actor.slug))
        for actor in bodies({*held, *rolled})
    ]
    return [row for row in rows if row.position or row.roll_up]


def actor_timeline(
    *,
    claim: Claim,
    actor: Actor,
    known_at: dt.datetime | None = None,
    until: dt.date | None = None,
) -> ActorTimeline:
    """Return one body's timeline on one claim. Three queries.

    Without ``until`` the days on which the last position turns stale are listed too,
    though they may lie ahead.
    """
    members = load_members(known_at=known_at).get(actor.slug, [])
    narrow = of_claims([claim.slug]) & of_bodies([actor.slug, *_slugs(members)])
    spoken = by_body(load_statements(narrow, known_at=known_at))
    return timeline_of(actor, claim, spoken, members, until or dt.date.max)


def claim_timelines(
    *, claim: Claim, until: dt.date, known_at: dt.datetime | None = None
) -> list[ActorTimeline]:
    """Return the timeline of everybody of whom anything was said on a claim. Four queries."""
    spoken = by_body(load_statements(of_claims([claim.slug]), known_at=known_at))
    members = load_members(known_at=known_at)
    found = [
        timeline_of(actor, claim, spoken, members.get(actor.slug, []), until)
        for actor in bodies({*spoken, *members})
    ]
    return [timeline for timeline in found if not timeline.empty]


def actor_timelines(
    *, actor: Actor, until: dt.date, known_at: dt.datetime | None = None
) -> list[ActorTimeline]:
    """Return a body's timelines on all claims of which anything was said. Four queries."""
    members = load_members(known_at=known_at).get(actor.slug, [])
    narrow = of_bodies([actor.slug, *_slugs(members)])
    spoken = by_claim(load_statements(narrow, known_at=known_at))
    found = [
        timeline_of(actor, claim, by_body(spoken[claim.slug]), members, until)
        for claim in coded_claims(spoken)
    ]
    return [timeline for timeline in found if not timeline.empty]


def changes(
    *, claims: Iterable[Claim], until: dt.date, known_at: dt.datetime | None = None
) -> list[Change]:
    """Return every move of every body on some claims, newest first. Three queries."""
    of_slug = {claim.slug: claim for claim in claims}
    statements = load_statements(of_claims(of_slug), known_at=known_at)
    actors = {actor.slug: actor for actor in bodies({s.speaks_for for s in statements})}
    moves = [
        Change(actors[body], of_slug[slug], period)
        for slug, on_claim in by_claim(statements).items()
        for body, said in by_body(on_claim).items()
        for period in positions(said, until=until)
        if period.changes_value
    ]
    return sorted(moves, key=lambda c: (c.period.start, c.actor.name), reverse=True)


def timeline_of(
    actor: Actor,
    claim: Claim,
    spoken: Spoken,
    members: Sequence[Member],
    until: dt.date,
) -> ActorTimeline:
    """Apply the rule to what was said for a body and for its members."""
    of_members = {
        slug: positions(spoken.get(slug, ()), until=until) for slug in _slugs(members)
    }
    said = [s for s in spoken.get(actor.slug, ()) if s.counts_from <= until]
    return ActorTimeline(
        actor=actor,
        claim=claim,
        periods=positions(said, until=until),
        voices=voices(said),
        roll_ups=roll_ups(members, of_members, until=until),
        members=tuple(members),
    )


def bodies(slugs: Iterable[str]) -> list[Actor]:
    """Return actors by slug: countries, groups, organisations, each by name. One query."""
    found = Actor.objects.holding_positions().filter(slug__in=list(slugs))
    return sorted(found, key=lambda a: (KIND_ORDER.index(a.kind), a.name, a.slug))


def coded_claims(slugs: Iterable[str]) -> QuerySet[Claim]:
    """Return claims by slug, drafts left out: they are not yet for readers. One query."""
    coded = Claim.objects.exclude(status=ClaimStatus.DRAFT)
    return coded.filter(slug__in=list(slugs)).order_by("title", "id")


def by_body(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Sort statements by the body for which they speak."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.speaks_for].append(statement)
    return found


def by_claim(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Sort statements by claim."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.claim].append(statement)
    return found


def _rolled(
    members: Sequence[Member], held: Mapping[str, Position | None], as_of: dt.date
) -> RollUp | None:
    rolled = roll_up(as_of, {m.slug: held.get(m.slug) for m in members if m.on(as_of)})
    return rolled if rolled.holding else None


def _slugs(members: Iterable[Member]) -> list[str]:
    return sorted({m.slug for m in members})
