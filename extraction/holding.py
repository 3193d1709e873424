"""When a cue word is a stance of its holder today: not past, impersonal or denied above it."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import Chain, Step
from extraction.cues import Cue
from extraction.holders import LIGHT
from extraction.terms import lemma

FORMERLY = {"once", "formerly", "previously", "originally", "initially"}
IMPERSONAL = {
    "unlikely",
    "possible",
    "conceivable",
    "difficult",
    "imaginable",
    "feasible",
}
IMPERSONAL |= {"thinkable", "time", "doubtful", "plan", "hope"}
NOBODY = {"there", "nothing", "everything", "much", "something", "all", "little"}
NOBODY |= {"door", "window", "option", "path", "case", "argument", "moment", "time"}
SEEING = {"see", "find", "feel", "perceive", "recognise", "sense", "spot"}
PREDICATES = {"acomp", "attr", "oprd", "prep", "advmod"}
COPULAS = {"be", "remain", "seem", "appear", "become", "stay", "feel"}


def with_verb(step: Step, chain: Chain) -> Step:
    """ "is not in favour", "did not voice support": the verb's denial is the holder's."""
    token, verb = step.token, step.token.head
    predicate = token.dep_ in PREDICATES and lemma(verb) in COPULAS
    lightly = token.dep_ == "dobj" and token.pos_ == "NOUN" and lemma(verb) in LIGHT
    climbed = any(each.token == verb for each in chain.steps)
    if climbed and (predicate or lightly):
        return replace(step, state=chain.state_at(verb))
    return step


def is_past(cue: Token) -> bool:
    """ "had opposed", "once argued for": what was held before is no stance now."""
    for child in cue.children:
        if child.dep_ == "advmod" and child.lower_ in FORMERLY:
            return True
        if child.lower_ == "long" and child.dep_ == "advmod" and not _is_perfect(cue):
            return True
    if cue.dep_ == "xcomp" and cue.head.lower_ == "used":
        return True
    for child in cue.children:
        if child.dep_ == "aux" and child.lower_ in {"had", "'d"} and cue.tag_ == "VBN":
            return cue.dep_ != "ccomp"
    return False


def is_seen(noun: Token) -> bool:
    """ "sees no need for", "finds merit in": its holder's own judgement."""
    return noun.dep_ == "dobj" and lemma(noun.head) in SEEING


def _is_perfect(cue: Token) -> bool:
    """ "has long urged": still does."""
    return any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in cue.children)


def is_expletive(holder: Token, step: Step) -> bool:
    """ "it is unclear", "there is opposition": nobody in particular."""
    if holder.lower_ in NOBODY:
        return True
    return holder.lower_ == "it" and (
        step.cue is Cue.UNDECIDED or lemma(step.token) in IMPERSONAL
    )
