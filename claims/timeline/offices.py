"""For whom a statement speaks: the dated offices of its speaker on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.timeline.statements import INDEPENDENT, OPPOSITION, OWN, RANKS, UNAFFILIATED

ALL_RANKS = (*RANKS, OPPOSITION, INDEPENDENT, UNAFFILIATED)


@dataclass(frozen=True)
class Office:
    """A dated office: half open, open where None."""

    speaks_for: str
    title: str
    rank: str
    start: date | None = None
    end: date | None = None

    def held_within(self, first: date, last: date) -> bool:
        """Whether the office was held on a day from ``first`` to ``last``."""
        return (self.start is None or self.start <= last) and (
            self.end is None or first < self.end
        )


@dataclass(frozen=True)
class Voice:
    """A speaker as the voice of one body."""

    speaks_for: str
    rank: str
    title: str = ""


def own_voices(actor: str, speaks_for: str) -> list[Voice]:
    """Return the voices of a country, organisation or group that speaks itself.

    It makes its own position; what it says for another body is there an other voice.
    """
    own = [Voice(actor, OWN)]
    if speaks_for and speaks_for != actor:
        own.append(Voice(speaks_for, UNAFFILIATED))
    return own


def person_voices(
    offices: Sequence[Office], speaks_for: str, first: date, last: date
) -> list[Voice]:
    """Return for whom a person spoke between two days, and with which rank.

    Where the coder named the body, only offices for it matter, and without one the
    person is an other voice; where none is named, every office of those days speaks.
    """
    held = [o for o in offices if o.held_within(first, last)]
    if not speaks_for:
        return [_highest(held, body) for body in sorted({o.speaks_for for o in held})]
    if not any(o.speaks_for == speaks_for for o in held):
        return [Voice(speaks_for, UNAFFILIATED)]
    return [_highest(held, speaks_for)]


def _highest(held: Iterable[Office], body: str) -> Voice:
    office = min(
        (o for o in held if o.speaks_for == body),
        key=lambda o: (ALL_RANKS.index(o.rank), o.title),
    )
    return Voice(body, office.rank, office.title)
