"""Find the words that a model quotes in the text itself: exactly, else nearly, else not."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import partial_ratio_alignment

from extraction.interface import Span

# ruff: noqa: RUF001

QUOTES = dict.fromkeys("“”„‟＂«»‘’‚‛‹›`´ʼ'\"", "'")
DASHES = dict.fromkeys("‐‑‒–—―−-", "-")
INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
EDGES = " \t\n'\"“”„«»‘’‚‹›…."
LEAST_FUZZY, MOST_FUZZY = 25, 600  # characters of a quote that may be found nearly
MOST_HAY = 8_000  # characters searched nearly
LEAST_RATIO = 93.0
SIGNIFICANT = re.compile(
    r"\d+|\b(?:not?|never|none|nor|neither|without|cannot|nothing|nobody|unless|only|if|"
    r"pas|jamais|aucune?|sans|ne|ni|nicht|kein\w*|nie|niemals|ohne|нет|не|ни|без|ані|немає)\b"
    r"|n't\b",
    re.IGNORECASE,
)


class How(StrEnum):
    """In which way a quote was found."""

    EXACT = "word for word"
    NORMALISED = "but for spaces and quotation marks"
    FUZZY = "nearly word for word"


@dataclass(frozen=True)
class Located:
    """Where a quote stands and how it was found."""

    span: Span
    how: How


class Locator:
    """Looks words up in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._normalised: dict[Span, Normalised] = {}

    def locate(self, quote: str, within: list[Span]) -> Located | None:
        """Find ``quote`` in the first of the spans ``within`` that has it, or nowhere."""
        for how, find in (
            (How.EXACT, self._exact),
            (How.NORMALISED, self._plainly),
            (How.FUZZY, self._fuzzy),
        ):
            for span in within:
                if found := find(quote, span):
                    return Located(found, how)
        return None

    def nearest(self, words: str, within: list[Span], to: Span) -> Span | None:
        """Find where ``words`` stand nearest to a span, in the first that has them."""
        for span in within:
            hits = self._occurrences(words, span)
            if found := min(hits, key=lambda hit: _distance(hit, to), default=None):
                return found
        return None

    def _exact(self, quote: str, span: Span) -> Span | None:
        words = quote.strip()
        if not words.strip(EDGES):
            return None
        match = _whole(words).search(self.text, span.start, span.end)
        return Span(*match.span()) if match else None

    def _plainly(self, quote: str, span: Span) -> Span | None:
        return next(self._occurrences(quote, span), None)

    def _occurrences(self, words: str, span: Span) -> Iterator[Span]:
        wanted, hay = normalise(words).plain.strip(EDGES), self._plain(span)
        if wanted:
            for match in _whole(wanted, re.IGNORECASE).finditer(hay.plain):
                yield hay.back(match.start(), match.end(), span.start)

    def _fuzzy(self, quote: str, span: Span) -> Span | None:
        if span.end - span.start > MOST_HAY:
            return None
        wanted, hay = normalise(quote).plain.strip(EDGES), self._plain(span)
        if not LEAST_FUZZY <= len(wanted) <= min(MOST_FUZZY, len(hay.plain)):
            return None
        best = partial_ratio_alignment(wanted, hay.plain, score_cutoff=LEAST_RATIO)
        if best is None or best.dest_end <= best.dest_start:
            return None
        start, end = _whole_words(hay.plain, best.dest_start, best.dest_end)
        if significant(wanted) != significant(hay.plain[start:end]):
            return None
        return trimmed(hay.back(start, end, span.start), self.text)

    def _plain(self, span: Span) -> "Normalised":
        if span not in self._normalised:
            self._normalised[span] = normalise(span.text(self.text))
        return self._normalised[span]


def _whole(words: str, flags: int = 0) -> re.Pattern[str]:
    """Match ``words`` but never a part of a longer word."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(before + re.escape(words) + after, flags)


def _distance(hit: Span, to: Span) -> tuple[int, int]:
    if hit.start < to.end and to.start < hit.end:
        return 0, hit.start
    return max(to.start - hit.end, hit.start - to.end), hit.start


def significant(words: str) -> list[str]:
    """Return the words that turn a meaning around: negations, conditions, numbers."""
    return sorted(word.casefold() for word in SIGNIFICANT.findall(words))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def trimmed(span: Span, text: str) -> Span:
    """Return ``span`` without white space at its ends."""
    words = span.text(text)
    left = len(words) - len(words.lstrip())
    return Span(span.start + left, span.start + max(left, len(words.rstrip())))


@dataclass(frozen=True)
class Normalised:
    """A text with plain quotes, dashes and single spaces, and where each character was."""

    plain: str
    offsets: tuple[int, ...]

    def back(self, start: int, end: int, base: int) -> Span:
        """Return the offsets of ``[start, end)`` in the text that was normalised."""
        return Span(base + self.offsets[start], base + self.offsets[end - 1] + 1)


def normalise(text: str) -> Normalised:
    """Return ``text`` with what models change in quotes made alike."""
    plain: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        for piece in _alike(character):
            if piece == " " and plain and plain[-1] == " ":
                continue
            plain.append(piece)
            offsets.append(at)
    return Normalised("".join(plain), tuple(offsets))


def _alike(character: str) -> str:
    if character in INVISIBLE:
        return ""
    if character.isspace():
        return " "
    if character == "…":
        return "..."
    alike = QUOTES.get(character) or DASHES.get(character)
    return alike or unicodedata.normalize("NFKC", character)
