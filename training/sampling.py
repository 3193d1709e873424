"""Makes what the network sees in an epoch: windows with some claims, differently each time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tokenizers import Tokenizer

from extraction.interface import Value
from extraction.trained.extractor import fitting, passage_of
from extraction.trained.facts import KNOWN, ORDER, Facts, Key
from extraction.trained.network import Pair, Passage
from extraction.trained.units import How
from extraction.trained.windows import (
    CLAIM,
    CLAIM_LENGTH,
    COLON,
    END,
    MARK_OF,
    PAIR_OF,
    SENTENCE,
    START,
    Window,
)
from training.examples import Example, perspectives

OPTIONAL, WEIGHT_OF_STANCE, PERSPECTIVE = 0.3, 1.5, 0.5
WITHOUT_FACTS, WITHOUT_FACTS_TUNED = 0.1, 0.8
EMPTY_KEPT = 0.5  # windows without a stance, in each epoch
ALL_STANCES = 0.85
AT_ONCE = (1, 2, 3, 3, 4)  # claims in one passage
FOREIGN = 5  # times a French or German text is drawn in an epoch
NEAREST = 0.5  # how often those beside are the nearest, by which the product asks
AS_ASKED = 0.6  # how often the claims are just the first of these, in their order
ASKED = (2, 3, 3, 4, 5, 6)  # as many of them
DRILLED = 0.7  # of the sentences with a stance, in each epoch
WITH_BEFORE = 0.4  # of these are read with the sentence before
T = TypeVar("T")


@dataclass(frozen=True)
class Drawn:
    """A passage with the class and the weight of each of its pairs.

    ``value_only``: not to learn from it whether a stance is taken, only which.
    """

    passage: Passage
    classes: list[int]
    weights: list[float]
    value_only: bool = False

    def __len__(self) -> int:
        return len(self.passage)

    @property
    def whether(self) -> list[float]:
        """What each pair counts for whether a stance is taken, and which."""
        return [0.0] * len(self.weights) if self.value_only else self.weights

    @property
    def which(self) -> list[float]:
        """What each pair counts for the value of its stance alone."""
        pairs = zip(self.classes, self.weights, strict=True)
        return [weight if taken else 0.0 for taken, weight in pairs]


class Sampler:
    """Makes the passages of an epoch, differently each time."""

    def __init__(self, examples: list[Example], tuned: frozenset[str]) -> None:
        self.versions: dict[str, list[Example]] = {}
        for example in examples:
            self.versions.setdefault(example.text, []).append(example)
        self.tuned = tuned
        self.said: list[tuple[list[int], list[int], int]] = []

    def add_perspectives(self, path: Path, encode: Tokenizer) -> None:
        """Add claims and arguments for or against them, as if somebody held them."""
        for claim, words, value in perspectives(path):
            ids = encode.encode(claim, add_special_tokens=False).ids[:CLAIM_LENGTH]
            text = encode.encode(words, add_special_tokens=False).ids[:80]
            self.said.append((ids, text, class_of(value)))

    def epoch(self, arguments: int) -> list[Drawn]:
        """Return passages with the class and the weight of each of their pairs."""
        found = [
            self._of(example, number)
            for versions in self.versions.values()
            for example in random.choices(versions, k=_times(versions[0]))
            for number, window in enumerate(example.windows)
            if _claims_in(example, window) or random.random() < EMPTY_KEPT
        ]
        found += [
            drill
            for versions in self.versions.values()
            for example in [together(versions)] * _times(versions[0])
            for window in example.windows
            for drill in self._drills(example, window)
        ]
        chosen = random.sample(self.said, min(arguments, len(self.said)))
        found += [_perspective(*one) for one in chosen]
        random.shuffle(found)
        return found

    def _drills(self, example: Example, window: Window) -> Iterator[Drawn]:
        """Sentences with a stance by themselves, to learn its value only: many at once."""
        for sentence in range(window.first, window.last + 1):
            if random.random() >= DRILLED:
                continue
            before = random.random() < WITH_BEFORE and sentence > window.first
            cut = cut_to(window, sentence - before, sentence)
            claims = _claims_in(example, cut)
            if claims:
                chosen = random.sample(claims, min(len(claims), max(AT_ONCE)))
                drawn = self._passage(example, cut, chosen)
                yield replace(drawn, value_only=True)

    def _of(self, example: Example, number: int) -> Drawn:
        """What the network sees of the ``number``-th window."""
        claims = self._claims(example, number)
        return self._passage(example, example.windows[number], claims)

    def _passage(self, example: Example, window: Window, claims: list[str]) -> Drawn:
        without = WITHOUT_FACTS_TUNED if example.field in self.tuned else WITHOUT_FACTS
        facts = Facts({}, {}) if random.random() < without else example.facts
        passage = passage_of(window, claims, example.claims, facts)
        classes, weights = [], []
        keys = [
            (mark.holder.slug, claim, mark.sentence)
            for mark in window.marks
            for claim in claims
        ]
        for pair, key in zip(passage.pairs, keys, strict=True):
            label = example.labels.get(key)
            value = class_of(label[0]) if label else 0
            if facts is not example.facts:
                pair.facts[KNOWN] = 0.0
            classes.append(value)
            weight = WEIGHT_OF_STANCE if value else 1.0
            weights.append(weight * OPTIONAL if label and label[1] else weight)
        return Drawn(passage, classes, weights)

    def _claims(self, example: Example, number: int) -> list[str]:
        """What the product would ask about, or some, most often all on which a stance is taken."""
        nearest = list(example.nearest[number])
        asked = nearest[: random.choice(ASKED)]
        if random.random() < AS_ASKED:
            return fitting(asked, example.claims)
        every = random.sample(list(example.claims), len(example.claims))
        if random.random() < NEAREST:
            every = nearest
        here = _claims_in(example, example.windows[number])
        count = random.choice(AT_ONCE)
        if random.random() < ALL_STANCES:
            every = [*here, *(claim for claim in every if claim not in here)]
        chosen = every[:count]
        random.shuffle(chosen)
        return chosen


def _times(example: Example) -> int:
    return 1 if example.language == "en" else FOREIGN


def _claims_in(example: Example, window: Window) -> list[str]:
    return [
        claim
        for claim in example.claims
        if any(
            (mark.holder.slug, claim, mark.sentence) in example.labels
            for mark in window.marks
        )
    ]


def together(versions: list[Example]) -> Example:
    """Return two versions of a text as one, with the claims of both."""
    first, second = random.sample(versions, 2) if len(versions) > 1 else versions * 2
    if first is second or first.windows != second.windows:
        return first
    return replace(
        first,
        claims=first.claims | _again(second.claims),
        facts=Facts(
            first.facts.anchors | _again(second.facts.anchors),
            first.facts.values | _keyed_again(second.facts.values),
        ),
        labels=first.labels | _keyed_again(second.labels),
    )


def _again(claims: dict[str, T]) -> dict[str, T]:
    return {f"{claim} again": value for claim, value in claims.items()}


def _keyed_again(values: dict[Key, T]) -> dict[Key, T]:
    return {
        (actor, f"{claim} again", sentence): value
        for (actor, claim, sentence), value in values.items()
    }


def cut_to(window: Window, first: int, last: int) -> Window:
    """Return the sentences of ``window`` from ``first`` to ``last``, without what is around."""
    starts = [at for at, one in enumerate(window.ids) if one == SENTENCE]
    starts.append(len(window.ids))
    start, end = starts[first - window.first], starts[last + 1 - window.first]
    marks = tuple(
        replace(mark, at=mark.at - start)
        for mark in window.marks
        if first <= mark.sentence <= last
    )
    return Window(window.ids[start:end], marks, first, last)


def class_of(value: Value) -> int:
    """Return the network's class of ``value``; 0 is no stance."""
    return ORDER.index(value) + 1


def _perspective(claim: list[int], words: list[int], number: int) -> Drawn:
    ids = [START, CLAIM, *claim, END]
    split = len(ids)
    how = random.choice((How.SAID, How.CARRIED))
    ids += [SENTENCE, MARK_OF[how], COLON, *words, END]
    facts = Facts({}, {}).of("", "", 0)
    belongs = [0, *([1] * (split - 2)), *([0] * (len(ids) - split + 1))]
    pair = Pair(PAIR_OF[how], split + 1, 1, facts)
    passage = Passage(ids, belongs, split, [pair])
    return Drawn(passage, [number], [PERSPECTIVE])
