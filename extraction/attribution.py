"""Find who said, thinks or wants what: attributions as spans, nothing resolved."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from extraction.interface import Attribution, Kind, Span
from extraction.speech.confidence import confidence, second_hand
from extraction.speech.context import Context, read_context
from extraction.speech.linking import Said, link_quotations
from extraction.speech.nominal import adjective_report, noun_report
from extraction.speech.reports import Report
from extraction.speech.spans import content_spans
from extraction.speech.syntax import cue_span, is_negated, source_spans
from extraction.speech.transcript import read_turns
from extraction.speech.verbs import verb_report

DEFAULT_THRESHOLD = 0.52  # where four in five are right on news texts
LONGEST_TERM = 60  # characters of a quoted cue: "he 'totally rejects' the plan"
ATTITUDES = frozenset(
    {
        "predicative",
        "infinitive",
        "gerund",
        "urged",
        "particle",
        "object",
        "seeming",
        "experienced",
        "prepositional",
        "passive",
        "expected",
        "agentless",
        "adjective",
        "noun object",
        "noun infinitive",
    }
)


def find_attributions(text: str, doc: Doc, *, author: str = "") -> list[Attribution]:
    """Return the attributions of ``text``, whose parse ``doc`` keeps its offsets.

    Each carries the confidence of the rule that found it; callers choose a threshold.
    A pull-quote without a speaker is surer where an ``author`` is known to be quoted.
    """
    context = read_context(text, doc)
    turns = read_turns(context)
    said = turns + link_quotations(context, among=turns)
    spoken = {one.head.i for one in said if one.head is not None}
    quoted = {span.start for one in said if one not in turns for span in one.content}
    for token in doc:
        if token.i in spoken or _is_quoted(context, token, quoted):
            continue
        report = _report_at(token)
        if report is None or not report.content:
            continue
        _add(context, report, said)
    said = [_owned(one, author) for one in said if one.content]
    nested = second_hand(said, len(text))
    found = [
        _attribution(context, one, confidence(one, second_hand=inside))
        for one, inside in zip(said, nested, strict=True)
    ]
    return sorted(found, key=lambda one: (one.content[0], one.cue))


def _owned(one: Said, author: str) -> Said:
    if one.rule == "unclaimed" and author:
        return replace(one, rule="pull-quote")
    return one


def _is_quoted(context: Context, token: Token, speech: set[int]) -> bool:
    """Tell whether the token is somebody's spoken words, not a quoted cue."""
    quotation = context.quotation_at(token.idx)
    if quotation is None:
        return False
    span = quotation.span
    return span.start in speech or span.end - span.start > LONGEST_TERM


def _report_at(token: Token) -> Report | None:
    if token.pos_ in {"VERB", "AUX"}:
        return verb_report(token) or adjective_report(token)
    if token.pos_ == "NOUN":
        return noun_report(token)
    return adjective_report(token) if token.pos_ == "ADJ" else None


def _add(context: Context, report: Report, said: list[Said]) -> None:
    spans = content_spans(context, report)
    if not spans:
        return
    said.append(
        Said(
            rule=report.rule,
            content=list(spans),
            cue=[cue_span(list(report.cue_tokens))],
            source=list(source_spans(report.source)),
            speaker=report.source,
            head=report.cue,
            lemma=report.lemma,
            negated=is_negated(report.cue),
        )
    )


def _attribution(context: Context, one: Said, sure: float) -> Attribution:
    return Attribution(
        kind=_kind(context, one),
        content=tuple(one.content),
        cue=tuple(one.cue),
        source=tuple(one.source),
        confidence=sure,
        cue_lemma=one.lemma,
        negated=one.negated,
    )


def _kind(context: Context, one: Said) -> Kind:
    quoted = unquoted = 0
    for span in one.content:
        inside = _quoted_length(context, span)
        quoted += inside
        unquoted += span.end - span.start - inside
    if quoted and unquoted <= 3:
        return Kind.DIRECT
    if quoted:
        return Kind.MIXED
    return Kind.ATTITUDE if one.rule in ATTITUDES else Kind.INDIRECT


def _quoted_length(context: Context, span: Span) -> int:
    return sum(
        min(span.end, quotation.span.end) - max(span.start, quotation.span.start)
        for quotation in context.quotations_in(span)
    )
