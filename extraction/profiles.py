"""What a claim is about, read from its own words: patterns of weighted concepts.

A claim has several ways to be named: its proposition, its title and each of its example
phrases. Each becomes a pattern of concepts with weights; a word that many of the tracked
claims share says little about which of them is meant and weighs less. A word with several
meanings is one concept with several senses, "a|b", of which any may be meant.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.countries import by_place
from extraction.interface import KnownClaim
from extraction.lists import word_set
from extraction.terms import (
    BROAD,
    EMPTY,
    GENERIC,
    concepts,
    lemma,
    phrases_in,
    place_of,
)
from extraction.thesaurus import table

FRAME_VERBS = word_set(
    "keep consider be allow continue remain have leave let make support commit agree pursue "
    "prepare seek start begin stop refuse need want ensure"
)
FRAME_NOUNS = word_set(
    "option possibility idea plan use introduction construction expansion creation building "
    "deployment supply delivery sending ban abolition closure end extension prolongation "
    "export import sale number amount share level prospect development right acquisition "
    "production age cost price adoption purchase"
)
DESTINATIONS = frozenset({"to", "in", "into", "inside", "on"})
SUPPOSING = word_set("while once until if when whenever after before unless as")
ASIDES = word_set(
    "in at after before during by inside within from with until while near under over to"
)
NOUN, BROAD_NOUN, VERB, ADJECTIVE, PLACE, FAINT = 1.0, 0.6, 0.6, 0.4, 0.6, 0.3
RARITY = {1: 1.0, 2: 0.75}
COMMON = 0.5
KEY = 0.35

Pattern = dict[str, float]


@dataclass
class Profile:
    """The patterns that name one claim, and the word its polarity is read at."""

    claim: KnownClaim
    doc: Doc
    words: list[Token]
    anchor: Token
    patterns: list[Pattern]
    core: frozenset[str]
    central: frozenset[str]
    places: frozenset[str]
    destination: bool

    @cached_property
    def concepts(self) -> Pattern:
        """Each concept with the most it weighs in any pattern."""
        found: Pattern = {}
        for pattern in self.patterns:
            for concept, weight in pattern.items():
                found[concept] = max(weight, found.get(concept, 0.0))
        return found

    @cached_property
    def weights(self) -> Pattern:
        """Each sense of a concept with the most it weighs."""
        found: Pattern = {}
        for concept, weight in self.concepts.items():
            for sense in senses(concept):
                found[sense] = max(weight, found.get(sense, 0.0))
        return found


@cache
def senses(concept: str) -> frozenset[str]:
    """Return what a concept of a pattern may mean: "a|b" is either."""
    return frozenset(concept.split("|"))


def read_profiles(nlp: Language, claims: list[KnownClaim]) -> dict[str, Profile]:
    """Return the profile of each claim, weighed against the others."""
    profiles = {claim.slug: _profile(nlp, claim) for claim in claims}
    named = [{x for p in one.patterns for x in p} for one in profiles.values()]
    spoken = [frozenset(s for concept in one for s in senses(concept)) for one in named]
    counts = {
        concept: sum(bool(senses(concept) & other) for other in spoken)
        for one in named
        for concept in one
    }
    for profile in profiles.values():
        profile.patterns = [_weighed(pattern, counts) for pattern in profile.patterns]
    return profiles


def _profile(nlp: Language, claim: KnownClaim) -> Profile:
    doc = nlp(claim.wording)
    wordings = [doc, nlp(as_prose(claim.title)), *map(nlp, claim.phrases)]
    read = [_read(wording) for wording in wordings]
    return Profile(
        claim,
        doc,
        words=[token for wording in wordings for token in wording],
        anchor=object_of(doc),
        patterns=[wording.pattern for wording in read if wording.pattern],
        core=frozenset().union(*(wording.core for wording in read)),
        central=frozenset().union(*(wording.central for wording in read)),
        places=frozenset(filter(None, map(place_of, doc))),
        destination=any(_is_destination(token) for token in doc),
    )


@dataclass
class Wording:
    """What one wording names, by weight; what it is about; its object and its verb."""

    pattern: Pattern = field(default_factory=dict)
    core: set[str] = field(default_factory=set)
    central: set[str] = field(default_factory=set)


def _read(doc: Doc) -> Wording:
    found = Wording()
    if not len(doc):
        return found
    middle, doers = _middle(doc), _doers(doc)
    for token, each in _spoken(doc):
        weight = _weight(token)
        if not weight or each <= EMPTY:
            continue
        concept = "|".join(sorted(each))
        found.pattern[concept] = max(weight, found.pattern.get(concept, 0.0))
        aside = _is_aside(token) or token in doers
        if concept[0] != "@" and not aside and _is_head(token):
            found.core.add(concept)
            if token in middle:
                found.central.add(concept)
    return found


def _middle(doc: Doc) -> set[Token]:
    """The object of a wording, its verb, and the nouns compounded with them."""
    found = {object_of(doc), _main_verb(doc)}
    return found | {
        c for token in found for c in token.children if c.dep_ == "compound"
    }


def _doers(doc: Doc) -> set[Token]:
    """Who shall do it: "Neighbouring states" that should close their border."""
    subjects = [c for c in _main_verb(doc).children if c.dep_ == "nsubj"]
    return {
        word
        for subject in subjects
        if object_of(doc) not in subject.subtree
        for word in subject.subtree
    }


def _is_head(token: Token) -> bool:
    participle = token.dep_ == "acl" and token.tag_ in {"VBG", "VBN"}
    named = token.pos_ in {"NOUN", "PROPN", "VERB"}
    return named and token.dep_ != "amod" and not participle


def _spoken(doc: Doc) -> list[tuple[Token, frozenset[str]]]:
    """Each word of a wording with what it may mean, alone or as part of a phrase."""
    found = dict(concepts(doc))
    for phrase, words in phrases_in(list(doc)):
        meant = frozenset(table().phrases[phrase])
        head = next((word for word in words if word.head not in words), words[-1])
        for word in words:
            own = found.pop(word.i, frozenset())
            if head.pos_ == "NOUN" and own:
                found[word.i] = own | meant
        if head.pos_ != "NOUN":
            found[head.i] = meant
    return [(doc[position], each) for position, each in sorted(found.items())]


def _is_aside(token: Token) -> bool:
    """Whether a word only says where, when or by whom: "in cities", "after a truce"."""
    for above in (token, *token.ancestors):
        if above.dep_ == "prep" and above.lower_ in ASIDES:
            return True
        if above.pos_ in {"VERB", "AUX"}:
            return above.dep_ == "advcl" or any(
                child.lower_ in SUPPOSING and child.i < above.i
                for child in above.children
            )
    return False


def _weight(token: Token) -> float:
    word = lemma(token)
    if place_of(token):
        return PLACE
    if word in EMPTY or token.lower_ in EMPTY or token.pos_ in {"AUX", "NUM"}:
        return 0.0
    if word in GENERIC:
        return FAINT if token.dep_ in {"amod", "compound"} else 0.0
    if token.dep_ in {"amod", "compound"} and lemma(token.head) in EMPTY:
        return FAINT
    if token.pos_ in {"NOUN", "PROPN"}:
        return BROAD_NOUN if word in BROAD else NOUN
    return VERB if token.pos_ == "VERB" and token.dep_ != "amod" else ADJECTIVE


def _weighed(pattern: Pattern, counts: dict[str, int]) -> Pattern:
    return {c: w * RARITY.get(counts[c], COMMON) for c, w in pattern.items()}


def _is_destination(token: Token) -> bool:
    """Whether a place of the claim is where its object shall go."""
    if token.dep_ != "pobj" or token.head.lower_ not in DESTINATIONS:
        return False
    return any(place_of(place) for place in (token, *token.children))


def as_prose(title: str) -> str:
    """A title without capitals inside, so that its nouns are read as nouns."""
    words = title.split()
    lowered = [
        w if w.casefold() in by_place() or w.isupper() else w.lower() for w in words[1:]
    ]
    return " ".join(words[:1] + lowered)


def object_of(doc: Doc) -> Token:
    """Return the word for what a proposition is about ("troops", "power")."""
    verb = _main_verb(doc)
    noun = _complement(verb) or _first_noun(doc)
    while noun is not None and lemma(noun) in FRAME_NOUNS:
        inner = _inner(noun)
        if inner is None:
            break
        noun = inner
    return noun if noun is not None else doc[0]


def _main_verb(doc: Doc) -> Token:
    root = next(token for token in doc if token.head == token)
    while lemma(root) in FRAME_VERBS:
        deeper = [
            token
            for token in root.subtree
            if token.pos_ == "VERB"
            and token.i > root.i
            and lemma(token) not in FRAME_VERBS
            and token.dep_ in {"xcomp", "ccomp", "pcomp", "acl"}
        ]
        if not deeper:
            break
        root = deeper[0]
    return root


def _complement(verb: Token) -> Token | None:
    for wanted in ("dobj", "nsubjpass"):
        for child in verb.children:
            if child.dep_ == wanted and child.pos_ in {"NOUN", "PROPN"}:
                return child
    for child in verb.children:
        if child.dep_ == "prep":
            for pobj in child.children:
                dated = pobj.pos_ == "NUM" or pobj.ent_type_ in {"DATE", "TIME"}
                if pobj.dep_ == "pobj" and not place_of(pobj) and not dated:
                    return pobj
    return next(
        (c for c in verb.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"}),
        None,
    )


def _first_noun(doc: Doc) -> Token | None:
    return next(
        (t for t in doc if t.pos_ in {"NOUN", "PROPN"} and not place_of(t)), None
    )


def _inner(noun: Token) -> Token | None:
    """ "ban on flights" is about flights, "option of sending troops" about troops."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "on", "for"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
                if inner.dep_ == "pcomp":
                    return _complement(inner)
    return None
