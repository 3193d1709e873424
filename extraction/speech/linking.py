"""Give each quotation to the cue that introduces it, or to the last speaker."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from extraction.interface import Span
from extraction.quotes import Quotation
from extraction.speech import lexicon
from extraction.speech.context import Context
from extraction.speech.syntax import cue_span, cue_tokens, source_spans, subject

WORD = re.compile(r"\w+")
FEWEST_WORDS = 4  # shorter quotations are terms, unless a cue's own clause holds them
FARTHEST = 70  # characters between a quotation and its cue
NEXT_SENTENCE = 60
CONTINUED = 250  # characters over which a speaker goes on in one paragraph


@dataclass
class Said:
    """An attribution in the making."""

    rule: str
    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    head: Token | None = None
    lemma: str = ""
    negated: bool = False

    @property
    def end(self) -> int:
        """Return where its content ends."""
        return max(span.end for span in self.content)


def speech_cues(context: Context) -> list[Token]:
    """Return the verbs outside quotations that can introduce quoted words."""
    return [
        token
        for token in context.doc
        if token.pos_ in {"VERB", "AUX"}
        and token.lemma_.lower() in lexicon.CLAUSAL
        and context.quotation_at(token.idx) is None
        and subject(token) is not None
    ]


def link_quotations(context: Context, said: list[Said]) -> None:
    """Add every unowned quotation to ``said``: to a cue near it or to a speaker."""
    cues: dict[int, list[Token]] = {}
    for cue in speech_cues(context):
        cues.setdefault(context.paragraph_of(cue.idx), []).append(cue)
    for quotation in context.quotations:
        if _words(context, quotation) < FEWEST_WORDS or _owned(quotation, said):
            continue
        paragraph = context.paragraph_of(quotation.span.start)
        cue = _nearest(context, quotation, cues.get(paragraph, []))
        if cue is not None:
            _say(quotation, cue, said)
        elif not _continue(context, quotation, said):
            _float(context, quotation, said)


def _words(context: Context, quotation: Quotation) -> int:
    return len(WORD.findall(context.plain, quotation.span.start, quotation.span.end))


def _owned(quotation: Quotation, said: list[Said]) -> bool:
    mark = quotation.span
    half = (mark.end - mark.start) / 2
    return any(
        min(mark.end, span.end) - max(mark.start, span.start) > half
        for one in said
        for span in one.content
    )


def _nearest(context: Context, quotation: Quotation, cues: list[Token]) -> Token | None:
    ranked = sorted((_distance(context, quotation, cue), cue.i, cue) for cue in cues)
    if not ranked or ranked[0][0] >= FARTHEST:
        return None
    return ranked[0][2]


def _distance(context: Context, quotation: Quotation, cue: Token) -> int:
    """Return how far the cue and its speaker stand from the quotation."""
    edges = [cue_span(cue_tokens(cue)), *source_spans(subject(cue))[-1:]]
    first, last = min(s.start for s in edges), max(s.end for s in edges)
    mark = quotation.span
    after = cue.idx >= mark.end
    between = (
        context.plain[mark.end : first] if after else context.plain[last : mark.start]
    )
    penalty = NEXT_SENTENCE if re.search(r"[.!?]\s", between) else 0
    return len(between) + penalty + (0 if after else 5)


def _say(quotation: Quotation, cue: Token, said: list[Said]) -> None:
    for one in said:
        if one.head is not None and one.head.i == cue.i:
            one.content = sorted([*one.content, quotation.span])
            return
    said.append(
        Said(
            rule="quotation",
            content=[quotation.span],
            cue=[cue_span(cue_tokens(cue))],
            source=list(source_spans(subject(cue))),
            head=cue,
            lemma=cue.lemma_.lower(),
        )
    )


def _quoting(context: Context, one: Said) -> bool:
    return any(context.quotations_in(span) for span in one.content)


def _continue(context: Context, quotation: Quotation, said: list[Said]) -> bool:
    """A second quotation in a paragraph goes on where the first stopped."""
    start = quotation.span.start
    paragraph = context.paragraph_of(start)
    before = [
        (span.end, order)
        for order, one in enumerate(said)
        for span in one.content
        if span.end <= start
        and start - span.end < CONTINUED
        and context.paragraph_of(span.start) == paragraph
        and _quoting(context, one)
    ]
    if not before:
        return False
    one = said[max(before)[1]]
    one.content = sorted([*one.content, quotation.span])
    return True


def _float(context: Context, quotation: Quotation, said: list[Said]) -> None:
    """A paragraph of quotation alone belongs to the last one quoted before it."""
    start = quotation.span.start
    number = context.paragraph_of(start)
    lead = context.plain[context.paragraph_span(number).start : start]
    if WORD.search(lead):
        return
    before = [
        (one.end, order)
        for order, one in enumerate(said)
        if one.end <= start
        and number - context.paragraph_of(one.end - 1) <= 2
        and _quoting(context, one)
    ]
    if before:
        one = said[max(before)[1]]
        said.append(
            Said(rule="floating", content=[quotation.span], source=list(one.source))
        )
