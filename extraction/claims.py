"""Which tracked claim a passage is about, and at which word: the anchor.

A claim is read once: the thing it is about (its object: "ground troops", "wealth
tax"), what shall happen to it, where, and what sets it apart from its sister claims.
A passage matches when it names the object and enough of the rest, near it or, for
less, in its paragraph and the title. Nothing here knows any particular claim.
"""

from collections import Counter
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.interface import KnownClaim
from extraction.profiles import Profile, as_prose, read_profile
from extraction.terms import concepts, place_of

THRESHOLD = 0.5
NEAR = 14
CONTEXT_SHARE = 0.5
SISTER_PENALTY = 0.15
TOWARDS = frozenset({"to", "in", "into", "inside"})
SHARED = frozenset({"with", "between", "along", "at"})


@dataclass(frozen=True)
class Anchor:
    """A word of a text that names a claim's object, with how well it fits."""

    claim: str
    token: Token
    score: float
    reasons: tuple[str, ...] = ()


class ClaimMatcher:
    """Finds the anchors of the tracked claims in parsed texts."""

    def __init__(self, nlp: Language, claims: list[KnownClaim]) -> None:
        self.nlp = nlp
        self.profiles = {c.slug: read_profile(nlp, c) for c in claims}
        self._tell_sisters_apart()

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
        reader = _Passage(doc, self.nlp(as_prose(title)) if title else None)
        found: dict[int, list[Anchor]] = {}
        for profile in self.profiles.values():
            for token in reader.objects(profile):
                score, reasons = self._score(profile, token, reader)
                if score >= THRESHOLD:
                    anchor = Anchor(profile.claim.slug, token, round(score, 3), reasons)
                    found.setdefault(token.i, []).append(anchor)
        best = [max(each, key=lambda a: (a.score, a.claim)) for each in found.values()]
        return _without_nested(_one_a_phrase(sorted(best, key=lambda a: a.token.i)))

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
        near = self.near(token)
        backed = not profile.backing or bool(profile.backing & near)
        return profile.required <= near and backed

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
            if child.dep_ == "prep" and child.lower_ in _prepositions(holder, token)
            for pobj in child.children
            if (place := place_of(pobj))
        ]
        return bool(targets) and not profile.places & set(targets)


def _prepositions(holder: Token, token: Token) -> frozenset[str]:
    """Prepositions that say where: of a noun also what it has to do with."""
    return TOWARDS | SHARED if holder == token else TOWARDS


def _flat(found: dict[int, frozenset[str]]) -> set[str]:
    return {concept for each in found.values() for concept in each}


def _of_the_place(profile: Profile, token: Token) -> bool:
    """ "Ukrainian troops" are not what a claim on troops for Ukraine is about."""
    if not profile.destination:
        return False
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


def _one_a_phrase(anchors: list[Anchor]) -> list[Anchor]:
    """Of "nuclear" and "power" in one noun phrase keep the head, for the best claim."""
    phrases: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        token = anchor.token
        while token.dep_ in {"compound", "amod", "nmod"} and token.head != token:
            token = token.head
        phrases.setdefault(token.i, []).append(anchor)
    kept = []
    for position, found in phrases.items():
        best = max(found, key=lambda a: (a.score, a.claim))
        head = best.token.doc[position]
        kept.append(replace(best, token=_head_anchor(best, head, found)))
    return sorted(kept, key=lambda a: a.token.i)


def _head_anchor(best: Anchor, head: Token, found: list[Anchor]) -> Token:
    """The phrase's head, where it is no cue of its own ("phase-out", "ban")."""
    same = [anchor.token for anchor in found if anchor.claim == best.claim]
    return max(same, key=lambda token: (token == head, token.i))


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
