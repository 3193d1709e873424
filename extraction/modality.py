"""Modals and negations of a word, and limits to the present."""

from spacy.tokens import Span, Token

from extraction.lists import word_set
from extraction.terms import lemma

NEGATIONS = word_set("not n't never no nor neither hardly nobody none nothing")
PAUSES = frozenset(",;-\u2013\u2014")
MODALS = dict.fromkeys(("should", "must", "ought", "shall", "need"), "duty")
MODALS |= dict.fromkeys(("will", "'ll", "wo"), "future")
MODALS |= dict.fromkeys(("can", "could", "may", "might", "ca"), "may")
MODALS |= dict.fromkeys(("would", "'d"), "would")
OBLIGING = {"have", "need", "ought"}
PLAINLY = {
    "secret",
    "doubt",
    "surprise",
    "wonder",
    "accident",
    "bone",
    "less",
    "matter",
}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}
OWN_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl", "aux", "auxpass", "mark"}
NOW = (
    "for now",
    "at this stage",
    "at the moment",
    "currently",
    "at present",
    "yet",
    "at this point",
    "for the time being",
    "right now",
    "so far",
    "any time soon",
)


def is_infinitive(token: Token) -> bool:
    """Whether ``token`` is a verb with "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def is_imperative(token: Token) -> bool:
    """Whether ``token`` bids somebody do something: "Let us go", "Close it now"."""
    if token.tag_ not in {"VB", "VBP"} or token.pos_ != "VERB":
        return False
    if token.dep_ not in {"ROOT", "ccomp"} and token.head.i > token.i:
        return False
    return not any(c.dep_ in OWN_SUBJECTS for c in token.children)


def modal_of(token: Token) -> str:
    """Return the modal of a verb: duty, future, may, would, or ""."""
    if _shares_subject(token):
        return modal_of(token.head)
    return _auxiliary(token) or _semi_modal(token)


def _auxiliary(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "aux" and child.pos_ == "AUX" and child.i < token.i:
            found = MODALS.get(child.lower_)
            if found:
                return found
    return ""


def _semi_modal(token: Token) -> str:
    """ "has to go", "needs to be built", "is going to send"."""
    if lemma(token) in OBLIGING and any(
        c.dep_ == "xcomp" and is_infinitive(c) for c in token.children
    ):
        return "duty"
    if token.dep_ != "xcomp":
        return ""
    if lemma(token.head) in OBLIGING:
        return "duty"
    if token.head.lower_ == "going" or _is_to(token):
        return "future"
    return ""


def _is_to(token: Token) -> bool:
    """ "are to build it": arranged, as "it is wrong to build" is not."""
    verb = token.head
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return (
        lemma(verb) == "be"
        and is_infinitive(token)
        and bool(subjects)
        and all(c.lower_ not in {"it", "this", "that"} for c in subjects)
        and not any(c.dep_ in {"attr", "acomp"} for c in verb.children)
    )


def _shares_subject(token: Token) -> bool:
    """ "would go on and close": the second verb has no subject or auxiliary of its own."""
    if token.dep_ != "conj" or token.pos_ != "VERB" or token.head.pos_ != "VERB":
        return False
    return not any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in token.children)


def is_negated(token: Token, came: Token | None, inside: frozenset[int]) -> bool:
    """Whether ``token`` is denied by a word outside the cue phrases ``inside``."""
    if any(_negates(child) for child in token.children if child.i not in inside):
        return True
    if any(_denies_all(child) for child in token.children if child != came):
        return True
    if token.pos_ == "NOUN" and token.left_edge.lower_ == "not":
        return not _is_additive(token.left_edge)  # "not one euro of it"
    if token.lower_ == "nothing" or _is_second_of_nor(token):
        return not _is_additive(token)
    return _inherits_negation(token)


def _negates(child: Token) -> bool:
    if child.lower_ not in NEGATIONS and child.lower_ != "little":
        return child.lower_ == "longer" and any(
            c.lower_ == "no" for c in child.children
        )
    if child.dep_ in SUBJECTS:
        return child.lower_ in {"nobody", "none", "neither", "nothing"}
    if child.dep_ in {"neg", "advmod", "preconj", "cc"}:
        return not (_is_additive(child) or _repeats(child))
    if child.lower_ == "little" and child.dep_ in {"amod", "det"}:
        return not any(c.lower_ == "a" for c in child.head.children)
    plain = lemma(child.head) in PLAINLY
    return child.dep_ == "det" and child.lower_ in {"no", "neither"} and not plain


def _denies_all(argument: Token) -> bool:
    """ "neither Rome nor Berlin wants", "no minister wants", "sends not one soldier"."""
    if argument.dep_ == "dobj":
        return (
            any(
                child.lower_ in {"no", "neither"} and child.dep_ in {"det", "preconj"}
                for child in argument.children
            )
            and lemma(argument) not in PLAINLY
        )
    if argument.dep_ not in SUBJECTS:
        return False
    return any(
        child.lower_ in {"no", "neither", "not"} and child.i < argument.i
        for child in argument.children
    )


def _is_second_of_nor(token: Token) -> bool:
    """ "sends neither money nor troops": the second is denied as well."""
    nouns = token.dep_ == "conj" and token.pos_ in {"NOUN", "PROPN"}
    return nouns and any(child.lower_ == "nor" for child in token.head.children)


def _is_additive(negation: Token) -> bool:
    """ "not only", "not just" and "not least" deny nothing."""
    return next_word(negation) in {
        "only",
        "just",
        "least",
        "merely",
        "but",
        "less",
    }


def next_word(token: Token) -> str:
    """Return the word behind ``token`` in lower case; "" at the text's end."""
    return token.nbor().lower_ if token.i + 1 < len(token.doc) else ""


def _repeats(negation: Token) -> bool:
    """ "No troops, not even to train": the same denial once more, and not its reverse."""
    if negation.i == negation.sent.start or next_word(negation) != "even":
        return False
    if negation.nbor(-1).text not in PAUSES:
        return False
    above = negation.head.ancestors
    return any(_negates(child) for token in above for child in token.children)


def _inherits_negation(token: Token) -> bool:
    """ "will not send or fund": the second verb is denied too."""
    if token.dep_ != "conj" or token.pos_ != "VERB":
        return False
    own = any(c.dep_ in {"aux", "nsubj", "nsubjpass", "neg"} for c in token.children)
    ors = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in token.head.children)
    return ors and not own and any(_negates(c) for c in token.head.children)


def for_now(sentence: Span) -> bool:
    """Whether ``sentence`` limits what it says to the present."""
    words = sentence.text.casefold()
    return any(phrase in words for phrase in NOW)


def is_asked(sentence: Span) -> bool:
    """Whether ``sentence`` is a question."""
    for token in reversed(sentence):
        if not (token.is_space or token.is_quote or token.text == "'"):
            return token.text.endswith("?")
    return False
