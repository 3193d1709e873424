"""Which tracked claims a sentence is about, and at which words."""

from dataclasses import dataclass

from spacy.tokens import Token

from extraction.claims import LEAST_NEAR, NEAR, THRESHOLD, ClaimMatcher
from extraction.interface import KnownClaim
from extraction.languages.detection import detect
from extraction.languages.lexicon import ops_in
from extraction.languages.vocabulary import alike, concepts_of
from extraction.lists import word_set
from extraction.names.words import Word, words_of
from extraction.profiles import KEY, Profile, senses
from extraction.terms import lemma

UNDOING = word_set(
    "ban abolish abolition stop halt phase phase-out phaseout close closure shut shutdown "
    "cancel scrap withdraw withdrawal cut reduce reduction limit restrict restriction "
    "suspend suspension repeal remove removal drop abandon prohibit prohibition outlaw "
    "forbid leave exit lift ease relax eliminate curb moratorium end lower reject oppose "
    "exclude without"
)
NEGATING = word_set("not no never n't nobody none nor")
KEPT_OPEN = word_set("option possibility excluded ruled")
OWN = 1.0
CONTEXT = 0.5
RANK = 0.2
ALONE = 1.0  # what a concept weighs that may stand alone: no other claim has it


@dataclass(frozen=True)
class Topic:
    """A claim that words of a sentence are about: where, how well, why."""

    claim: str
    at: int
    score: float
    rank: float
    reason: str


@dataclass(frozen=True)
class Aim:
    """How a claim points at its object: -1 wants it gone; strength 1: kept open."""

    sign: int
    strength: int


class Topics:
    """Finds the tracked claims in sentences of one language."""

    def __init__(self, matcher: ClaimMatcher, language: str) -> None:
        self.language = language
        self.profiles = matcher.profiles
        self.aims = {slug: aim_of(one) for slug, one in self.profiles.items()}
        self.patterns = {
            slug: [*one.patterns, *_own_patterns(one.claim, language)]
            for slug, one in self.profiles.items()
        }
        self.keyed = {
            slug: [(pattern, _keys(pattern)) for pattern in each]
            for slug, each in self.patterns.items()
        }
        self.known = {
            sense
            for patterns in self.patterns.values()
            for pattern in patterns
            for concept in pattern
            for sense in senses(concept)
        }

    def concepts(self, words: tuple[Word, ...], places: list[str]) -> list[set[str]]:
        """Each word's concepts: by the table, as cognates, as places (given)."""
        found = [
            set(each) or {c for c in self.known if alike(word.key, c)}
            for word, each in zip(words, concepts_of(words, self.language), strict=True)
        ]
        for each, word, place in zip(found, words, places, strict=True):
            each.add(f"~{word.key}")
            if place:
                each.add(f"@{place}")
        return found

    def find(self, near: list[set[str]], around: set[str]) -> list[Topic]:
        """Return the claims of a sentence, each at its best words, best first."""
        found = [
            topic
            for slug in self.profiles
            for at in range(len(near))
            if (topic := self._at(slug, at, near, around))
        ]
        return sorted(found, key=lambda topic: (-topic.rank, topic.at))

    def _at(
        self, slug: str, at: int, near: list[set[str]], around: set[str]
    ) -> Topic | None:
        best: Topic | None = None
        open_patterns = [
            pattern
            for pattern, keys in self.keyed[slug]
            if not keys.isdisjoint(near[at])
        ]
        if not open_patterns:
            return None
        here = set().union(*near[max(0, at - NEAR) : at + NEAR])
        for pattern in open_patterns:
            topic = _fit(slug, at, pattern, here, around)
            if topic and (best is None or best.rank < topic.rank):
                best = topic
        return best


def _keys(pattern: dict[str, float]) -> frozenset[str]:
    """The concepts that weigh enough to be what is spoken of."""
    return frozenset(
        sense
        for concept, weight in pattern.items()
        if weight >= KEY and concept[0] != "@"
        for sense in senses(concept)
    )


def _fit(
    slug: str, at: int, pattern: dict[str, float], here: set[str], around: set[str]
) -> Topic | None:
    whole = sum(pattern.values())
    named = sum(weight for concept, weight in pattern.items() if senses(concept) & here)
    more = sum(
        weight * CONTEXT
        for concept, weight in pattern.items()
        if senses(concept) & around and not senses(concept) & here
    )
    score = (named + more) / whole
    if score < THRESHOLD or named < LEAST_NEAR * whole:
        return None
    told = {c for c in pattern if senses(c) & (here | around)}
    if len(told) == 1 and len(pattern) > 1 and pattern[next(iter(told))] < ALONE:
        return None
    words = ", ".join(sorted(c.lstrip("~") for c in pattern if senses(c) & here))
    return Topic(
        slug, at, round(score, 3), score + RANK * score * whole, f"names {words}"
    )


def _own_patterns(claim: KnownClaim, language: str) -> list[dict[str, float]]:
    """Patterns of a claim's wordings that are in the text's own language."""
    found = []
    for wording in (claim.proposition, claim.title, *claim.phrases):
        if detect(wording) != language:
            continue
        words = [w for w in words_of(wording) if len(w.key) > 4]
        found.append({f"~{word.key}": OWN for word in words})
    return [pattern for pattern in found if pattern]


def aim_of(profile: Profile) -> Aim:
    """Read from its proposition how a claim points at its object."""
    language = detect(profile.claim.proposition)
    if language in {"fr", "de"}:
        return _foreign_aim(profile.claim.proposition, language)
    sign = 1
    for token in profile.doc:
        if _undoes(token) or token.lower_ in NEGATING:
            sign = -sign
    open_words = {token.lower_ for token in profile.doc} & KEPT_OPEN
    return Aim(sign, 1 if open_words else 2)


def _undoes(token: Token) -> bool:
    if token.dep_ in {"amod", "compound"} and token.head.pos_ in {"NOUN", "PROPN"}:
        return False
    if token.pos_ not in {"VERB", "NOUN", "PROPN", "ADP"}:
        return False
    if lemma(token) == "limit" and token.pos_ != "VERB":
        return False
    return lemma(token) in UNDOING or token.lower_ in UNDOING


def _foreign_aim(proposition: str, language: str) -> Aim:
    words = tuple(words_of(proposition))
    sign = 1
    for op in ops_in(words, language):
        if op.kind in {"reverse", "oppose"}:
            sign = -sign
    keys = {word.key for word in words}
    if keys & {"ne", "n", "nicht", "kein", "keine", "keinen", "nie", "niemand", "pas"}:
        sign = -sign
    return Aim(sign, 2)
