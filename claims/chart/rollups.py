"""The chart of a group's roll-up: how many members hold which value, over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from claims.chart.frame import Frame, Tick, ticks
from claims.timeline.groups import RollUp
from claims.timeline.words import VALUE_WORDS, day_words
from extraction.interface import Value

WORDS_ROOM = 150


@dataclass(frozen=True)
class Block:
    """Members of a group that hold one value over some days."""

    x: float
    y: float
    width: float
    height: float
    value: Value
    count: int
    words: str
    stale: bool = False

    @property
    def middle_x(self) -> float:
        """Horizontal middle."""
        return round(self.x + self.width / 2, 1)

    @property
    def middle_y(self) -> float:
        """Vertical middle."""
        return round(self.y + self.height / 2, 1)

    @property
    def label(self) -> str:
        """The count, with the value where there is room, "" where there is none."""
        if self.width < 22 or self.height < 13:
            return ""
        if self.width < WORDS_ROOM:
            return str(self.count)
        return f"{self.count} {VALUE_WORDS[self.value]}"


@dataclass(frozen=True)
class Silence:
    """Days on which no member's words are fresh, though the blocks go on, paler."""

    x: float
    width: float
    words: str


@dataclass(frozen=True)
class RollUpChart:
    """A group's roll-up over time as stacked blocks."""

    frame: Frame
    ticks: tuple[Tick, ...]
    blocks: tuple[Block, ...] = field(default=())
    silences: tuple[Silence, ...] = field(default=())
    description: str = ""


def draw_roll_ups(frame: Frame, rolled: Sequence[RollUp]) -> RollUpChart:
    """Stack for each period how many members hold which value, support on top."""
    shown = [r for r in without_repeats(rolled) if r.as_of <= frame.last]
    most = max((r.members for r in shown), default=1)
    unit = frame.plot_height / max(most, 1)
    ends = [r.as_of for r in shown[1:]] + [frame.last]
    blocks = [
        block
        for r, end in zip(shown, ends, strict=False)
        for block in _blocks(frame, r, end, unit)
    ]
    last = rolled[-1].reasons[0] if rolled else "No member has spoken."
    return RollUpChart(
        frame=frame,
        ticks=ticks(frame),
        blocks=tuple(blocks),
        silences=tuple(_silences(frame, shown, ends)),
        description=last,
    )


def _silences(
    frame: Frame, shown: Sequence[RollUp], ends: Sequence[date]
) -> Iterable[Silence]:
    spans = zip(shown, ends, strict=False)
    for silent, stretch in groupby(spans, key=lambda span: span[0].silence):
        rows = list(stretch)
        if silent:
            first, end = rows[0][0].as_of, rows[-1][1]
            x1, x2 = frame.x(first), frame.x(end)
            words = f"No fresh words of any member from {day_words(first)}: silence is not a position"
            yield Silence(x1, round(x2 - x1, 1), words)


def without_repeats(rolled: Iterable[RollUp]) -> list[RollUp]:
    """Keep the roll-ups in which a block changes: who is in it, or all of it turns stale."""
    kept: list[RollUp] = []
    for r in rolled:
        if not kept or _drawn(kept[-1]) != _drawn(r):
            kept.append(r)
    return kept


def _drawn(rolled: RollUp) -> tuple[object, ...]:
    stale = tuple(_all_stale(rolled, slugs) for _, slugs in rolled.holding)
    return rolled.holding, rolled.silent, stale


def _all_stale(rolled: RollUp, slugs: Iterable[str]) -> bool:
    return set(slugs) <= set(rolled.stale)


def _blocks(frame: Frame, rolled: RollUp, end: date, unit: float) -> Iterable[Block]:
    y = frame.top
    x1, x2 = frame.x(rolled.as_of), frame.x(end)
    for value, slugs in reversed(rolled.holding):
        height = round(len(slugs) * unit, 1)
        stale = _all_stale(rolled, slugs)
        yield Block(
            x=x1,
            y=round(y, 1),
            width=round(x2 - x1, 1),
            height=max(height - 1, 1),
            value=value,
            count=len(slugs),
            words=_block_words(rolled, value, len(slugs), stale=stale),
            stale=stale,
        )
        y += height


def _block_words(rolled: RollUp, value: Value, count: int, *, stale: bool) -> str:
    note = ", stale" if stale else ""
    return (
        f"{count} of {rolled.members} members: {VALUE_WORDS[value]} "
        f"from {day_words(rolled.as_of)}{note}"
    )
