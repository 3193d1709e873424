"""Clauses that leave their verb out: "Paris does not", "so have Riga and Tallinn"."""

from dataclasses import dataclass

from spacy.tokens import Token

from extraction.lists import word_set

AUXILIARIES = word_set(
    "do does did have has had will wo would is are am was were can could ca 'll shall should must"
)
DENIALS = frozenset({"not", "n't", "never"})
ALSO = frozenset({"too", "either", "also", "likewise", "neither", "nor"})
INVERTING = frozenset({"so", "nor", "neither", "as"})
ASIDE = DENIALS | ALSO | {"yet", "so", "however", "though", "now"}
ENDING = frozenset({".", ";", ",", ":", "!", "and", "but", "-", "\N{EM DASH}"})


@dataclass(frozen=True)
class Elided:
    """An auxiliary that stands for a whole clause said before."""

    auxiliary: Token
    subject: Token
    denied: bool
    also: bool


def ellipsis_at(token: Token) -> Elided | None:
    """Return the clause that ``token`` stands for, or None."""
    if token.lower_ not in AUXILIARIES or token.pos_ not in {"AUX", "VERB"}:
        return None
    return _inverted(token) or _plain(token)


def _plain(auxiliary: Token) -> Elided | None:
    """ "Paris does not.", "Oslo will, too.": nothing but denials follows."""
    sentence = auxiliary.sent
    denied = also = False
    for token in auxiliary.doc[auxiliary.i + 1 : sentence.end]:
        if token.lower_ in ASIDE or token.text == ",":
            denied = denied or token.lower_ in DENIALS
            also = also or token.lower_ in ALSO
        elif token.lower_ in ENDING or token.is_space or _closes(token):
            break
        else:
            return None
    subject = _subject(auxiliary)
    if subject is None:
        return None
    return Elided(auxiliary, subject, denied, also)


def _closes(mark: Token) -> bool:
    """Whether a quotation mark ends a quotation."""
    return mark.text == '"' and (mark.whitespace_ != "" or mark.i + 1 == mark.sent.end)


def _subject(auxiliary: Token) -> Token | None:
    """The subject stands right before the auxiliary, save for "too" and commas."""
    for clause in (auxiliary, auxiliary.head):
        for child in clause.children:
            near = child.dep_ == "nsubj" and child.i < auxiliary.i
            if near and _ends_at(child, auxiliary):
                return child
    return None


def _ends_at(subject: Token, auxiliary: Token) -> bool:
    between = auxiliary.doc[subject.right_edge.i + 1 : auxiliary.i]
    return all(t.is_punct or t.lower_ in ALSO for t in between)


def _inverted(auxiliary: Token) -> Elided | None:
    """ "so have Riga and Tallinn", "nor does the union", ", as do the Greens"."""
    if auxiliary.i == auxiliary.sent.start:
        return None
    before = auxiliary.doc[auxiliary.i - 1]
    if before.lower_ not in INVERTING:
        return None
    after = (child for child in auxiliary.children if child.i > auxiliary.i)
    subject = next((c for c in after if c.dep_ in {"nsubj", "dobj", "attr"}), None)
    if subject is None and auxiliary.i + 1 < auxiliary.sent.end:
        beside = auxiliary.doc[auxiliary.i + 1]
        subject = beside if beside.pos_ in {"PRON", "PROPN"} else None
    if subject is None or any(c.dep_ in {"xcomp", "ccomp"} for c in auxiliary.children):
        return None
    return Elided(auxiliary, subject, denied=False, also=True)


def is_supposed(word: Token) -> bool:
    """ "unless Rome has decided by then", "if Oslo does not" are supposed, not told."""
    for token in (word, *word.ancestors):
        if token.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in {"if", "unless", "until", "once"}
            for c in token.children
        ):
            return True
    return False
