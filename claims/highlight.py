"""Split a text into segments, each with the marks that cover it; marks may overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A marked span: half-open code points, what it belongs to and how it looks.

    ``key`` names what is marked and is unique per thing; ``label`` is what a reader
    sees beside the span's first words, "" for none.
    """

    start: int
    end: int
    key: str
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Segment:
    """Words that are all covered by the same ``marks``; ``starting`` begin here."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    starting: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        """Offset after the last code point."""
        return self.start + len(self.text)

    @property
    def kinds(self) -> list[str]:
        """Looks of the segment, each once, in the order of the marks."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def keys(self) -> list[str]:
        """What the segment belongs to, each once."""
        return list(dict.fromkeys(mark.key for mark in self.marks))

    @property
    def label(self) -> str:
        """The labels of the marks that begin here, in words for the reader."""
        return " ".join(mark.label for mark in self.starting if mark.label)


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Cut ``text`` wherever a mark begins or ends; the pieces make up the whole text.

    Marks are clipped to the text; those without a code point in it are dropped.
    """
    clipped = [clip for mark in marks if (clip := _clip(mark, len(text)))]
    ordered = sorted(clipped, key=lambda mark: (mark.start, -mark.end, mark.key))
    return [
        _segment(text, start, end, ordered)
        for start, end in _ranges(len(text), ordered)
    ]


def _clip(mark: Mark, length: int) -> Mark | None:
    start, end = max(0, mark.start), min(length, mark.end)
    if start >= end:
        return None
    return Mark(start, end, mark.key, mark.kind, mark.label)


def _ranges(length: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    cuts = {0, length} | {mark.start for mark in marks} | {mark.end for mark in marks}
    ordered = sorted(cuts)
    return list(pairwise(ordered))


def _segment(text: str, start: int, end: int, marks: Sequence[Mark]) -> Segment:
    covering = tuple(mark for mark in marks if mark.start < end and start < mark.end)
    return Segment(
        start=start,
        text=text[start:end],
        marks=covering,
        starting=tuple(mark for mark in covering if mark.start == start),
    )
