"""Find quotations in English, French and German typography, by their marks alone.

Marks are read paragraph by paragraph, so that a missing mark never spoils more than
its own paragraph. Only the outermost quotation is returned: marks inside it are words.
"""

# ruff: noqa: RUF001

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.interface import Span

MARK = re.compile(r"''|``|,,|[“”„‟\"＂«»‹›‘’‚‛'`]")
PARAGRAPH = re.compile(r"[^\n\r\u2029]+")

# Opening mark -> marks that may close it. The first is the proper one; the others are
# what keyboards and careless editing leave behind.
CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"', "''", "“"),
    "„": ("“", "”", '"', "''", "‟"),
    "‟": ("”", '"'),
    "”": ("”", '"'),
    '"': ('"', "”", "“"),
    "＂": ("＂", '"'),
    "''": ("''", '"', "”"),
    "``": ("''", "``", '"', "”"),
    ",,": ("''", "``", "“", "”", '"'),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "›": ("‹",),
    "‘": ("’", "'"),
    "‚": ("‘", "’", "'"),
    "‛": ("’", "'"),
    "'": ("'", "’"),
    "`": ("'", "’"),
}
DOUBLE = frozenset({"“", "„", "‟", "”", '"', "＂", "''", "``", ",,", "«", "»"})
SINGLE = frozenset({"'", "‘", "‚", "‛"})
MIRRORED = {"»": "«", "›": "‹"}
ELISIONS = re.compile(
    r"(?:tis|twas|em|n|cause|til|till|round|bout|\d0s|\d\d)\b", re.IGNORECASE
)
FEET_AND_INCHES = re.compile(r"(?<=\d)['’]\s?\d{1,2}(?:\.\d+)?(?:\"|”|''|’’)?")
LOOKAHEAD = 40  # marks searched for the end of a single-quoted span


@dataclass(frozen=True)
class Quotation:
    """A quotation with its marks; ``continues`` says that the paragraph before left it open."""

    span: Span
    closed: bool = True
    continues: bool = False
    mark: str = '"'

    @property
    def inner(self) -> Span:
        """Return the quoted words without their marks."""
        width = len(self.mark)
        end = self.span.end - (1 if self.closed else 0)
        start = min(self.span.start + width, end)
        return Span(start, max(start, end))


@dataclass(frozen=True)
class Mark:
    """A mark and what stands on each side of it ("" at a paragraph's edge)."""

    sign: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        """Return the offset after the mark."""
        return self.start + len(self.sign)

    def may_open(self) -> bool:
        """Tell whether words begin right after the mark."""
        return not self.before.isalnum() and bool(self.after) and self.after != " "

    def may_close(self) -> bool:
        """Tell whether words end right before the mark."""
        return (
            not self.after.isalnum() and bool(self.before) and not self.before.isspace()
        )

    def is_measure(self) -> bool:
        """Tell whether it stands for inches, feet, minutes or seconds: 6'2", 12"."""
        return self.sign in {'"', "'", "''", "”", "’"} and self.before.isdigit()


def find_quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of ``text`` in order, one at most a paragraph each."""
    found: list[Quotation] = []
    open_mark = ""
    for paragraph in PARAGRAPH.finditer(text):
        if not paragraph.group().strip():
            continue
        quotations, open_mark = _read_paragraph(
            text, paragraph.start(), paragraph.end(), open_mark
        )
        found.extend(quotations)
    return found


def _marks(text: str, start: int, end: int) -> list[Mark]:
    measures = [match.span() for match in FEET_AND_INCHES.finditer(text, start, end)]
    marks: list[Mark] = []
    for match in MARK.finditer(text, start, end):
        while measures and measures[0][1] <= match.start():
            measures.pop(0)
        if measures and measures[0][0] <= match.start():
            continue
        marks.append(_mark(text, match, start, end))
    return marks


def _mark(text: str, match: re.Match[str], start: int, end: int) -> Mark:
    return Mark(
        sign=match.group(),
        start=match.start(),
        before=text[match.start() - 1] if match.start() > start else "",
        after=text[match.end()] if match.end() < end else "",
    )


def _read_paragraph(
    text: str, start: int, end: int, carried: str
) -> tuple[list[Quotation], str]:
    """Return the paragraph's quotations and the mark it leaves open ("" for none)."""
    marks = _marks(text, start, end)
    last = start + len(text[start:end].rstrip())
    found: list[Quotation] = []
    position = 0
    if carried and not _reopens(text, start, marks, carried):
        closing = _carried_end(marks, carried)
        if closing is not None:
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            span = Span(first, marks[closing].end)
            found.append(Quotation(span, continues=True, mark=""))
            position = closing + 1
        carried = ""
    left_open = ""
    for quotation, _ in _spans(text, marks, position, last):
        continues = bool(carried) and not found
        found.append(
            Quotation(quotation.span, quotation.closed, continues, quotation.mark)
        )
        left_open = "" if quotation.closed else quotation.mark
    return found, left_open


def _reopens(text: str, start: int, marks: list[Mark], carried: str) -> bool:
    """Tell whether the paragraph begins by repeating the mark of an open quotation."""
    if not marks or text[start : marks[0].start].strip():
        return False
    return marks[0].sign == carried or marks[0].sign in CLOSERS[carried]


def _carried_end(marks: list[Mark], carried: str) -> int | None:
    """Return the mark that ends a quotation opened in the paragraph before."""
    if carried not in {"“", "„", "«", "»"}:
        return None
    for index, mark in enumerate(marks):
        if mark.sign == carried:
            return None
        if mark.sign == CLOSERS[carried][0] and mark.may_close():
            return index
    return None


def _spans(
    text: str, marks: list[Mark], position: int, last: int
) -> Iterator[tuple[Quotation, int]]:
    while position < len(marks):
        mark = marks[position]
        if not _opens(text, mark, marks, position):
            position += 1
            continue
        closing = _closing(marks, position)
        if closing is not None:
            yield Quotation(Span(mark.start, marks[closing].end), mark=mark.sign), 0
            position = closing + 1
        elif mark.sign in DOUBLE and last > mark.end:
            yield Quotation(Span(mark.start, last), closed=False, mark=mark.sign), 0
            return
        else:
            position += 1


def _opens(text: str, mark: Mark, marks: list[Mark], position: int) -> bool:
    sign = mark.sign
    if sign in {"’", "`"} or mark.is_measure():
        return False
    if sign in MIRRORED:
        return mark.may_open() and _mirrored_close_follows(marks, position)
    if sign in SINGLE:
        return mark.may_open() and not ELISIONS.match(text, mark.end, mark.end + 8)
    return _opens_double(mark)


def _opens_double(mark: Mark) -> bool:
    if mark.sign in {"«", "‹"}:
        return True
    if mark.sign in {"“", "``", "‟"}:
        return not mark.before.isalnum() or bool(mark.after.strip())
    if mark.sign == "”":
        return mark.may_open() and not mark.before.strip()
    if mark.sign in {'"', "＂", "''"}:
        return bool(mark.after) and not _dangles(mark)
    return mark.may_open()


def _dangles(mark: Mark) -> bool:
    """Tell whether a straight mark can only be the end of something."""
    return (
        bool(mark.before) and mark.before not in " \t([{-–—/:" and mark.after in " .,;)"
    )


def _mirrored_close_follows(marks: list[Mark], position: int) -> bool:
    """German »...« is told from French « ... » by what comes next."""
    wanted = MIRRORED[marks[position].sign]
    for mark in marks[position + 1 : position + LOOKAHEAD]:
        if mark.sign == wanted:
            return mark.may_close()
        if mark.sign == marks[position].sign:
            return False
    return False


def _closing(marks: list[Mark], position: int) -> int | None:
    """Return the index of the mark that ends the quotation opened at ``position``."""
    opening = marks[position]
    if opening.sign in DOUBLE:
        return _double_end(marks, position)
    candidates = [
        index
        for index in range(position + 1, min(len(marks), position + LOOKAHEAD))
        if marks[index].sign in CLOSERS[opening.sign] and marks[index].may_close()
    ]
    return _single_end(marks, candidates, opening)


def _single_end(marks: list[Mark], candidates: list[int], opening: Mark) -> int | None:
    """Pass over plural possessives ("the voters' anger") while a better end follows."""
    for order, index in enumerate(candidates):
        mark = marks[index]
        possessive = mark.before in "sS" and mark.after == " "
        if possessive and opening.sign != "‹" and order + 1 < len(candidates):
            continue
        return index
    return None


def _double_end(marks: list[Mark], position: int) -> int | None:
    opening = marks[position]
    closers = CLOSERS[opening.sign]
    depth = 0
    fallback = None
    for index in range(position + 1, len(marks)):
        mark = marks[index]
        if mark.sign in closers and _can_end(mark, opening):
            if depth == 0:
                return index
            depth -= 1
            fallback = index
        elif mark.sign == opening.sign and mark.may_open():
            depth += 1
    return fallback


def _can_end(mark: Mark, opening: Mark) -> bool:
    if mark.sign == CLOSERS[opening.sign][0]:
        return not (mark.is_measure() and mark.after.isdigit())
    return mark.may_close()
