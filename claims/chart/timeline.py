"""The timeline chart of one body on one claim: pure numbers, drawn by a template as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.chart.frame import Frame, Level, Tick, levels, ticks
from claims.chart.marks import Mark, marks
from claims.timeline.rule import Period
from claims.timeline.statements import Statement
from claims.timeline.words import VALUE_WORDS, day_words
from extraction.interface import Value


@dataclass(frozen=True)
class Segment:
    """A stretch of the position in force."""

    x1: float
    x2: float
    y: float
    value: Value
    contested: bool
    words: str

    @property
    def width(self) -> float:
        """Length in pixels."""
        return round(self.x2 - self.x1, 1)


@dataclass(frozen=True)
class Riser:
    """The vertical move from one value to the next."""

    x: float
    y1: float
    y2: float


@dataclass(frozen=True)
class Gap:
    """Silence: the evidence is too old, so no line is drawn."""

    x1: float
    x2: float
    y: float
    words: str

    @property
    def width(self) -> float:
        """Length in pixels."""
        return round(self.x2 - self.x1, 1)


@dataclass(frozen=True)
class Chart:
    """Everything that a template draws."""

    frame: Frame
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    segments: tuple[Segment, ...] = ()
    risers: tuple[Riser, ...] = ()
    gaps: tuple[Gap, ...] = ()
    marks: tuple[Mark, ...] = ()
    description: str = ""

    @property
    def contested(self) -> tuple[Segment, ...]:
        """Stretches to hatch."""
        return tuple(s for s in self.segments if s.contested)


def draw(
    frame: Frame, periods: Sequence[Period], statements: Iterable[Statement] = ()
) -> Chart:
    """Lay out one body's timeline on one claim."""
    shown = [p for p in periods if p.start <= frame.last]
    return Chart(
        frame=frame,
        levels=levels(frame),
        ticks=ticks(frame),
        segments=tuple(_segment(frame, p) for p in shown if not p.position.stale),
        risers=tuple(risers(frame, shown)),
        gaps=tuple(_gap(frame, p) for p in shown if p.position.stale),
        marks=tuple(marks(frame, statements, contested_ids(shown))),
        description=described(shown),
    )


def _segment(frame: Frame, period: Period) -> Segment:
    position = period.position
    until = f" until {day_words(period.end)}" if period.end else ""
    note = ", contested" if position.contested else ""
    return Segment(
        x1=frame.x(period.start),
        x2=frame.x(period.end or frame.last),
        y=frame.y(position.value),
        value=position.value,
        contested=position.contested,
        words=f"{VALUE_WORDS[position.value]} from {day_words(period.start)}{until}{note}",
    )


def _gap(frame: Frame, period: Period) -> Gap:
    return Gap(
        x1=frame.x(period.start),
        x2=frame.x(period.end or frame.last),
        y=frame.y(period.position.value),
        words=(
            f"No statement since {day_words(period.position.last_evidence_on)}: "
            "silence is not a position"
        ),
    )


def risers(frame: Frame, periods: Sequence[Period]) -> Iterable[Riser]:
    """Connect two values that follow each other without a silence between."""
    for before, after in pairwise(periods):
        y1, y2 = frame.y(before.position.value), frame.y(after.position.value)
        if y1 != y2 and not before.position.stale and not after.position.stale:
            yield Riser(frame.x(after.start), y1, y2)


def contested_ids(periods: Iterable[Period]) -> set[int]:
    """Ids of statements that contradict another office, or are contradicted."""
    found: set[int] = set()
    for period in periods:
        against = period.position.contested_by
        found.update(s.id for s in against)
        found.update(s.id for s in period.position.made_by if against)
    return found


def described(periods: Sequence[Period]) -> str:
    """Tell the chart in one sentence, for those who do not see it."""
    moves = [p for p in periods if p.changes_value]
    if not moves:
        return "No position so far."
    told = "; ".join(
        f"{VALUE_WORDS[p.position.value]} from {day_words(p.start)}" for p in moves
    )
    return f"{told[0].upper()}{told[1:]}."
