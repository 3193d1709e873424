"""Which tracked claim a passage is about, and at which word: the anchor.

A claim is read once: the thing it is about (its object: "ground troops", "wealth
tax"), what shall happen to it, where, and what sets it apart from its sister claims.
A passage matches when it names the object and enough of the rest, near it or, for
less, in its paragraph and the title. Nothing here knows any particular claim.
"""

from collections import Counter
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.countries import by_place
from extraction.interface import KnownClaim
from extraction.terms import BROAD, GENERIC, concepts, lemma, place_of

THRESHOLD = 0.5
NEAR = 14
CONTEXT_SHARE = 0.5
SISTER_PENALTY = 0.15
FRAME_VERBS = set(
    "keep consider be allow continue remain have leave let make support commit agree pursue "
    "prepare seek start begin stop refuse need want ensure".split()
)
FRAME_NOUNS = set(
    "option possibility idea plan use introduction construction expansion creation building "
    "deployment supply delivery sending ban abolition closure end extension prolongation "
    "export import sale number amount share level possibility prospect development right "
    "acquisition production age cost price introduction adoption purchase".split()
)


@dataclass(frozen=True)
class Anchor:
    """A word of a text that names a claim's object, with how well it fits."""

    claim: str
    token: Token
    score: float
    reasons: tuple[str, ...] = ()


@dataclass
class Profile:
    """What a claim's words are worth: concept to weight, and its object."""

    claim: KnownClaim
    weights: dict[str, float]
    required: frozenset[str]
    places: frozenset[str]
    doc: Doc
    anchor: Token
    phrases: tuple[frozenset[str], ...] = ()
    distinctive: frozenset[str] = field(default=frozenset())

    @property
    def total(self) -> float:
        """The sum of all weights."""
        return sum(self.weights.values())


class ClaimMatcher:
    """Finds the anchors of the tracked claims in parsed texts."""

    def __init__(self, nlp: Language, claims: list[KnownClaim]) -> None:
        self.nlp = nlp
        self.profiles = {claim.slug: self._profile(claim) for claim in claims}
        self._tell_sisters_apart()

    def _profile(self, claim: KnownClaim) -> Profile:
        doc = self.nlp(claim.proposition or claim.title)
        anchor = object_of(doc)
        weights, required = _object_weights(doc, anchor)
        _add_rest(weights, doc, 0.4)
        _add_rest(weights, self.nlp(_as_prose(claim.title)), 0.5)
        places = frozenset(filter(None, map(place_of, doc)))
        phrases = tuple(self._phrase(phrase) for phrase in claim.phrases)
        return Profile(claim, weights, required, places, doc, anchor, phrases)

    def _phrase(self, phrase: str) -> frozenset[str]:
        found = concepts(self.nlp(phrase)).values()
        return frozenset(c for each in found for c in each if c not in GENERIC)

    def _tell_sisters_apart(self) -> None:
        """Concepts that few claims use weigh more; sisters share an object."""
        counts = Counter(c for p in self.profiles.values() for c in p.weights)
        for profile in self.profiles.values():
            sisters = self._sisters(profile)
            shared = {c for sister in sisters for c in sister.weights}
            own = {c for c, w in profile.weights.items() if w >= 0.4}
            profile.distinctive = frozenset(own - shared - profile.required)
            for concept in profile.distinctive:
                if sisters and counts[concept] == 1:
                    profile.weights[concept] *= 1.2

    def _sisters(self, profile: Profile) -> list[Profile]:
        return [
            other
            for other in self.profiles.values()
            if other is not profile and other.required & set(profile.weights)
        ]

    def anchors(self, doc: Doc, title: str = "") -> list[Anchor]:
        """Return every anchor in ``doc``, in order; at most one claim a word."""
        reader = _Passage(doc, self.nlp(_as_prose(title)) if title else None)
        found: dict[int, list[Anchor]] = {}
        for profile in self.profiles.values():
            for token in reader.objects(profile):
                score, reasons = self._score(profile, token, reader)
                if score >= THRESHOLD:
                    anchor = Anchor(profile.claim.slug, token, round(score, 3), reasons)
                    found.setdefault(token.i, []).append(anchor)
        best = [max(each, key=lambda a: (a.score, a.claim)) for each in found.values()]
        return _without_nested(sorted(best, key=lambda a: a.token.i))

    def _score(
        self, profile: Profile, token: Token, reader: "_Passage"
    ) -> tuple[float, tuple[str, ...]]:
        if reader.elsewhere(profile, token) or _of_the_place(profile, token):
            return 0.0, ()
        near, around = reader.near(token), reader.around(token)
        covered = sum(w for c, w in profile.weights.items() if c in near)
        context = sum(
            w * CONTEXT_SHARE
            for c, w in profile.weights.items()
            if c in around and c not in near
        )
        score = (covered + context) / profile.total
        if any(
            len(phrase & near) >= 0.75 * len(phrase) > 0 for phrase in profile.phrases
        ):
            score = max(score, 0.8)
        score -= self._sister_penalty(profile, near, around)
        words = sorted(c for c in profile.weights if c in near)
        return min(score, 1.0), (f"names {', '.join(words)}",)

    def _sister_penalty(
        self, profile: Profile, near: set[str], around: set[str]
    ) -> float:
        """Words that only a sister claim uses speak against this one."""
        others: set[str] = set()
        for sister in self._sisters(profile):
            others |= sister.distinctive | (sister.required - set(profile.weights))
        others -= set(profile.weights)
        direct = len(others & near) * SISTER_PENALTY
        return direct + len(others & (around - near)) * SISTER_PENALTY / 3


class _Passage:
    """The concepts near each word of one text, and in its paragraph and title."""

    def __init__(self, doc: Doc, title: Doc | None) -> None:
        self.doc = doc
        self.concepts = concepts(doc)
        self.title = _flat(concepts(title)) if title else set()
        self.paragraphs = self._paragraphs()

    def _paragraphs(self) -> list[set[str]]:
        """For each token the concepts of its paragraph; shared between its words."""
        found: list[set[str]] = []
        current: set[str] = set()
        for token in self.doc:
            found.append(current)
            current |= self.concepts.get(token.i, frozenset())
            if "\n" in token.text:
                current = set()
        return found

    def objects(self, profile: Profile) -> list[Token]:
        """The words that name the object of ``profile``."""
        return [
            self.doc[i]
            for i, found in self.concepts.items()
            if found & profile.required and self._complete(profile, self.doc[i])
        ]

    def _complete(self, profile: Profile, token: Token) -> bool:
        """An object of several words ("wealth tax") needs all, in one sentence."""
        return profile.required <= self.near(token)

    def near(self, token: Token) -> set[str]:
        """Concepts within a few words of ``token``, in its sentence."""
        sentence = token.sent
        first, last = (
            max(sentence.start, token.i - NEAR),
            min(sentence.end, token.i + NEAR),
        )
        return _flat({i: self.concepts.get(i, frozenset()) for i in range(first, last)})

    def around(self, token: Token) -> set[str]:
        """Concepts of the paragraph and the title."""
        return self.paragraphs[token.i] | self.title

    def elsewhere(self, profile: Profile, token: Token) -> bool:
        """Whether ``token`` goes to a place that the claim is not about."""
        if not profile.places:
            return False
        verb = token.head if token.dep_ in {"dobj", "nsubjpass", "pobj"} else token
        targets = [
            place
            for holder in (token, verb)
            for child in holder.children
            if child.dep_ == "prep" and child.lower_ in {"to", "in", "into", "inside"}
            for pobj in child.children
            if (place := place_of(pobj))
        ]
        return bool(targets) and not profile.places & set(targets)


def _flat(found: dict[int, frozenset[str]]) -> set[str]:
    return {concept for each in found.values() for concept in each}


def _as_prose(title: str) -> str:
    """A title without capitals inside, so that its nouns are read as nouns."""
    words = title.split()
    lowered = [
        w if w.casefold() in by_place() or w.isupper() else w.lower() for w in words[1:]
    ]
    return " ".join(words[:1] + lowered)


def _of_the_place(profile: Profile, token: Token) -> bool:
    """ "Ukrainian troops" are not what a claim on troops for Ukraine is about."""
    own = {
        place
        for child in token.children
        if child.dep_ in {"amod", "compound", "poss"} and (place := place_of(child))
    }
    anchored = {
        place
        for child in profile.anchor.children
        if child.dep_ in {"amod", "compound", "poss"} and (place := place_of(child))
    }
    return bool(own & profile.places) and not own & anchored


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


def _object_weights(doc: Doc, anchor: Token) -> tuple[dict[str, float], frozenset[str]]:
    found = concepts(doc)
    modifiers = [t for t in anchor.children if t.dep_ in {"compound", "amod", "nmod"}]
    strong = [t for t in modifiers if _is_telling(t)]
    weights = {c: 0.2 for t in modifiers for c in found.get(t.i, ())}
    weights |= {c: 0.8 for t in strong for c in found.get(t.i, ())}
    own = found.get(anchor.i, frozenset({lemma(anchor)}))
    broad = bool(strong) and lemma(anchor) in BROAD
    weights |= dict.fromkeys(own, 0.5 if broad else 1.0)
    required = _one(own, weights)
    for token in strong:
        if broad or token.dep_ != "amod":
            required |= _one(found.get(token.i, frozenset()), weights)
    return weights, required


def _one(found: frozenset[str], weights: dict[str, float]) -> frozenset[str]:
    """One concept of a word with several: each of them would do."""
    return frozenset(sorted(found, key=lambda c: (-weights.get(c, 0), c))[:1])


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
        for concept in found:
            weights.setdefault(concept, share)


def _without_nested(anchors: list[Anchor]) -> list[Anchor]:
    """Drop an anchor inside the phrase of a stronger anchor of another claim."""
    kept = []
    for anchor in anchors:
        governors = {token.i for token in list(anchor.token.ancestors)[:3]}
        stronger = (
            other
            for other in anchors
            if other.claim != anchor.claim
            and other.score > anchor.score
            and (other.token.i in governors or other.token.head == anchor.token.head)
        )
        if next(stronger, None) is None:
            kept.append(anchor)
    return kept
