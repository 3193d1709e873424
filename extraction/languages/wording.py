"""Words, sentences and clauses of French and German texts, each with its offsets."""

import re
from dataclasses import dataclass, field

from extraction.interface import Span
from extraction.names.words import Word, words_of
from extraction.quotes import find_quotations

SENTENCE_END = re.compile(
    r"[.!?…][\"»“”’')\]\s]*\s(?=[\s\"«„“(»]*[A-ZÀ-ÖØ-Þ0-9·])|\n\s*"  # noqa: RUF001
)
ABBREVIATION = re.compile(
    r"(?:^|[\s(«„\"'’])(?:M|MM|Mme|Mmes|Mlle|Dr|Prof|Me|St|Ste|no|art|av|cf|env|p|ex|Hr|Fr|Nr|Art|Abs|ca"  # noqa: RUF001
    r"|bzw|usw|vgl|evtl|inkl|Mio|Mrd|Bd|z\.\s?B|d\.\s?h|u\.\s?a|[A-ZÀ-Þ]|\d{1,2})\.$"
)
FEWEST_QUOTED = 4
FILLER = "\u00b7"


@dataclass(frozen=True)
class Sentence:
    """A sentence: its span, its words, its paragraph and, in a quotation, which one."""

    span: Span
    words: tuple[Word, ...]
    paragraph: int
    quotation: int | None = None
    asks: bool = False


@dataclass
class Wording:
    """A text cut into sentences; whole quotations are cut apart from what holds them."""

    text: str
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Span] = field(default_factory=list)


def read_wording(text: str) -> Wording:
    """Cut ``text``; sentences come in order, those of a quotation after its host."""
    wording = Wording(text)
    wording.quotations = [
        one.inner for one in find_quotations(text) if _is_whole(one.inner.text(text))
    ]
    masked = _masked(text, wording.quotations)
    quoted = {inner.start: index for index, inner in enumerate(wording.quotations)}
    for span in _sentences(masked, Span(0, len(text))):
        wording.sentences.append(_sentence(masked, text, span, None))
        for start in sorted(quoted.keys() & range(span.start, span.end)):
            index = quoted[start]
            inner = wording.quotations[index]
            if inner.end > inner.start:
                wording.sentences += [
                    _sentence(text, text, part, index)
                    for part in _sentences(text, inner)
                ]
    return wording


def sentences_of(text: str) -> list[Span]:
    """Cut ``text`` into sentences, those of quotations, too; none overlap."""
    return _sentences(text, Span(0, len(text)))


def _is_whole(words: str) -> bool:
    """Whether quoted words are sentences, not a term that another sentence uses."""
    stripped = words.strip()
    return stripped[:1].isupper() and len(words_of(stripped)) >= FEWEST_QUOTED


def _masked(text: str, quotations: list[Span]) -> str:
    """``text`` with whole quotations blanked out, the same length."""
    pieces, end = [], 0
    for inner in quotations:
        words = inner.text(text)
        kept = words.rstrip()
        tail = kept[-1:] if kept[-1:] in {".", "!", "?", "…"} else ""
        blank = FILLER * (len(kept) - len(tail)) + tail
        pieces += [text[end : inner.start], blank + words[len(kept) :]]
        end = inner.end
    return "".join([*pieces, text[end:]])


def _sentences(text: str, within: Span) -> list[Span]:
    found, start = [], within.start
    for match in SENTENCE_END.finditer(text, within.start, within.end):
        newline = "\n" in match.group()
        if not newline and ABBREVIATION.search(
            text, max(0, start - 1), match.start() + 1
        ):
            continue
        found.append(_trimmed(text, start, match.end()))
        start = match.end()
    found.append(_trimmed(text, start, within.end))
    return [span for span in found if span.end > span.start]


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, max(start + left, start + len(words.rstrip())))


def _sentence(masked: str, text: str, span: Span, quotation: int | None) -> Sentence:
    words = tuple(
        Word(w.start + span.start, w.end + span.start, w.raw, w.key)
        for w in words_of(span.text(masked))
    )
    paragraph = text.count("\n", 0, span.start)
    asks = span.text(masked).rstrip("»“”\"' )").endswith("?")
    return Sentence(span, words, paragraph, quotation, asks)
