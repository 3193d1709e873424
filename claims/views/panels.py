"""What a page shows of one timeline: its charts, its position on the day, its statements."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from actors.models import Actor
from claims.chart.frame import Frame, narrow, span_of, wide
from claims.chart.rollups import RollUpChart, draw_roll_ups
from claims.chart.timeline import Chart, draw
from claims.positions import ActorTimeline
from claims.timeline.groups import Member, RollUp
from claims.timeline.rule import Position, spoken_over
from claims.timeline.statements import SCALE, Statement
from claims.timeline.words import not_counted
from extraction.interface import Value

ROLL_UP_HEIGHT = 140
ROLL_UP_TOP = 18
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Share:
    """A part of a distribution over the values, as a share of a bar of 100."""

    value: Value
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Panel:
    """One body's timeline on one claim, ready for the template."""

    timeline: ActorTimeline
    position: Position | None
    narrow: Chart | None
    wide: Chart | None
    roll_up: RollUp | None
    roll_up_narrow: RollUpChart | None
    roll_up_wide: RollUpChart | None

    @property
    def actor(self) -> Actor:
        """The body."""
        return self.timeline.actor

    @property
    def holding(self) -> list[tuple[Value, list[Member]]]:
        """Members by the value that they hold, support first."""
        held = self.roll_up.holding if self.roll_up else ()
        return [(value, self._named(slugs)) for value, slugs in reversed(held)]

    @property
    def silent(self) -> list[Member]:
        """Members without a position."""
        return self._named(self.roll_up.silent) if self.roll_up else []

    def _named(self, slugs: Iterable[str]) -> list[Member]:
        of_slug = {member.slug: member for member in self.timeline.members}
        return sorted((of_slug[slug] for slug in slugs), key=lambda m: m.name)

    @property
    def own(self) -> list[Statement]:
        """Statements of those who may speak for the body, newest first."""
        return [s for s in reversed(self.timeline.statements) if s.official]

    def why_not_counted(self, statement: Statement) -> str:
        """Say why an official's words make no position, "" where they may."""
        heard = self.timeline.voices
        if statement not in heard.not_counting:
            return ""
        rule = self.timeline.rule
        return not_counted(spoken_over(statement, heard.counting, rule), rule)

    @property
    def others(self) -> list[Statement]:
        """Statements of other voices, newest first."""
        return list(reversed(self.timeline.voices.others))


def panel(timeline: ActorTimeline, span: Span, as_of: dt.date) -> Panel:
    """Lay out one timeline over the days of ``span``, with its position on ``as_of``."""
    period = timeline.period_on(as_of)
    heard, rolled = timeline.statements, timeline.roll_ups
    return Panel(
        timeline=timeline,
        position=period.position if period else None,
        narrow=draw(narrow(*span), timeline.periods, heard) if heard else None,
        wide=draw(wide(*span), timeline.periods, heard) if heard else None,
        roll_up=rolled[-1] if rolled else None,
        roll_up_narrow=draw_roll_ups(low(narrow(*span)), rolled) if rolled else None,
        roll_up_wide=draw_roll_ups(low(wide(*span)), rolled) if rolled else None,
    )


def low(frame: Frame) -> Frame:
    """Return a frame of the same days, low enough for stacked blocks, with room above."""
    return Frame(
        first=frame.first,
        last=frame.last,
        width=frame.width,
        height=ROLL_UP_HEIGHT,
        left=frame.left,
        right=frame.right,
        top=ROLL_UP_TOP,
        bottom=frame.bottom,
        short=frame.short,
    )


def common_span(timelines: Collection[ActorTimeline], as_of: dt.date) -> Span:
    """Return first and last day of an axis that several charts share."""
    days = [day for timeline in timelines for day in _event_days(timeline)]
    return span_of([*days, *_member_days(timelines, as_of)], as_of)


def _event_days(timeline: ActorTimeline) -> Iterable[dt.date]:
    for statement in timeline.statements:
        yield statement.stated_on
        yield statement.counts_from
    held = None
    for rolled in timeline.roll_ups:
        if rolled.holding != held:
            yield rolled.as_of
        held = rolled.holding


def _member_days(
    timelines: Iterable[ActorTimeline], as_of: dt.date
) -> Iterable[dt.date]:
    """Yield until when members have spoken: to the day asked unless all are stale."""
    for timeline in timelines:
        if timeline.roll_ups:
            last = timeline.roll_ups[-1]
            age = dt.timedelta(days=timeline.rule.stale_days)
            yield last.as_of - age if last.silence else as_of


def distribution(values: Iterable[Value]) -> list[Share]:
    """Return how many hold which value, support first, without the empty ones."""
    held = list(values)
    shares, x = [], 0.0
    for value in reversed(SCALE):
        count = held.count(value)
        if count:
            width = 100 * count / len(held)
            shares.append(Share(value, count, round(x, 2), round(width, 2)))
            x += width
    return shares
