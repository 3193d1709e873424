"""How sure a report is: the rule that found it, and how plainly it is asserted.

Chosen by hand and by what the grammar means, in steps that a reader can follow; no
weight here is fitted to anybody's annotations.
"""

from spacy.tokens import Token

from extraction.interface import Span
from extraction.speech.lexicon import ACTS
from extraction.speech.linking import Said

RULES = {
    "quotation": 0.95,
    "clause": 0.85,
    "according": 0.85,
    "told": 0.75,
    "aside": 0.7,
    "infinitive": 0.65,
    "predicative": 0.65,
    "urged": 0.65,
    "object": 0.6,
    "prepositional": 0.6,
    "gerund": 0.6,
    "particle": 0.55,
    "floating": 0.5,
    "noun clause": 0.55,
    "noun copula": 0.5,
    "expected": 0.5,
    "passive": 0.5,
    "noun infinitive": 0.45,
    "noun object": 0.4,
    "adjective": 0.4,
    "agentless": 0.3,
    "seeming": 0.5,
    "experienced": 0.5,
    "transcript": 0.6,
    "unclaimed": 0.3,
    "pull-quote": 0.55,
}
ACTING = frozenset({"object", "prepositional", "passive", "agentless"})
# A turn holds whole paragraphs, an appearance has no holder: neither makes hearsay.
OPEN_RULES = frozenset({"transcript", "seeming"})
NOUN_RULES = frozenset({"noun clause", "noun infinitive", "noun object"})
SECOND_HAND = 0.3  # inside what somebody else is reported to say
UNHELD = 0.5  # a noun's content that nobody is said to hold
UNASSERTED = 0.75  # "to support", "would support": not said to have happened
BACKGROUND = 0.8  # in a clause that only modifies something
IMPERSONAL = 0.6  # "it", "you" and the like speak for nobody in particular
ACTED = 0.8  # the verb names an act more often than a report
NAMED = 1.1
UNSPECIFIC = frozenset({"it", "you", "that", "this", "which", "one", "i", "we", "they"})
MODIFYING = frozenset({"acl", "relcl", "pcomp", "xcomp", "ccomp"})


def confidence(one: Said, *, second_hand: bool) -> float:
    """Return how sure ``one`` is, from 0 to 1."""
    sure = RULES[one.rule]
    if second_hand:
        sure *= SECOND_HAND
    if one.rule in NOUN_RULES and not one.source:
        sure *= UNHELD
    if one.rule in ACTING and one.lemma.split(" ")[0] in ACTS:
        sure *= ACTED
    if one.head is not None:
        sure *= _assertion(one.head)
    if one.speaker is not None:
        sure *= _standing(one.speaker)
    return round(min(sure, 0.99), 3)


def _assertion(head: Token) -> float:
    plain = 1.0
    if head.tag_ == "VB":
        plain *= UNASSERTED
    if head.dep_ in MODIFYING:
        plain *= BACKGROUND
    return plain


def _standing(speaker: Token) -> float:
    if speaker.lower_ in UNSPECIFIC:
        return IMPERSONAL
    return NAMED if speaker.pos_ == "PROPN" else 1.0


def second_hand(said: list[Said], length: int) -> list[bool]:
    """Tell for each whether its cue lies inside the content of another."""
    steps = [0] * (length + 2)
    for one in said:
        if one.rule in OPEN_RULES:
            continue
        for span in one.content:
            steps[span.start] += 1
            steps[span.end] -= 1
    covered = 0
    inside = []
    for step in steps:
        covered += step
        inside.append(covered > 0)
    return [bool(one.cue) and _within(one.cue[0], inside) for one in said]


def _within(cue: Span, inside: list[bool]) -> bool:
    return inside[cue.start]
