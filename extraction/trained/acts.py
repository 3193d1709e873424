"""One stance may be told in several sentences: they are one act and one candidate."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from math import inf
from typing import TypeVar

from extraction.interface import Candidate, Span

LONGEST = 3  # sentences next to each other that are read as one
APART = 6  # sentences between what is said again: while a claim is under discussion
One = TypeVar("One")


def neighbours(
    found: Iterable[One], whose: Callable[[One], Hashable], at: Callable[[One], int]
) -> list[list[One]]:
    """Group what was ``found`` alike in ``whose`` in sentences next to each other.

    ``at`` says in which sentence one stands.
    """
    return _grouped(found, whose, at, apart=1, longest=LONGEST)


def said_again(
    found: Iterable[One], whose: Callable[[One], Hashable], at: Callable[[One], int]
) -> list[list[One]]:
    """Group what was ``found`` alike in ``whose`` and not far apart."""
    return _grouped(found, whose, at, apart=APART)


def _grouped(
    found: Iterable[One],
    whose: Callable[[One], Hashable],
    at: Callable[[One], int],
    apart: int,
    longest: float = inf,
) -> list[list[One]]:
    groups: list[list[One]] = []
    latest: dict[Hashable, list[One]] = {}
    for one in sorted(found, key=at):
        group = latest.get(whose(one))
        if (
            group
            and at(one) - at(group[-1]) <= apart
            and at(one) - at(group[0]) < longest
        ):
            group.append(one)
        else:
            latest[whose(one)] = group = [one]
            groups.append(group)
    return groups


def joined(run: list[Candidate]) -> Candidate:
    """Return the surest candidate of neighbours, with the words of all as its content."""
    return replace(_surest(run), content=_spans(run))


def gathered(act: list[Candidate]) -> Candidate:
    """Return the surest candidate of what is said again, with the words of the others in ``also``."""
    surest = _surest(act)
    also = tuple(span for span in _spans(act) if span not in surest.content)
    return replace(surest, also=also)


def _surest(candidates: list[Candidate]) -> Candidate:
    return max(candidates, key=lambda one: one.confidence)


def _spans(candidates: Iterable[Candidate]) -> tuple[Span, ...]:
    return tuple(sorted({span for one in candidates for span in one.content}))
