"""Turn the tokens of a content into spans that respect quotations."""

# ruff: noqa: RUF001

import re

from extraction.interface import Span
from extraction.speech.context import Context
from extraction.speech.reports import Report
from extraction.speech.syntax import span_of

HYPHENATED_END = re.compile(r"(?:-\w+)+")
HYPHENATED_START = re.compile(r"(?:\w+-)+$")
CLOSE_ENOUGH = 2  # characters between two spans that are read as one
MOSTLY = 0.3  # share of a quotation that pulls in the rest of it


def content_spans(context: Context, report: Report) -> tuple[Span, ...]:
    """Return the report's content as spans that cut no quotation in two."""
    spans = [_whole_words(context.plain, span) for span in span_of(report.content)]
    snapped = merged([snap(context, span) for span in spans])
    for hole in span_of(report.cue_tokens):
        snapped = [part for span in snapped for part in _without(context, span, hole)]
    return tuple(snapped)


def snap(context: Context, span: Span) -> Span:
    """Widen ``span`` to the ends of the quotations that it mostly covers."""
    start, end = span.start, span.end
    for quotation in context.quotations_in(Span(max(start - 1, 0), end + 1)):
        mark = quotation.span
        shared = min(end, mark.end) - max(start, mark.start)
        whole = mark.end - mark.start
        mostly = shared >= MOSTLY * whole or start >= mark.start
        if shared > 0 and mostly:
            start, end = min(start, mark.start), max(end, mark.end)
    return Span(start, end)


def _whole_words(plain: str, span: Span) -> Span:
    """Widen a span that ends inside a hyphenated word."""
    start, end = span.start, span.end
    after, before = HYPHENATED_END.match(plain, end), None
    if start and plain[start - 1] == "-":
        before = HYPHENATED_START.search(plain, max(0, start - 40), start)
    if before is not None:
        start = before.start()
    return Span(start, after.end() if after else end)


def merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, joined where next to nothing separates them."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + CLOSE_ENOUGH - 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _without(context: Context, span: Span, hole: Span) -> list[Span]:
    """Cut a cue out of the content that snapping drew over it."""
    if hole.end <= span.start or span.end <= hole.start:
        return [span]
    parts = [Span(span.start, hole.start), Span(hole.end, span.end)]
    return [part for part in (_tidy(context, part) for part in parts) if part]


def _tidy(context: Context, span: Span) -> Span | None:
    words = context.plain[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" ,;:-–\n"))
    end = span.start + len(words.rstrip(" ;:-–\n"))
    return Span(start, end) if end - start > 3 else None
