"""What a claim is about: its object, what shall happen to it, where, and in what words."""

from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.countries import by_place
from extraction.cues import Cue, cues_in
from extraction.interface import KnownClaim
from extraction.lists import word_set
from extraction.terms import BROAD, GENERIC, breadth, concepts, lemma, place_of

FRAME_VERBS = word_set(
    "keep consider be allow continue remain have leave let make support commit agree pursue "
    "prepare seek start begin stop refuse need want ensure"
)
FRAME_NOUNS = word_set(
    "option possibility idea plan use introduction construction expansion creation building "
    "deployment supply delivery sending ban abolition closure end extension prolongation "
    "export import sale number amount share level possibility prospect development right "
    "acquisition production age cost price introduction adoption purchase"
)


@dataclass
class Profile:
    """What a claim's words are worth: concept to weight, and its object.

    All of ``required`` must be near an anchor, and one of ``backing`` where there are
    any ("nuclear" with "power" or with "phase out").
    """

    claim: KnownClaim
    weights: dict[str, float]
    required: frozenset[str]
    backing: frozenset[str]
    places: frozenset[str]
    destination: bool
    doc: Doc
    anchor: Token
    phrases: tuple[frozenset[str], ...] = ()
    distinctive: frozenset[str] = field(default=frozenset())

    @property
    def total(self) -> float:
        """The sum of all weights."""
        return sum(self.weights.values())


def read_profile(nlp: Language, claim: KnownClaim) -> Profile:
    """Return the profile of ``claim``, read from its proposition, title and phrases."""
    doc = nlp(claim.proposition or claim.title)
    title = nlp(as_prose(claim.title))
    anchor = object_of(doc)
    weights, required, backing = _object_weights(doc, anchor, _all(title))
    _add_rest(weights, doc, 0.4)
    _add_rest(weights, title, 0.5)
    return Profile(
        claim,
        weights,
        required,
        backing,
        places=frozenset(filter(None, map(place_of, doc))),
        destination=any(_is_destination(token) for token in doc),
        doc=doc,
        anchor=anchor,
        phrases=tuple(_phrase(nlp, phrase) for phrase in claim.phrases),
    )


def _all(doc: Doc) -> set[str]:
    return {concept for found in concepts(doc).values() for concept in found}


def _phrase(nlp: Language, phrase: str) -> frozenset[str]:
    return frozenset(c for c in _all(nlp(phrase)) if c not in GENERIC)


def _is_destination(token: Token) -> bool:
    """Whether a place of the claim is where its object shall go."""
    into = token.dep_ == "pobj" and token.head.lower_ in {"to", "in", "into", "inside", "on"}
    places = [token, *token.children]
    return into and any(place_of(place) for place in places)


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
                if pobj.dep_ == "pobj" and not place_of(pobj):
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


def _object_weights(
    doc: Doc, anchor: Token, title: set[str]
) -> tuple[dict[str, float], frozenset[str], frozenset[str]]:
    """Weights of the object's words, which of them must be named, what may back them."""
    found = {i: _one(each, lemma(doc[i])) for i, each in concepts(doc).items()}
    broad = lemma(anchor) in BROAD
    modifiers = [t for t in anchor.children if t.dep_ in {"compound", "amod", "nmod"}]
    inner = _inner(anchor) if broad else None
    if inner is not None and not place_of(inner):
        modifiers.append(inner)
    telling = [t for t in modifiers if _tells(t, found.get(t.i, frozenset()), title)]
    weights = {c: 0.2 for t in modifiers for c in found.get(t.i, ()) if t not in telling}
    weights |= {c: 0.8 for t in telling for c in found.get(t.i, ())}
    own = found.get(anchor.i, frozenset({lemma(anchor)}))
    broad = broad and bool(telling)
    weights |= dict.fromkeys(own, 0.5 if broad else 1.0)
    required = {c for t in telling if broad or t.dep_ != "amod" for c in found[t.i]}
    proper = {c for t in telling if t.pos_ == "PROPN" for c in found[t.i]}
    if broad:
        return weights, frozenset(required), own | _undoing(doc, found)
    return weights, frozenset(proper or required | own), frozenset()


def _tells(token: Token, found: frozenset[str], title: set[str]) -> bool:
    """Whether a modifier says which thing is meant: "wealth", "nuclear", not "annual"."""
    if not _is_telling(token):
        return False
    return token.dep_ != "amod" or token.pos_ == "PROPN" or bool(found & title)


def _undoing(doc: Doc, found: dict[int, frozenset[str]]) -> frozenset[str]:
    """What the claim's own word for ending something is called: "phase out"."""
    at = cues_in(doc[:]).at
    undoing = (i for i, cue in at.items() if cue is Cue.REVERSE)
    return frozenset(c for i in undoing for c in found.get(i, ()))


def _one(found: frozenset[str], word: str) -> frozenset[str]:
    """The concept called ``word``, else the narrowest of a word that has several."""
    if word in found:
        return frozenset({word})
    return frozenset(sorted(found, key=lambda c: (breadth(c), c))[:1])


def _is_telling(token: Token) -> bool:
    return lemma(token) not in GENERIC and not place_of(token) and token.pos_ != "NUM"


def _add_rest(weights: dict[str, float], doc: Doc, weight: float) -> None:
    for position, found in concepts(doc).items():
        token = doc[position]
        word = lemma(token)
        if token.ent_type_ == "PERSON" or token.is_stop:
            continue
        if word in GENERIC:
            continue
        share = 0.5 if place_of(token) else weight
        for concept in _one(found, word):
            weights.setdefault(concept, share)


