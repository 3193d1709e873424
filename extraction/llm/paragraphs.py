"""Numbered paragraphs of a text, in windows that fit into one question."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extraction.interface import Span

# ruff: noqa: RUF001

LINES = re.compile(r"[^\n]*\S[^\n]*")
LONGEST_PARAGRAPH = 2_000
SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)]*\s")
WINDOW = 12_000


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph; numbers count from 1."""

    number: int
    span: Span


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return the paragraphs of ``text``; very long ones are cut at ends of sentences."""
    spans = [piece for span in _unwrapped(text) for piece in _pieces(text, span)]
    return [Paragraph(number, span) for number, span in enumerate(spans, 1)]


def _unwrapped(text: str) -> list[Span]:
    """Return the lines of ``text``, those joined that a narrow column broke."""
    found: list[Span] = []
    for line in LINES.finditer(text):
        last = found[-1] if found else None
        if last and last.end + 1 == line.start() and _runs_on(text, last, line):
            found[-1] = Span(last.start, line.end())
        else:
            found.append(Span(*line.span()))
    return found


def _runs_on(text: str, last: Span, line: re.Match[str]) -> bool:
    before = text[last.end - 1]
    return (before.isalnum() or before in ",;-–") and line[0].lstrip()[0].islower()


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start, end = span.start, span.end
    while end - start > LONGEST_PARAGRAPH:
        cut = _cut(text, start)
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def _cut(text: str, start: int) -> int:
    last = start + LONGEST_PARAGRAPH
    ends = [m.end() for m in SENTENCE_END.finditer(text, start + 1, last)]
    return ends[-1] if ends else last


def windows(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield runs of paragraphs of up to ``WINDOW`` characters."""
    window: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        length = paragraph.span.end - paragraph.span.start
        if window and size + length > WINDOW:
            yield window
            window, size = [], 0
        window.append(paragraph)
        size += length
    if window:
        yield window


def with_neighbours(
    paragraphs: list[Paragraph], chosen: set[int], reach: int = 2
) -> list[Paragraph]:
    """Return the ``chosen`` numbers with what stands around them: who "he" is."""
    shown = {n + step for n in chosen for step in range(-reach, 2)}
    return [p for p in paragraphs if p.number in shown]
