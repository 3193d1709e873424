"""Reports that the next sentence denies, and questions, are no stance."""

from spacy.tokens import Token

from extraction.claims import Anchor
from extraction.terms import lemma

DENYING = {"deny", "refute", "rebut", "dismiss", "debunk", "retract", "correct"}
REPORTS = {
    "report",
    "claim",
    "this",
    "that",
    "it",
    "story",
    "rumour",
    "rumor",
    "allegation",
}
REPORTS |= {"suggestion", "account", "speculation", "remark", "quote", "statement"}
OBJECTS = {"dobj", "nsubjpass"}
MAIN = {"ROOT", "ccomp", "conj"}
UNTRUE = {"false", "untrue", "fake", "fabricated", "incorrect", "wrong", "hoax"}


def is_denied(token: Token, claim: str, anchors: list[Anchor]) -> bool:
    """Whether the sentence after that of ``token`` says it isn't so."""
    end = token.sent.end
    if end >= len(token.doc):
        return False
    following = token.doc[end].sent
    if not any(_denies(word) for word in following):
        return False
    return not any(
        a.claim == claim and following.start <= a.token.i < following.end
        for a in anchors
    )


def _denies(word: Token) -> bool:
    if lemma(word) in DENYING and word.pos_ == "VERB" and word.dep_ in MAIN:
        objects = [c for c in word.children if c.dep_ in OBJECTS and c.tag_ != "WDT"]
        return any(lemma(o) in REPORTS or o.lower_ in REPORTS for o in objects)
    if word.lower_ in UNTRUE or (word.lower_ == "true" and _negated(word.head)):
        subjects = [c for c in word.head.children if c.dep_ == "nsubj"]
        return any(s.lower_ in REPORTS or lemma(s) in REPORTS for s in subjects)
    return False


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)
