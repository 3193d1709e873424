"""Read the words just before and just after a quotation: is there a cue, and whose?"""

# ruff: noqa: RUF001

import re
from dataclasses import dataclass

from spacy.tokens import Token

from extraction.interface import Span
from extraction.quotes import Quotation
from extraction.speech import lexicon
from extraction.speech.context import Context
from extraction.speech.syntax import child, cue_tokens, subject

LONGEST_TERM = 25  # characters of a nickname or a quoted term
NEAR = 12  # tokens within which any finite verb may tell how it was said
WIDEST = 45  # tokens read on either side
STOPS = frozenset({".", "!", "?", ";"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE_NAME = frozenset({"compound", "amod", "nmod", "poss", "det", "nummod", "case"})
BYLINE = re.compile(
    r"\s*(?:[―—–]|--?)\s*(?P<name>[A-Z][^\n\"“”:]{1,80}?)[\s.]*(?=\n|$)"
)


@dataclass(frozen=True)
class Introduction:
    """A cue that introduces a quotation; ``speaker`` may be unknown."""

    cue: tuple[Token, ...]
    head: Token | None
    speaker: Token | None
    spans: tuple[Span, ...] = ()  # a speaker known by its place alone


def after(context: Context, quotation: Quotation) -> Introduction | None:
    """Return the cue of '"...", she said': it shares the quotation's sentence."""
    if _is_finished(context, quotation):
        return None
    window = words_after(context, quotation)
    for token in window:
        if not _may_introduce(token):
            continue
        return _introduction(token, _speaker_in(context, token, window))
    return _manner(context, window)


def _manner(context: Context, window: list[Token]) -> Introduction | None:
    """'"We won," she beamed': the place makes the verb a cue, whatever it is."""
    for token in window[:NEAR]:
        if token.tag_ in {"VBD", "VBZ"} and token.pos_ == "VERB":
            return _introduction(token, _speaker_in(context, token, window))
    return None


def before(context: Context, quotation: Quotation) -> Introduction | None:
    """Return the cue of 'She said, "..."': the last one in front of the quotation."""
    index = context.token_from(quotation.span.start)
    return _in_front(context, words_before(context, index))


def _in_front(context: Context, window: list[Token]) -> Introduction | None:
    if not window:
        return None
    for token in reversed(window):
        if _may_introduce(token):
            return _introduction(token, _speaker_of(context, token, window))
    return _colon(context, window) if window[-1].text == ":" else None


def byline(context: Context, quotation: Quotation) -> Introduction | None:
    """Return the name after a dash that closes the quotation's line."""
    match = BYLINE.match(context.plain, quotation.span.end)
    if match is None:
        return None
    return Introduction((), None, None, (Span(*match.span("name")),))


def across_break(context: Context, quotation: Quotation) -> Introduction | None:
    """Return the cue of a paragraph that ends in a colon, before a quoted one."""
    index = context.token_from(quotation.span.start) - 1
    while index > 0 and context.doc[index].is_space:
        index -= 1
    if index <= 0 or context.doc[index].text != ":":
        return None
    return _in_front(context, words_before(context, index + 1))


def words_after(context: Context, quotation: Quotation) -> list[Token]:
    """Return the tokens from the quotation to the end of its sentence."""
    words: list[Token] = []
    index = context.token_from(quotation.span.end)
    for token in context.doc[index : index + WIDEST]:
        if token.text in STOPS or "\n" in token.text:
            break
        if _is_speech(context, token):
            break
        words.append(token)
    return words


def words_before(context: Context, index: int) -> list[Token]:
    """Return the tokens of the sentence in front of the token at ``index``."""
    words: list[Token] = []
    for token in reversed(list(context.doc[max(0, index - WIDEST) : index])):
        if token.text in STOPS or "\n" in token.text:
            break
        if _is_speech(context, token):
            break
        words.append(token)
    return words[::-1]


def _is_speech(context: Context, token: Token) -> bool:
    """Tell whether the token is quoted, other than as a nickname or a term."""
    quotation = context.quotation_at(token.idx)
    if quotation is None:
        return False
    return quotation.span.end - quotation.span.start > LONGEST_TERM


def _is_finished(context: Context, quotation: Quotation) -> bool:
    """Tell whether the quotation ends its sentence: '... "We won." She left.'"""
    inside = context.plain[: quotation.span.end].rstrip("\"' ")[-1:]
    if not quotation.closed:
        return True
    follows = context.plain[quotation.span.end : quotation.span.end + 2].lstrip()
    return inside == "." and not follows.startswith(",")


def _may_introduce(token: Token) -> bool:
    if token.lemma_.lower() not in lexicon.SPEECH:
        return False
    return token.tag_.startswith("VB") and token.dep_ not in {"amod", "compound"}


def _introduction(verb: Token, speaker: Token | None) -> Introduction | None:
    if speaker is None:
        return None
    return Introduction(tuple(cue_tokens(verb)), verb, speaker)


def _speaker_in(context: Context, verb: Token, window: list[Token]) -> Token | None:
    """Return the speaker among the words after a quotation, before or after the verb."""
    places = {token.i for token in window}
    own = child(verb, "nsubj")
    if own is not None and own.i in places:
        return own
    ahead = [token for token in window if token.i < verb.i and token.pos_ in NOUNS]
    if ahead:
        return _whole(ahead[-1], places)
    behind = [token for token in window if token.i > verb.i and token.pos_ in NOUNS]
    if behind and behind[0].i - verb.i <= 6:
        return _whole(behind[0], places)
    return _outside(context, subject(verb))


def _whole(noun: Token, places: set[int]) -> Token:
    """Climb from a part of a name to its head: from "James" to "Acton"."""
    while noun.dep_ in INSIDE_NAME and noun.head.i in places:
        noun = noun.head
    return noun


def _outside(context: Context, speaker: Token | None) -> Token | None:
    if speaker is None or context.quotation_at(speaker.idx) is not None:
        return None
    return speaker


def _speaker_of(context: Context, verb: Token, window: list[Token]) -> Token | None:
    found = _outside(context, subject(verb))
    if found is not None:
        return found
    ahead = [token for token in window if token.i < verb.i and token.pos_ in NOUNS]
    places = {token.i for token in window}
    return _whole(ahead[-1], places) if ahead else None


def _colon(context: Context, window: list[Token]) -> Introduction | None:
    """Return who stands before a colon that no cue verb precedes."""
    for token in window:
        if token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"}:
            speaker = _outside(context, subject(token))
            if speaker is not None:
                return Introduction(tuple(cue_tokens(token)), token, speaker)
    nouns = [token for token in window if token.pos_ in NOUNS]
    if not nouns:
        return None
    speaker = _whole(nouns[-1], {token.i for token in window})
    return Introduction((window[-1],), None, speaker)
