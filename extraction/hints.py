"""Words that name a claim only by what was said before, or because no other claim has them.

"Austria supports a ban", after a sentence on cages; "such a force", "the levies"; or a word
that only one of the tracked claims has: "legalisation would be a mistake". They are anchors
of less weight, and a word of their own that speaks of something else undoes them.
"""

from collections import defaultdict

from spacy.tokens import Doc, Token

from extraction.claims import Anchor
from extraction.cues import ATTITUDES, cues_in
from extraction.lists import word_set
from extraction.passages import Wordings, is_elsewhere, is_of_the_place, spoken_of
from extraction.profiles import Profile, senses
from extraction.terms import GENERIC, TIMES, lemma, place_of
from extraction.thesaurus import table
from extraction.topics import Topics

TELLING, CURRENT, TITLED = 0.5, 0.55, 0.42
LEAST_TELLING = 0.55  # what a word weighs in a claim that it names alone
REACH = 8  # sentences back to the claim that a bare word may mean
PLANS = word_set(
    "plan proposal bill law idea option motion scheme project policy measure debate issue "
    "question kind form sort type talk campaign call vote"
)
OBJECTS = frozenset({"dobj", "nsubjpass"})
WITHIN = frozenset({"of", "on", "for"})


class Hints:
    """Finds the words of one text that hint at a claim named elsewhere."""

    def __init__(
        self,
        doc: Doc,
        topics: Topics,
        profiles: dict[str, Profile],
        wordings: Wordings,
        titled: list[Anchor],
    ) -> None:
        self.doc = doc
        self.topics = topics
        self.profiles = profiles
        self.titled = list(dict.fromkeys(anchor.claim for anchor in titled))
        self.concepts = spoken_of(doc, wordings)
        self.core = {slug: _core(profile) for slug, profile in profiles.items()}
        self.central = {
            slug: {sense for concept in one.central for sense in senses(concept)}
            for slug, one in profiles.items()
        }
        self.claims = _claims_by_sense(profiles)

    def anchors(self) -> list[Anchor]:
        """Return the anchors of claims that the words do not name in full."""
        found: list[Anchor] = []
        named: list[Anchor] = []
        for sentence in self.doc.sents:
            strong = self.topics.in_sentence(sentence[0])
            hints = (self._anchor(token, strong, named) for token in sentence)
            found += [anchor for anchor in hints if anchor]
            named = [*named, *strong][-REACH:]
        return found

    def _anchor(
        self, token: Token, strong: list[Anchor], named: list[Anchor]
    ) -> Anchor | None:
        told = self.concepts.get(token.i, frozenset())
        if not told or not _may_hint(token) or token in (a.token for a in strong):
            return None
        fitting = [slug for slug, core in self.core.items() if told & core.keys()]
        meant = self._meant(token, told, fitting, named)
        if meant is None or any(anchor.claim != meant[0] for anchor in strong):
            return None
        profile = self.profiles[meant[0]]
        if is_elsewhere(profile, token) or is_of_the_place(profile, token):
            return None
        if self._is_of_another_thing(token, profile):
            return None
        reason = f"“{token.text}” hints at it"
        return Anchor(meant[0], token, meant[1], (reason,), hint=True)

    def _meant(
        self,
        token: Token,
        told: frozenset[str],
        fitting: list[str],
        named: list[Anchor],
    ) -> tuple[str, float] | None:
        """The claim under discussion that has the word, else the only one that does."""
        current = [topic.claim for topic in self.topics.at(token)]
        current += [anchor.claim for anchor in reversed(named)]
        central = [slug for slug in fitting if told & self.central[slug]]
        for slug in current:
            if slug in (central or fitting):
                return slug, CURRENT
        titled = [slug for slug in self.titled if slug in (central or fitting)]
        if len(titled) == 1:
            return titled[0], TITLED
        alone = [slug for slug in fitting if self._tells(slug, told)]
        return (alone[0], TELLING) if len(alone) == 1 else None

    def _tells(self, slug: str, told: frozenset[str]) -> bool:
        """Whether a word is one that of all claims only ``slug`` has."""
        return any(
            self.claims[sense] == {slug}
            and self.core[slug].get(sense, 0.0) >= LEAST_TELLING
            for sense in told
        )

    # -- words that speak of something else ---------------------------------

    def _is_of_another_thing(self, token: Token, profile: Profile) -> bool:
        """ "a smoking ban", "closing the museum": another thing than the claim's."""
        if token.dep_ in {"compound", "amod", "nmod"} and not self._fits(
            token.head, profile
        ):
            return lemma(token.head) not in PLANS
        return any(self._is_other(child, profile) for child in self._own_words(token))

    def _own_words(self, token: Token) -> list[Token]:
        """The words that say of what a noun is, or to what a verb is done."""
        own = []
        for child in token.children:
            modifies = child.dep_ in {"amod", "compound", "nmod"}
            if modifies or (token.pos_ == "VERB" and child.dep_ in OBJECTS):
                own.append(child)
            elif child.dep_ == "prep" and child.lower_ in WITHIN:
                own += [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
        return own

    def _is_other(self, word: Token, profile: Profile) -> bool:
        if word.pos_ in {"PRON", "DET", "NUM", "PROPN"} or self._fits(word, profile):
            return False
        return word.pos_ != "ADJ" or lemma(word) in table().single

    def _fits(self, word: Token, profile: Profile) -> bool:
        if place_of(word) or lemma(word) in GENERIC:
            return True
        return bool(self.concepts.get(word.i, frozenset()) & profile.weights.keys())


def _may_hint(token: Token) -> bool:
    """Whether a word names a thing or a deed, and is neither a speaker nor a cue."""
    if token.pos_ not in {"NOUN", "VERB"} or lemma(token) in TIMES:
        return False
    if token.pos_ == "VERB" and not any(
        c.dep_ in OBJECTS | {"ccomp"} for c in token.children
    ):
        return False
    return cues_in(token.sent).at.get(token.i) not in ATTITUDES


def _core(profile: Profile) -> dict[str, float]:
    """The senses of what a claim is about and of what shall be done, by weight."""
    found: dict[str, float] = {}
    for concept in profile.core:
        for sense in senses(concept):
            weight = profile.concepts[concept]
            found[sense] = max(weight, found.get(sense, 0.0))
    return found


def _claims_by_sense(profiles: dict[str, Profile]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for slug, profile in profiles.items():
        for sense in profile.weights:
            found[sense].add(slug)
    return found
