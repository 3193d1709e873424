"""Stances on what a text only points to: "it", "such a levy", "that would be wrong"."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.claims import Anchor
from extraction.cues import ATTITUDES, EVALUATIONS, Cue, cues_in
from extraction.endorsing import owner_of
from extraction.reading import Draft, TextReading
from extraction.references import References, is_elided
from extraction.state import State
from extraction.terms import concepts, lemma
from extraction.topics import PLURAL, Topic
from extraction.voices import Voice

JUDGED = 0.85
HELD = ATTITUDES | EVALUATIONS
WHOLE = {"it", "this", "that", "so"}


class Pointing:
    """Adds the drafts of one reading whose claim the words only point to."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading
        self.references = References(
            reading.topics, reading.resolver, reading.matcher.profiles
        )

    def drafts(self, found: list[Draft]) -> list[Draft]:
        """Return more drafts, given those ``found`` on the claims' own words."""
        more: list[Draft] = []
        for word in self.references.words():
            if not owner_of(word, self.reading.resolver):
                more += self._of_word(word, [*found, *more])
        return more

    def _of_word(self, word: Token, found: list[Draft]) -> list[Draft]:
        if self._is_taken(word):
            return []
        return [
            draft
            for topic in self.references.meant(word)
            for draft in self._on(word, topic, found)
        ]

    def _is_taken(self, word: Token) -> bool:
        """Whether what is said of ``word`` is said of a claim's own words already."""
        held = [s.token for s in climb(word).steps if s.cue in HELD]
        return bool(held) and held[0].i in self.reading.governed

    def _on(self, word: Token, topic: Topic, found: list[Draft]) -> list[Draft]:
        chain = climb(word, State(sign=self._direction(word, topic.anchor)))
        anchor = replace(topic.anchor, token=word)
        if not self._tells(chain, anchor):
            return []
        certainty = topic.certainty
        voices = self._voices(chain)
        if not any(step.cue in ATTITUDES for step in chain.steps):
            certainty *= JUDGED
        same = self._same_cue(chain, voices, found)
        anchor = replace(anchor, claim=same or anchor.claim)
        drafts = [self.reading.draft(voice, anchor, chain) for voice in voices]
        return [
            self._weaker(draft, word, certainty)
            for draft in drafts
            if draft.reading.value is not None
        ]

    def _tells(self, chain: Chain, anchor: Anchor) -> bool:
        """Whether a cue, or a verb that does what the claim says, is said of it."""
        if any(step.cue in HELD for step in chain.steps):
            return True
        weights = self.reading.matcher.profiles[anchor.claim].weights
        named = concepts(anchor.token.sent)
        return any(
            set(weights) & named.get(step.token.i, frozenset())
            for step in chain.steps[1:]
        )

    def _voices(self, chain: Chain) -> list[Voice]:
        subject = chain.anchor.dep_ in {"nsubj", "nsubjpass"}
        attitude = any(step.cue in ATTITUDES for step in chain.steps)
        if subject and not attitude:
            return self.reading.voices.outer(chain) or self.reading.author_voices(chain)
        return self.reading.voices.of(chain) or self.reading.author_voices(chain)

    def _weaker(self, draft: Draft, word: Token, certainty: float) -> Draft:
        voice = replace(draft.voice, weight=draft.voice.weight * certainty)
        reasons = (f"“{word.text}” points back to {draft.claim}", voice.reason)
        return replace(draft, voice=voice, certainty=certainty, reasons=reasons)

    def _direction(self, word: Token, anchor: Anchor) -> int:
        """Whether what is pointed to is for the claim's object or against it."""
        if cues_in(word.sent).at.get(word.i) is Cue.REVERSE or word.lower_ == "none":
            return -1
        if _is_the_thing(word, anchor.token):
            itself = cues_in(anchor.token.sent).at.get(anchor.token.i)
            return -1 if itself is Cue.REVERSE else 1
        sign = 1
        for step in climb(anchor.token).steps:
            if step.cue in HELD | {Cue.SAY}:
                break
            sign = -sign if step.cue is Cue.REVERSE else sign
        return sign

    def _same_cue(
        self, chain: Chain, voices: list[Voice], found: list[Draft]
    ) -> str:
        """ "those considering the decision, like X": what X was said to consider."""
        actors = {voice.speaker.slug for voice in voices}
        held = {lemma(step.token) for step in chain.steps if step.cue in ATTITUDES}
        for draft in reversed(found):
            cue = draft.voice.cue
            same = cue is not None and lemma(cue) in held
            if same and draft.actor in actors and draft.at.i < chain.anchor.i:
                return draft.claim
        return ""


def _is_the_thing(word: Token, named: Token) -> bool:
    """Whether ``word`` means the thing named, not what is done to it."""
    if word.lower_ in PLURAL | {"one"}:
        return named.pos_ in {"NOUN", "PROPN"}
    if word.lower_ in WHOLE or is_elided(word):
        return False
    return lemma(word) == lemma(named)
