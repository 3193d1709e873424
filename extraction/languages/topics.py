"""Which tracked claims a sentence is about, and at which words."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from extraction.claims import LEAST_NEAR, THRESHOLD, ClaimMatcher
from extraction.languages.detection import detect
from extraction.languages.lexicon import ops_in
from extraction.languages.vocabulary import alike, concepts_of
from extraction.lists import word_set
from extraction.names.words import Word, words_of
from extraction.passages import NEAR
from extraction.profiles import BROAD_NOUN, KEY, Profile, senses
from extraction.terms import BROAD, GENERIC, lemma

UNDOING = word_set(
    "ban abolish abolition stop halt phase phase-out phaseout close closure shut shutdown "
    "cancel scrap withdraw withdrawal cut reduce reduction limit restrict restriction "
    "suspend suspension repeal remove removal drop abandon prohibit prohibition outlaw "
    "forbid leave exit lift ease relax eliminate curb moratorium end lower reject oppose "
    "exclude bar block prevent outlaw criminalise dismantle overturn boycott"
)
NEGATING = word_set("not no never n't nobody none nor")
KEPT_OPEN = word_set("option possibility excluded ruled")
OWN = 1.0
CONTEXT = 0.5
RANK = 0.2
STRONG = 0.7
SHORTEST_OWN = 3
FRAMES = word_set(
    "soll sollen sollte sollten gelten muss mussen werden wird wurde durfen darf kann konnen "
    "gehort doit doivent devrait devraient etre avoir fait faire dans pour avec eine einen einem "
    "einer nicht auch beim oder uber unter gegen alle alles sein haben leur leurs sont tous "
    "toute toutes plus moins"
)
ENDINGS = re.compile(r"(?:ements?|ations?|antes?|ants?|ees?|es|e|s|er|en|ern|em|n)$")
ALONE = 1.0  # what a concept weighs that may stand alone: no other claim has it


@dataclass(frozen=True)
class Aim:
    """How a claim points at its object: -1 wants it gone; strength 1: kept open.

    ``undoes``: it says so by words of undoing, which turn around in texts, too.
    """

    sign: int
    strength: int
    undoes: bool = False


@dataclass(frozen=True)
class Topic:
    """A claim that words of a sentence are about: where, how well, why."""

    claim: str
    at: int
    score: float
    rank: float
    reason: str
    aim: Aim


@dataclass(frozen=True)
class Wording:
    """One way to word a claim: weighted concepts, those that can stand alone, its aim."""

    pattern: dict[str, float]
    keys: frozenset[str]
    aim: Aim


class Topics:
    """Finds the tracked claims in sentences of one language."""

    def __init__(self, matcher: ClaimMatcher, language: str) -> None:
        self.language = language
        self.wordings = {
            slug: _wordings(profile, matcher, language)
            for slug, profile in matcher.profiles.items()
        }
        self.aims = {slug: each[0].aim for slug, each in self.wordings.items()}
        self.keys = {
            slug: frozenset().union(*(one.keys for one in each))
            for slug, each in self.wordings.items()
        }
        self.strong = {slug: self._strong(slug) for slug in self.keys}
        self.known = {
            sense
            for each in self.wordings.values()
            for one in each
            for concept in one.pattern
            for sense in senses(concept)
        }

    def _strong(self, slug: str) -> frozenset[str]:
        """The nouns of particular use among the claim's keys."""
        weighty = {
            sense
            for one in self.wordings[slug]
            for concept, weight in one.pattern.items()
            if weight >= STRONG
            for sense in senses(concept)
        }
        return frozenset(self.keys[slug] & weighty - BROAD - GENERIC)

    def concepts(self, words: tuple[Word, ...], places: list[str]) -> list[set[str]]:
        """Each word's concepts: by the table, as cognates, as places (given)."""
        found = [
            set(each) or {c for c in self.known if alike(word.key, c)}
            for word, each in zip(words, concepts_of(words, self.language), strict=True)
        ]
        for each, word, place in zip(found, words, places, strict=True):
            each.add(f"~{stem(word.key)}")
            if place:
                each.add(f"@{place}")
        return found

    def find(self, near: list[set[str]], around: set[str]) -> list[Topic]:
        """Return the claims of a sentence, each at its best words, best first."""
        found = [
            topic
            for slug in self.wordings
            for at in range(len(near))
            if (topic := self._at(slug, at, near, around))
        ]
        return sorted(found, key=lambda topic: (-topic.rank, topic.at))

    def _at(
        self, slug: str, at: int, near: list[set[str]], around: set[str]
    ) -> Topic | None:
        best: Topic | None = None
        open_wordings = [
            one for one in self.wordings[slug] if not one.keys.isdisjoint(near[at])
        ]
        if not open_wordings:
            return None
        window = near[max(0, at - NEAR) : at + NEAR]
        here = set().union(*window)
        for wording in open_wordings:
            if _by_one_word(wording, window, around):
                continue
            topic = _fit(slug, at, wording, here, around)
            if topic and (best is None or best.rank < topic.rank):
                best = topic
        return best

    def named_again(
        self, slug: str, near: list[set[str]], *, broad: bool
    ) -> tuple[int, int]:
        """Return how many words name a key concept of the claim, and the first's place.

        Words of general use ("limit", "ban") count only where ``broad``.
        """
        keys = self.keys[slug] if broad else self.strong[slug]
        places = [at for at, each in enumerate(near) if each & keys]
        return len(places), places[0] if places else -1

    def introduced(self, near: list[set[str]]) -> list[Topic]:
        """Return the claims of which one telling word is named, and no other claim's."""
        told = {slug: self.named_again(slug, near, broad=False) for slug in self.keys}
        found = {slug: each for slug, each in told.items() if each[0]}
        most = max((count for count, _ in found.values()), default=0)
        best = [slug for slug, (count, _) in found.items() if count == most]
        if len(best) != 1:
            return []
        slug = best[0]
        reason = "a word of the claim is named"
        return [Topic(slug, found[slug][1], 0.55, 0.0, reason, self.aims[slug])]

    def own_action(self, slug: str, concepts: set[str]) -> bool:
        """Whether a word of undoing is the very action that the claim wants."""
        return any(
            concepts & senses(concept)
            for one in self.wordings[slug]
            for concept in one.pattern
        )


@lru_cache(maxsize=8)
def topics_of(matcher: ClaimMatcher, language: str) -> Topics:
    """Return the topics of a matcher, kept between texts."""
    return Topics(matcher, language)


def _keys(pattern: dict[str, float]) -> frozenset[str]:
    """The concepts that weigh enough to be what is spoken of."""
    return frozenset(
        sense
        for concept, weight in pattern.items()
        if weight >= KEY and concept[0] != "@"
        for sense in senses(concept)
    )


def _by_one_word(wording: Wording, window: list[set[str]], around: set[str]) -> bool:
    """Whether a single word of many senses is all that is named of several concepts."""
    pattern = wording.pattern
    found = [c for c in pattern if senses(c) & around]
    words = [each for each in window if any(senses(c) & each for c in pattern)]
    alone = len(words) == 1 and len(pattern) > 1
    own = [c for c in found if words and senses(c) & words[0]]
    told = max(
        (pattern[c] for c in pattern if words and senses(c) & words[0]), default=0
    )
    return alone and len(own) == len(found) and told < ALONE


def _fit(
    slug: str, at: int, wording: Wording, here: set[str], around: set[str]
) -> Topic | None:
    pattern = wording.pattern
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
    rank = score + RANK * score * whole
    return Topic(slug, at, round(score, 3), rank, f"names {words}", wording.aim)


def _wordings(profile: Profile, matcher: ClaimMatcher, language: str) -> list[Wording]:
    """The ways to word a claim, the proposition's aim first."""
    aim = aim_of(profile)
    claim = profile.claim
    told = (claim.wording, claim.title, *claim.phrases)
    own = detect(told[0])
    if own in {"fr", "de"}:
        return _foreign_wordings(profile, told, own, language, aim)
    found = [Wording(p, _keys(p), aim) for p in profile.patterns]
    if len(profile.patterns) == len(told):
        first = profile.patterns[0].keys()
        for index in range(2, len(told)):
            pattern = profile.patterns[index]
            if first.isdisjoint(pattern):
                turned = _english_aim(matcher.nlp(told[index]))
                found[index] = Wording(pattern, _keys(pattern), turned)
    return found


def _foreign_wordings(
    profile: Profile, told: tuple[str, ...], own: str, language: str, aim: Aim
) -> list[Wording]:
    """The ways to word a claim that is worded in French or German, or partly so."""
    patterns = []
    for index, wording in enumerate(told):
        detected = detect(wording)
        if detected != "en":
            patterns.append(_own_pattern(wording, own, language))
        if detected in {"en", ""} and len(profile.patterns) == len(told):
            patterns.append(profile.patterns[index])
    return [Wording(p, _keys(p), aim) for p in patterns if sum(p.values()) >= OWN]


def _own_pattern(wording: str, own: str, language: str) -> dict[str, float]:
    """The concepts of a claim's words by the table; a word without any stands for itself."""
    words = tuple(words_of(wording))
    pattern: dict[str, float] = {}
    for word, each in zip(words, concepts_of(words, own), strict=True):
        if len(word.key) <= SHORTEST_OWN or word.key in FRAMES:
            continue
        if each:
            narrow = each - BROAD - GENERIC
            pattern["|".join(sorted(narrow or each))] = OWN if narrow else BROAD_NOUN
        elif own == language:
            pattern[f"~{stem(word.key)}"] = OWN
        else:
            pattern[word.key] = OWN
    return pattern


@cache
def stem(key: str) -> str:
    """Strip the endings of inflection from a folded word."""
    return ENDINGS.sub("", key) if len(key) > SHORTEST_OWN + 1 else key


def aim_of(profile: Profile) -> Aim:
    """Read from its proposition how a claim points at its object."""
    language = detect(profile.claim.proposition)
    if language in {"fr", "de"}:
        return _foreign_aim(profile.claim.proposition, language)
    return _english_aim(profile.doc)


def _english_aim(doc: Doc) -> Aim:
    sign = 1
    undoing = [token for token in doc if _undoes(token)]
    for token in doc:
        if token in undoing or token.lower_ in NEGATING:
            sign = -sign
    open_words = {token.lower_ for token in doc} & KEPT_OPEN
    return Aim(sign, 1 if open_words else 2, bool(undoing))


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
    undoing = [op for op in ops_in(words, language) if op.kind in {"reverse", "oppose"}]
    for _ in undoing:
        sign = -sign
    keys = {word.key for word in words}
    if keys & {"ne", "n", "nicht", "kein", "keine", "keinen", "nie", "niemand", "pas"}:
        sign = -sign
    return Aim(sign, 2, bool(undoing))
