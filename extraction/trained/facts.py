"""What the rules know of a holder and a claim: numbers that the network weighs too."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extraction.interface import Candidate, Value

ORDER = tuple(Value)  # after "no stance", the network's classes
COUNT = 11
NAMED, HINTED, SOMEWHERE, NEAR, KNOWN, VALUES, SURE = 0, 1, 2, 3, 4, 5, 10
FAR = 9  # sentences
Key = tuple[str, str, int]  # actor, claim, number of the sentence
Anchored = tuple[
    str, int, bool
]  # claim, number of the sentence, whether only hinted at


@dataclass(frozen=True)
class Facts:
    """What the rules found in one text, by the numbers of its sentences.

    ``anchors`` are the words that name or hint at a claim, ``values`` what was read of
    an actor on a claim in a sentence, with the confidence.
    """

    anchors: dict[str, list[tuple[int, bool]]]
    values: dict[Key, tuple[Value, float]]

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """The sentences that name each claim, in order."""
        return _by_claim(self._anchored(hint=False))

    @cached_property
    def hinted(self) -> dict[str, list[int]]:
        """The sentences that hint at each claim, in order."""
        return _by_claim(self._anchored(hint=True))

    @cached_property
    def read_at(self) -> dict[str, list[int]]:
        """The sentences in which the rules read a stance on each claim, in order."""
        return _by_claim((claim, at) for _, claim, at in self.values)

    def of(self, actor: str, claim: str, sentence: int) -> list[float]:
        """Return ``COUNT`` numbers from 0 to 1."""
        facts = [0.0] * COUNT
        named, hinted = self.named.get(claim, []), self.hinted.get(claim, [])
        facts[NAMED] = float(any_between(named, sentence, sentence))
        facts[HINTED] = float(any_between(hinted, sentence, sentence))
        facts[SOMEWHERE] = float(bool(named or hinted))
        before = [
            sentence - places[at - 1]
            for places in (named, hinted)
            if (at := bisect_right(places, sentence))
        ]
        facts[NEAR] = 1 / (1 + min(before, default=FAR))
        facts[KNOWN] = 1.0
        if found := self.values.get((actor, claim, sentence)):
            value, confidence = found
            facts[VALUES + ORDER.index(value)] = 1.0
            facts[SURE] = confidence
        return facts

    def read(self, actor: str, claim: str, sentence: int) -> int:
        """Return the class of the value that the rules read there; 0: none."""
        found = self.values.get((actor, claim, sentence))
        return ORDER.index(found[0]) + 1 if found else 0

    def _anchored(self, *, hint: bool) -> Iterator[tuple[str, int]]:
        for claim, anchors in self.anchors.items():
            yield from ((claim, at) for at, hinted in anchors if hinted == hint)


def any_between(places: Sequence[int], first: int, last: int) -> bool:
    """Whether one of ``places``, in order, lies from ``first`` to ``last``."""
    return bisect_left(places, first) < bisect_right(places, last)


def distance(places: Sequence[int], first: int, last: int) -> float:
    """Return how far the nearest of ``places``, in order, is from ``first`` to ``last``."""
    before, behind = bisect_left(places, first), bisect_right(places, last)
    if before < behind:
        return 0
    nearest = [first - place for place in places[max(0, before - 1) : before]]
    nearest += [place - last for place in places[behind : behind + 1]]
    return min(nearest, default=math.inf)


def _by_claim(places: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for claim, at in sorted(places):
        found.setdefault(claim, []).append(at)
    return found


def facts_of(
    anchors: Iterable[Anchored],
    candidates: Sequence[Candidate],
    starts: Sequence[int],
) -> Facts:
    """Return the facts of a text whose sentences begin at ``starts``."""
    named: dict[str, list[tuple[int, bool]]] = {}
    for claim, at, hint in anchors:
        named.setdefault(claim, []).append((at, hint))
    values = {
        (one.actor, one.claim, sentence_at(one.content[0].start, starts)): (
            one.value,
            one.confidence,
        )
        for one in candidates
        if one.actor and one.value is not None
    }
    return Facts(named, values)


def sentence_at(offset: int, starts: Sequence[int]) -> int:
    """Return the number of the last sentence that begins at or before ``offset``."""
    return max(0, bisect_right(starts, offset) - 1)
