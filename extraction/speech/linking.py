"""Give each quotation to the cue that introduces it, or to the last speaker."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from extraction.interface import Span
from extraction.quotes import Quotation
from extraction.speech import windows
from extraction.speech.context import Context
from extraction.speech.syntax import cue_span, is_negated, source_spans
from extraction.speech.windows import Introduction

WORD = re.compile(r"\w+")
FEWEST_WORDS = 3  # shorter quotations are terms, unless a comma sets them apart
CONTINUED = 250  # characters over which a speaker goes on in one paragraph
NEARBY = 6  # attributions back among which a speaker may go on
LEADS = re.compile(r"(?:[,:]|\bthat)\s*$")
SENTENCE_START = re.compile(r"(?:^|[.!?:][\"')\]]*\s+|\n\s*)$")


@dataclass
class Said:
    """An attribution in the making."""

    rule: str
    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    head: Token | None = None
    speaker: Token | None = None
    lemma: str = ""
    negated: bool = False
    spoken: bool = False  # a quotation that stands by itself, not inside a clause

    @property
    def end(self) -> int:
        """Return where its content ends."""
        return max(span.end for span in self.content)


def link_quotations(context: Context, among: list[Said]) -> list[Said]:
    """Return what is said in quotations that stand by themselves, with its speakers.

    Quotations inside what is ``among`` already found are left out.
    """
    said: list[Said] = []
    taken = [one.content[0] for one in among]
    for quotation in context.quotations:
        if not _stands_alone(context, quotation) or _overlaps(quotation, taken):
            continue
        found = _introduced(context, quotation)
        if found is not None:
            _say(quotation, found, said)
        elif not _continue(context, quotation, said):
            _float(context, quotation, said)
    return said


def _overlaps(quotation: Quotation, taken: list[Span]) -> bool:
    mark = quotation.span
    return any(mark.start < span.end and span.start < mark.end for span in taken)


def _lead(context: Context, quotation: Quotation) -> str:
    start = quotation.span.start
    return context.plain[max(0, start - 60) : start]


def _stands_alone(context: Context, quotation: Quotation) -> bool:
    """Tell speech from quoted words inside somebody else's sentence."""
    lead = _lead(context, quotation)
    opens = bool(SENTENCE_START.search(lead)) or not lead
    words = len(WORD.findall(context.plain, quotation.span.start, quotation.span.end))
    if opens:
        return words >= FEWEST_WORDS or _ends_in_comma(context, quotation)
    if not LEADS.search(lead) or lead.rstrip().endswith("that"):
        return False
    inner = context.plain[quotation.span.start : quotation.span.end].strip("\"' ")
    return words >= FEWEST_WORDS or (words > 0 and inner[-1:] in "!?.,")


def _ends_in_comma(context: Context, quotation: Quotation) -> bool:
    end = quotation.span.end
    return "," in context.plain[max(0, end - 3) : end + 1] or context.plain[
        max(0, end - 3) : end
    ].rstrip("\"' ").endswith(("!", "?"))


def _introduced(context: Context, quotation: Quotation) -> Introduction | None:
    opens = bool(SENTENCE_START.search(_lead(context, quotation)))
    colon = _lead(context, quotation).rstrip().endswith(":")
    found = windows.byline(context, quotation)
    if found is None and not colon:
        found = windows.after(context, quotation)
    if found is None and (colon or not opens):
        found = windows.before(context, quotation)
    if found is None and colon:
        found = windows.across_break(context, quotation)
    return found


def _say(quotation: Quotation, found: Introduction, said: list[Said]) -> None:
    head = found.head
    for one in said[-NEARBY:]:
        if head is not None and one.head is not None and one.head.i == head.i:
            one.content = sorted([*one.content, quotation.span])
            return
    said.append(
        Said(
            rule="quotation",
            content=[quotation.span],
            cue=[cue_span(list(found.cue))] if found.cue else [],
            source=list(found.spans or source_spans(found.speaker)),
            head=head,
            speaker=found.speaker,
            lemma=head.lemma_.lower() if head is not None else "",
            negated=is_negated(head) if head is not None else False,
            spoken=True,
        )
    )


def _last_before(context: Context, start: int, said: list[Said]) -> Said | None:
    before = [
        (one.end, -order, one)
        for order, one in enumerate(reversed(said[-NEARBY:]))
        if one.end <= start
    ]
    return max(before, key=lambda row: row[:2])[2] if before else None


def _continue(context: Context, quotation: Quotation, said: list[Said]) -> bool:
    """A second quotation in a paragraph goes on where the first stopped."""
    start = quotation.span.start
    one = _last_before(context, start, said)
    if one is None:
        return False
    last = max(span.end for span in one.content)
    paragraph = context.paragraph_of(start)
    if context.paragraph_of(last - 1) != paragraph or start - last > CONTINUED:
        return False
    one.content = sorted([*one.content, quotation.span])
    return True


def _float(context: Context, quotation: Quotation, said: list[Said]) -> None:
    """A paragraph of quotation alone belongs to the last one quoted before it.

    Without one it is kept without a speaker: a pull-quote is its author's.
    """
    start = quotation.span.start
    number = context.paragraph_of(start)
    lead = context.plain[context.paragraph_span(number).start : start]
    one = _last_before(context, start, said)
    if WORD.search(lead):
        return
    if one is None or number - context.paragraph_of(one.end - 1) > 2:
        said.append(Said(rule="unclaimed", content=[quotation.span], spoken=True))
        return
    said.append(
        Said(
            rule="floating",
            content=[quotation.span],
            source=list(one.source),
            speaker=one.speaker,
            spoken=True,
        )
    )
