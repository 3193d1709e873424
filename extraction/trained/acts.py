"""One stance may be told in neighbouring sentences: they are one act and one candidate."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from extraction.interface import Candidate
from extraction.trained.facts import Key

LONGEST = 3  # sentences of one act
One = TypeVar("One")


def acts(found: Iterable[One], key: Callable[[One], Key]) -> list[list[One]]:
    """Group what was ``found`` of one actor and claim in sentences next to each other."""
    groups: list[list[One]] = []
    for one in sorted(found, key=key):
        *whose, at = key(one)
        if groups:
            *before, first = key(groups[-1][0])
            last = key(groups[-1][-1])[-1]
            if whose == before and at <= last + 1 and at - first < LONGEST:
                groups[-1].append(one)
                continue
        groups.append([one])
    return groups


def joined(act: list[Candidate]) -> Candidate:
    """Return the surest candidate of an act, with the words of all as its content."""
    surest = max(act, key=lambda one: one.confidence)
    return replace(
        surest, content=tuple(sorted({span for one in act for span in one.content}))
    )
