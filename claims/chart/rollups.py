"""The chart of a group's roll-up: how many members hold which value, over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from claims.chart.frame import Frame, Tick, ticks
from claims.timeline.groups import RollUp
from claims.timeline.words import VALUE_WORDS, day_words
from extraction.interface import Value


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

    @property
    def middle_x(self) -> float:
        """Horizontal middle."""
        return round(self.x + self.width / 2, 1)

    @property
    def middle_y(self) -> float:
        """Vertical middle."""
        return round(self.y + self.height / 2, 1)

    @property
    def numbered(self) -> bool:
        """Whether there is room to write the count."""
        return self.width >= 22 and self.height >= 13


@dataclass(frozen=True)
class RollUpChart:
    """A group's roll-up over time as stacked blocks."""

    frame: Frame
    ticks: tuple[Tick, ...]
    blocks: tuple[Block, ...] = field(default=())
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
    return RollUpChart(frame, ticks(frame), tuple(blocks), last)


def without_repeats(rolled: Iterable[RollUp]) -> list[RollUp]:
    """Keep the roll-ups in which somebody joined, left or moved, not mere ageing."""
    kept: list[RollUp] = []
    for r in rolled:
        if not kept or (kept[-1].holding, kept[-1].silent) != (r.holding, r.silent):
            kept.append(r)
    return kept


def _blocks(frame: Frame, rolled: RollUp, end: date, unit: float) -> Iterable[Block]:
    y = frame.top
    x1, x2 = frame.x(rolled.as_of), frame.x(end)
    for value, slugs in reversed(rolled.holding):
        height = round(len(slugs) * unit, 1)
        words = (
            f"{len(slugs)} of {rolled.members} members: {VALUE_WORDS[value]} "
            f"from {day_words(rolled.as_of)}"
        )
        width = round(x2 - x1, 1)
        yield Block(
            x1, round(y, 1), width, max(height - 1, 1), value, len(slugs), words
        )
        y += height
