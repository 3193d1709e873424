"""Words that point back: "the decision", "it", "doing so", "such a levy"."""

from collections.abc import Iterator

from spacy.tokens import Token

from extraction.cues import ATTITUDES, OPINIONS, cues_in
from extraction.lists import word_set
from extraction.names.resolver import Resolver
from extraction.profiles import FAINT, KEY, Profile
from extraction.terms import concepts, lemma
from extraction.topics import Topic, Topics

PRONOUNS = {"it", "this", "that", "so", "them", "these", "those", "one", "both", "none"}
POINTING = word_set(
    "idea plan proposal move step decision measure initiative option possibility suggestion "
    "project mission scheme bill law thesis prospect notion scenario deployment policy "
    "request demand call offer change reform levy ban question issue matter topic "
    "intention intent desire wish motion draft package deal"
)
DETERMINERS = {"the", "this", "that", "such", "these", "those", "any", "either", "same"}
REPEATED = 0.85
COMPLETING = {"acl", "relcl", "compound"}
OBJECTLESS = word_set(
    "opposed against object approve disapprove refuse reluctant sceptical skeptical hostile "
    "unconvinced enthusiastic keen unwilling balk baulk protest favourable supportive lukewarm favour favor "
    "join participate take"
)
ADJUNCTS = word_set("after before during despite amid since without until than")
EXTRAPOSED = {"csubj", "ccomp", "xcomp", "advcl", "acl"}


class References:
    """Finds the pointing words of one document and what they point to."""

    def __init__(
        self, topics: Topics, resolver: Resolver, profiles: dict[str, Profile]
    ) -> None:
        self.topics = topics
        self.resolver = resolver
        self.profiles = profiles

    def words(self) -> Iterator[Token]:
        """Yield the words that point back, or leave out what they are about.

        One by one, for what is read at a word may keep its topic for the next.
        """
        for token in self.topics.doc:
            if self.points(token) or leaves_out(token) or self._is_bare(token):
                yield token

    def _is_bare(self, noun: Token) -> bool:
        """ "rejects a ban", "back a European levy": of what, was said before."""
        if noun.pos_ != "NOUN" or noun.dep_ not in {"dobj", "pobj"}:
            return False
        indefinite = any(c.lower_ in {"a", "an"} for c in noun.children)
        complete = any(c.dep_ in COMPLETING for c in noun.children)
        return indefinite and not complete and self._is_of_topic(noun)

    def points(self, token: Token) -> bool:
        """Whether ``token`` points back to something said before."""
        if token.tag_ in {"WDT", "WP", "EX"} or _is_relative(token):
            return False
        if token.pos_ in {"PRON", "DET", "ADV", "SCONJ", "NUM", "NOUN"} and (
            token.lower_ in PRONOUNS
        ):
            return _stands_alone(token) and not _is_expletive(token)
        if token.pos_ != "NOUN" or not _is_determined(token):
            return False
        return lemma(token) in POINTING | OPINIONS or self._repeats(token)

    def _repeats(self, noun: Token) -> bool:
        """ "the mission" after "a training mission", "any rise" after "raise it"."""
        if any(lemma(word) == lemma(noun) for word in self.topics.words_before(noun)):
            return True
        such = any(c.lower_ == "such" for c in noun.children)
        return self._is_of_topic(noun, FAINT if such else KEY)

    def _is_of_topic(self, noun: Token, least: float = KEY) -> bool:
        """Whether ``noun`` names a part of the claim under discussion."""
        named = concepts(noun.doc[noun.i : noun.i + 1]).get(noun.i, frozenset())
        for topic in self.topics.at(noun)[:1]:
            weights = self.profiles[topic.claim].weights
            return any(weights.get(concept, 0.0) >= least for concept in named)
        return False

    def meant(self, token: Token) -> list[Topic]:
        """Return what ``token`` points to: two claims for "both", else one or none."""
        topics = self.topics.at(token)
        if token.lower_ == "both":
            return topics[:2] if len(topics) > 1 else []
        named = [t for t in topics if self._names(t, token)]
        return (named or topics)[:1]

    def _names(self, topic: Topic, token: Token) -> bool:
        if token.pos_ != "NOUN":
            return False
        return lemma(topic.anchor.token) == lemma(token)


def _stands_alone(token: Token) -> bool:
    """Whether a pronoun stands for a thing: "that", not "that plan" or "I think that"."""
    if token.dep_ in {"det", "mark", "advmod", "poss", "nummod", "preconj", "predet"}:
        return token.lower_ == "so" and lemma(token.head) == "do"
    if token.lower_ == "none" and token.dep_ not in {"attr", "dobj"}:
        return False
    return not _has_own_words(token) and token.head.lower_ not in ADJUNCTS


def _has_own_words(token: Token) -> bool:
    """ "one of them", "those who pay": what is meant stands beside it."""
    beside = {"prep", "amod", "det", "relcl", "acl"}
    if token.lower_ in {"it", "them"} or (token.lower_ == "one" and _is_object(token)):
        beside = {"amod", "det"}
    return any(c.dep_ in beside for c in token.children)


def _is_object(token: Token) -> bool:
    return token.dep_ in {"dobj", "pobj"} and not any(
        c.lower_ == "of" for c in token.children
    )


def _is_determined(noun: Token) -> bool:
    """Whether ``noun`` is a known one; "the minister's offer" is his stance itself."""
    if any(c.lower_ in DETERMINERS for c in noun.children):
        return True
    cues = cues_in(noun.sent).at
    another = cues.get(noun.i) not in ATTITUDES or cues.get(noun.head.i) in ATTITUDES
    return another and any(c.dep_ == "poss" for c in noun.children)


def _is_expletive(token: Token) -> bool:
    """ "it is wrong to send troops": "it" only announces what comes."""
    if token.lower_ != "it" or token.dep_ != "nsubj":
        return False
    verb = token.head
    later = [c for c in verb.subtree if c.i > verb.i and _is_extraposed(c)]
    return lemma(verb) == "be" and any(
        lemma(c.head) == "be" or c.head.dep_ in {"acomp", "attr"}
        for c in later
        if c.dep_ != "advcl" or any(p.lower_ == "to" for p in c.children)
    )


def _is_extraposed(clause: Token) -> bool:
    """ "a disgrace that Oslo declines": the parser may take it for a relative clause."""
    marked = any(c.dep_ == "mark" for c in clause.children)
    return clause.dep_ in EXTRAPOSED or (clause.dep_ == "relcl" and marked)


def _is_relative(token: Token) -> bool:
    """ "systems that they denied": a relative object stands before its verb."""
    return token.lower_ == "that" and token.dep_ == "dobj" and token.i < token.head.i


def leaves_out(token: Token) -> bool:
    """Whether a cue word leaves out what it is about."""
    return is_elided(token) or is_objectless(token)


def is_objectless(cue: Token) -> bool:
    """ "The Greens are opposed.", "Oslo objected": to what, was said before."""
    if lemma(cue) not in OBJECTLESS or cues_in(cue.sent).at.get(cue.i) not in ATTITUDES:
        return False
    predicate = cue.dep_ in {"acomp", "ROOT", "conj", "ccomp", "prep"}
    if cue.lower_ in {"favour", "favor"}:
        predicate = cue.head.lower_ == "in"
    if cue.pos_ == "VERB" and cue.tag_ != "VBN":
        predicate = predicate and any(c.dep_ == "nsubj" for c in cue.children)
    content = {"prep", "dobj", "xcomp", "ccomp", "pobj", "agent", "advcl", "nsubjpass"}
    bare = not any(
        c.dep_ in content and c.i > cue.i and c.lower_ != "part" for c in cue.children
    )
    around = cue.head.children if cue.dep_ in {"acomp", "prep"} else ()
    beside = any(c.dep_ in content and c.i > cue.i for c in around)
    return predicate and bare and not beside


def is_elided(token: Token) -> bool:
    """ "They don't plan to." leaves its verb out."""
    doc = token.doc
    if token.pos_ not in {"VERB", "NOUN", "ADJ"} or token.i + 2 >= len(doc):
        return False
    return doc[token.i + 1].lower_ == "to" and doc[token.i + 2].is_punct
