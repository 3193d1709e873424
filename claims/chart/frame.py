"""The drawing area of a chart: sizes, scales and axes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from claims.timeline.statements import SCALE
from claims.timeline.words import VALUE_WORDS
from extraction.interface import Value

MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
TICK_STEPS = (1, 3, 6, 12, 24, 60, 120)
TICK_ROOM = 46.0
SHORTEST = 90
SILENCE_SHOWN = 425
SHORT_WORDS = {
    Value.CONDITIONAL_OPPOSE: "cond. oppose",
    Value.CONDITIONAL_SUPPORT: "cond. support",
}


@dataclass(frozen=True)
class Frame:
    """The drawing's size in pixels with its margins, and the days it spans."""

    first: date
    last: date
    width: float = 720
    height: float = 214
    left: float = 128
    right: float = 18
    top: float = 14
    bottom: float = 30
    short: bool = False

    @property
    def plot_right(self) -> float:
        """Right edge of the plot."""
        return self.width - self.right

    @property
    def plot_bottom(self) -> float:
        """Lower edge of the plot."""
        return self.height - self.bottom

    @property
    def plot_width(self) -> float:
        """Width of the plot."""
        return self.plot_right - self.left

    @property
    def plot_height(self) -> float:
        """Height of the plot."""
        return self.plot_bottom - self.top

    def x(self, day: date) -> float:
        """Place a day, clamped to the frame."""
        span = max((self.last - self.first).days, 1)
        share = (day - self.first).days / span
        return round(self.left + min(max(share, 0), 1) * self.plot_width, 1)

    def y(self, value: Value) -> float:
        """Place a value: support on top."""
        step = self.plot_height / (len(SCALE))
        return round(self.top + step * (2 - SCALE[value] + 0.5), 1)


def wide(first: date, last: date) -> Frame:
    """Frame of a full-width chart."""
    return Frame(first, last)


def narrow(first: date, last: date) -> Frame:
    """Frame of a small multiple or a phone's chart."""
    return Frame(
        first, last, width=340, height=176, left=82, right=12, top=8, short=True
    )


@dataclass(frozen=True)
class Level:
    """A written step of the scale."""

    y: float
    label: str
    value: Value


@dataclass(frozen=True)
class Tick:
    """A day on the calendar axis; a year's first is major."""

    x: float
    label: str
    major: bool
    anchor: str = "middle"


def span_of(days: Iterable[date], as_of: date) -> tuple[date, date]:
    """Return first and last day of an axis over the days on which something happened.

    It begins with the first one's month and ends on ``as_of``, or earlier where silence
    has lasted so long that every line has ended.
    """
    happened = sorted(days)
    first = (happened[0] if happened else as_of).replace(day=1)
    quiet = as_of - timedelta(days=SILENCE_SHOWN)
    last = as_of
    if happened and happened[-1] < quiet:
        last = happened[-1] + timedelta(days=SILENCE_SHOWN)
    return min(first, last - timedelta(days=SHORTEST)), last


def levels(frame: Frame) -> tuple[Level, ...]:
    """Write the five steps of the scale, support on top."""
    return tuple(
        Level(frame.y(value), level_words(value, short=frame.short), value)
        for value in reversed(Value)
    )


def level_words(value: Value, *, short: bool) -> str:
    """Name a step of the scale, shortened where room is scarce."""
    words = SHORT_WORDS.get(value, VALUE_WORDS[value]) if short else VALUE_WORDS[value]
    return words[0].upper() + words[1:]


def ticks(frame: Frame) -> tuple[Tick, ...]:
    """Mark months, quarters or years: the densest that leaves room for the labels."""
    months = _months(frame.first, frame.last)
    room = max(int(frame.plot_width // TICK_ROOM), 1)
    step = next((s for s in TICK_STEPS if len(months) / s <= room), TICK_STEPS[-1])
    return tuple(
        _tick(frame, year, month, step)
        for year, month in months
        if (year * 12 + month - 1) % step == 0
    )


def _months(first: date, last: date) -> list[tuple[int, int]]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if first.day > 1:
        start += 1
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]


def _tick(frame: Frame, year: int, month: int, step: int) -> Tick:
    x = frame.x(date(year, month, 1))
    major = month == 1
    edge = x > frame.plot_right - 14
    label = str(year) if major or step >= 12 else MONTHS[month - 1]
    return Tick(x, label, major, "end" if edge else "middle")
