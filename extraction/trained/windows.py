"""What the network reads: stretches of a text with marks where a holder stands.

A window is a run of whole sentences with the title, some words before it and some after
it. Its ids are those of the network's vocabulary; below ``FIRST_WORD`` they are marks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extraction.interface import KnownActor, KnownClaim
from extraction.trained.units import Holder, How, Units

Encode = Callable[[str], list[int]]

START, END, COLON, STOP, SLASH = 101, 102, 1024, 1012, 1025  # BERT's vocabulary
MARK_OF = {How.NAMED: 1, How.SAID: 7, How.CARRIED: 13}
SENTENCE, CLAIM = 20, 24
PAIR_OF = {How.NAMED: 40, How.SAID: 46, How.CARRIED: 52}
FIRST_WORD = 99
TITLE_LENGTH, BEFORE, AFTER, LENGTH = 16, 40, 10, 192  # ids
PROPOSITION_LENGTH, CLAIM_LENGTH, PHRASES = 36, 56, 3
NAME_LENGTH = 6


@dataclass(frozen=True)
class Mark:
    """Where a holder stands: ``at`` in the window's ids, in the ``sentence``-th sentence."""

    at: int
    holder: Holder
    sentence: int


@dataclass(frozen=True)
class Window:
    """Some sentences of a text as ids, their marks, and the numbers of the sentences."""

    ids: tuple[int, ...]
    marks: tuple[Mark, ...]
    first: int
    last: int


@dataclass(frozen=True)
class _Encoded:
    """One sentence: with marks, and as mere context."""

    number: int
    ids: list[int]
    marks: list[tuple[int, Holder]]
    plain: list[int]


def claim_ids(claim: KnownClaim, encode: Encode) -> list[int]:
    """Return a claim as the network reads it: the proposition, else the title, and its phrases."""
    phrases = encode("; ".join(claim.phrases[:PHRASES]))
    ids = [*encode(claim.wording)[:PROPOSITION_LENGTH], SLASH, *phrases]
    return [CLAIM, *ids[:CLAIM_LENGTH]]


def windows_of(units: Units, encode: Encode) -> list[Window]:
    """Return the windows of a text in which somebody may hold a stance, in order."""
    sentences = list(_encoded(units, encode))
    title = encode(units.english_title)[:TITLE_LENGTH] if units.title else []
    return [
        _window(group, sentences, title)
        for group in _groups(sentences)
        if any(sentence.marks for sentence in group)
    ]


def _encoded(units: Units, encode: Encode) -> Iterator[_Encoded]:
    actors = units.actors
    for number, span in enumerate(units.spans):
        ids: list[int] = []
        marks: list[tuple[int, Holder]] = []
        at = span.start
        holders = units.of(number)
        for one in holders:
            if one.how is not How.NAMED:
                marks.append((len(ids), one))
                name = encode(_short_name(actors[one.slug]))[:NAME_LENGTH]
                ids += [MARK_OF[one.how], *name, COLON]
        for one in holders:
            if one.how is How.NAMED:
                ids += encode(units.english(at, one.at))
                marks.append((len(ids), one))
                ids.append(MARK_OF[one.how])
                at = one.at
        ids += encode(units.english(at, span.end))
        kept = [mark for mark in marks if mark[0] < LENGTH]
        yield _Encoded(
            number, ids[:LENGTH], kept, encode(units.english(span.start, span.end))
        )


def _short_name(actor: KnownActor) -> str:
    return actor.name.split()[-1] if actor.kind == "person" else actor.name


def _groups(sentences: list[_Encoded]) -> Iterator[list[_Encoded]]:
    """Yield runs of sentences that fit into one window."""
    group: list[_Encoded] = []
    size = 0
    for sentence in sentences:
        if group and size + len(sentence.ids) > LENGTH:
            yield group
            group, size = [], 0
        group.append(sentence)
        size += len(sentence.ids)
    if group:
        yield group


def _window(
    group: list[_Encoded], sentences: list[_Encoded], title: list[int]
) -> Window:
    first, last = group[0].number, group[-1].number
    ids = [*title, STOP] if title and first else []
    ids += _before(sentences, first)
    marks: list[Mark] = []
    for sentence in group:
        ids.append(SENTENCE)
        marks += [
            Mark(len(ids) + at, one, sentence.number) for at, one in sentence.marks
        ]
        ids += sentence.ids
    ids += _after(sentences, last)
    return Window(tuple(ids), tuple(marks), first, last)


def _before(sentences: list[_Encoded], number: int) -> list[int]:
    """The last ids before the sentence of that ``number``."""
    ids: list[int] = []
    while number and len(ids) < BEFORE:
        number -= 1
        ids = sentences[number].plain + ids
    return ids[-BEFORE:]


def _after(sentences: list[_Encoded], number: int) -> list[int]:
    """The first ids behind the sentence of that ``number``."""
    ids: list[int] = []
    while number + 1 < len(sentences) and len(ids) < AFTER:
        number += 1
        ids += sentences[number].plain
    return ids[:AFTER]
