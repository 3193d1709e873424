"""The roll-up of a group: how many of its members of a day hold which value."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.timeline.rule import Period, Position
from claims.timeline.words import VALUE_WORDS, listed
from extraction.interface import Value


class Verdict(StrEnum):
    """What the members' positions come to."""

    UNITED = "united"
    SPLIT = "split"
    NO_POSITION = "no_position"


@dataclass(frozen=True)
class Member:
    """A dated membership: half open, open where None."""

    slug: str
    start: date | None = None
    end: date | None = None
    name: str = ""

    def on(self, day: date) -> bool:
        """Whether the membership holds on ``day``."""
        return (self.start is None or self.start <= day) and (
            self.end is None or day < self.end
        )


@dataclass(frozen=True)
class RollUp:
    """Who of a group's members holds which value; silence is not a position."""

    as_of: date
    holding: tuple[tuple[Value, tuple[str, ...]], ...]
    silent: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether all members that hold a position hold the same value."""
        if not self.holding:
            return Verdict.NO_POSITION
        return Verdict.UNITED if len(self.holding) == 1 else Verdict.SPLIT

    @property
    def counts(self) -> dict[Value, int]:
        """Members for each value, from oppose to support, zeros included."""
        held = Counter({value: len(slugs) for value, slugs in self.holding})
        return {value: held[value] for value in Value}

    @property
    def members(self) -> int:
        """Members on that day."""
        return len(self.silent) + self.speaking

    @property
    def speaking(self) -> int:
        """Members that hold a position."""
        return sum(len(slugs) for _, slugs in self.holding)

    @property
    def silence(self) -> bool:
        """Whether somebody holds a position and all such positions are stale."""
        return bool(self.holding) and len(self.stale) == self.speaking

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the roll-up in sentences."""
        if not self.holding:
            return (f"No position among {self.members} members.",)
        parts = listed(
            f"{len(slugs)} {VALUE_WORDS[value]}"
            for value, slugs in reversed(self.holding)
        )
        lines = [
            f"{self.verdict.value.capitalize()}: {parts}, of {self.members} members."
        ]
        if self.silent:
            lines.append(f"{len(self.silent)} without a position.")
        if self.stale:
            verb = "is" if len(self.stale) == 1 else "are"
            lines.append(f"{len(self.stale)} of these positions {verb} stale.")
        return tuple(lines)


def roll_up(as_of: date, members: Mapping[str, Position | None]) -> RollUp:
    """Count which member holds which value on a day."""
    by_value = [
        (value, tuple(s for s, p in sorted(members.items()) if p and p.value == value))
        for value in Value
    ]
    return RollUp(
        as_of=as_of,
        holding=tuple((value, slugs) for value, slugs in by_value if slugs),
        silent=tuple(s for s, p in sorted(members.items()) if p is None),
        stale=tuple(s for s, p in sorted(members.items()) if p and p.stale),
    )


def roll_ups(
    members: Sequence[Member],
    timelines: Mapping[str, Sequence[Period]],
    *,
    until: date,
) -> tuple[RollUp, ...]:
    """Return the roll-up on each day on which it changes, oldest first."""
    found: list[RollUp] = []
    for day in sorted(_turning_days(members, timelines, until)):
        now = {
            m.slug: _on(timelines.get(m.slug, ()), day) for m in members if m.on(day)
        }
        rolled = roll_up(day, now)
        if not found or _state(found[-1]) != _state(rolled):
            found.append(rolled)
    return tuple(found)


def _state(rolled: RollUp) -> tuple[object, ...]:
    return rolled.holding, rolled.silent, rolled.stale


def _on(periods: Iterable[Period], day: date) -> Position | None:
    for period in periods:
        if period.start <= day and (period.end is None or day < period.end):
            return period.position
    return None


def _turning_days(
    members: Sequence[Member], timelines: Mapping[str, Sequence[Period]], until: date
) -> set[date]:
    spoken = {p.start for m in members for p in timelines.get(m.slug, ())}
    if not spoken:
        return set()
    joined = {d for m in members for d in (m.start, m.end) if d}
    first = min(spoken)
    return {day for day in spoken | joined if first <= day <= until}
