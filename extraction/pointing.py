"""Stances on what a text only points to: "it", "such a levy", "that would be wrong"."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import Chain, Step, climb
from extraction.claims import Anchor
from extraction.cues import ATTITUDES, EVALUATIONS, Cue, cues_in
from extraction.holders import holder_of
from extraction.lists import word_set
from extraction.modality import is_asked
from extraction.reading import Draft, TextReading
from extraction.references import References, leaves_out
from extraction.siding import governor_of, is_act, owner_of, takes_up
from extraction.state import State
from extraction.terms import concepts, lemma
from extraction.topics import PLURAL, Topic
from extraction.voices import Voice

JUDGED = 0.85
HELD = ATTITUDES | EVALUATIONS
DOING = word_set(
    "do have make take bring introduce keep put get be go build create adopt pass allow let "
    "apply use start implement carry enact permit sign ratify launch revive restore set write "
    "call consider deem describe find label brand regard see view judge think give hear touch "
    "change come pay fund finance join leave provide send extend raise enforce run own need"
)
NEAR = 15  # words back to the noun that "one" or "it" repeats
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
            if not self._is_taken_up(word):
                more += self.of_word(word, [*found, *more])
        return more

    def _is_taken_up(self, word: Token) -> bool:
        """Whether a view of somebody's is meant, which takes his value."""
        if owner_of(word, self.reading.resolver):
            return True
        return is_act(word) and takes_up(governor_of(word))

    def of_word(self, word: Token, found: list[Draft]) -> list[Draft]:
        """Return what is said of the pointing ``word``, after the drafts ``found``."""
        if self._is_taken(word):
            return []
        return [
            draft
            for topic in self.references.meant(word)
            for draft in self._on(word, topic, found)
        ]

    def _is_taken(self, word: Token) -> bool:
        """Whether ``word`` is in a question, or in what is read already."""
        lowest = _governed_from(word)
        if is_asked(word.sent):
            return True
        if lowest == word and word.i in self.reading.governed:
            return True
        steps = climb(lowest).steps
        held = [step.token for step in steps if step.cue in HELD]
        if held and held[0].i in self.reading.governed:
            return True
        attitudes = [step.token for step in steps if step.cue in ATTITUDES]
        return any(holder_of(token) == word for token in attitudes)

    def _on(self, word: Token, topic: Topic, found: list[Draft]) -> list[Draft]:
        start = State(sign=self._direction(word, topic.anchor))
        chain = climb(_governed_from(word), start)
        anchor = replace(topic.anchor, token=word)
        if not self._tells(chain, anchor):
            return []
        self.reading.topics.keep(topic, word)
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
        """Whether a cue, or a verb that does what the claim says, is said of it.

        A judgement over any other verb is on something new: "an advantage in hitting it".
        """
        weights = set(self.reading.matcher.profiles[anchor.claim].weights)
        named = concepts(anchor.token.sent)
        if any(step.cue in ATTITUDES for step in chain.steps):
            return True
        for step in chain.steps:
            if step.cue in EVALUATIONS:
                return True
            if step.token == anchor.token or step.token.pos_ != "VERB":
                continue
            if weights & named.get(step.token.i, frozenset()):
                return True
            if step.cue is None and lemma(step.token) not in DOING:
                return False
        return False

    def _voices(self, chain: Chain) -> list[Voice]:
        if any(c.dep_ == "nsubj" for c in chain.anchor.children):
            return self.reading.voices.at(_alone(chain))
        if gapped := _gapped_subject(chain.anchor):
            return self.reading.voices.at(_alone(chain), gapped)
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
        if cues_in(word.sent).at.get(word.i) is Cue.REVERSE:
            return 1 if _governed_from(word) == word else -1
        if word.lower_ == "none":
            return -1
        if word.lower_ in WHOLE | {"one"} and _follows_reversal(word, anchor):
            return -1
        if _is_the_thing(word, anchor.token):
            itself = cues_in(anchor.token.sent).at.get(anchor.token.i)
            return -1 if itself is Cue.REVERSE else 1
        return self.direction_of(anchor)

    def direction_of(self, anchor: Anchor) -> int:
        """ "it" after "closing the border" is the closing; after a bare "phones" the
        ban that the claim asks for."""
        sign, told = 1, False
        for step in self._fullest(anchor):
            if step.cue in HELD | {Cue.SAY}:
                break
            told = told or step.cue is Cue.REVERSE or step.token.pos_ == "VERB"
            sign = -sign if step.cue is Cue.REVERSE else sign
        plural = anchor.token.tag_ == "NNS"
        if plural and not told and anchor.claim in self.reading.reversing:
            return -1
        return sign

    def _fullest(self, anchor: Anchor) -> list[Step]:
        """The longest climb from what its sentence calls the claim: of "a ban on
        trawling in reserves" not that from the reserves."""
        beside = self.reading.topics.in_sentence(anchor.token)
        same = [other for other in beside if other.claim == anchor.claim]
        climbs = [climb(other.token).steps for other in (anchor, *same)]
        return max(climbs, key=len)

    def _same_cue(self, chain: Chain, voices: list[Voice], found: list[Draft]) -> str:
        """ "those considering the decision, like X": what X was said to consider."""
        actors = {voice.speaker.slug for voice in voices}
        held = {lemma(step.token) for step in chain.steps if step.cue in ATTITUDES}
        for draft in reversed(found if held and actors else ()):
            cue = draft.voice.cue
            same = cue is not None and lemma(cue) in held
            if same and draft.actor in actors and draft.at.i < chain.anchor.i:
                return draft.claim
        return ""


def _gapped_subject(cue: Token) -> Token | None:
    """ "voted in favour, Poland and Latvia against": the verb is said once only."""
    if cue.lower_ not in {"against", "for"} or cue.i == cue.sent.start:
        return None
    subject = cue.doc[cue.i - 1]
    if subject.pos_ != "PROPN" or subject.i < cue.head.i:
        return None
    while subject.dep_ == "conj" and subject.head.pos_ == "PROPN":
        subject = subject.head
    return subject if subject.i > cue.head.i else None


def _alone(chain: Chain) -> Chain:
    """ "Oslo voted in favour, Bern against": a word with its own subject stands alone."""
    return Chain(chain.anchor, chain.steps[:1])


def _governed_from(word: Token) -> Token:
    """ "the mission being considered by Oslo": the participle says what is held."""
    cues = cues_in(word.sent).at
    for child in word.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and cues.get(child.i) in HELD:
            return child
    return word


def _follows_reversal(word: Token, anchor: Anchor) -> bool:
    """ "is against a ban but would agree to one": the ban was named after the thing."""
    for token in reversed(word.doc[max(anchor.token.i + 1, word.i - NEAR) : word.i]):
        if token.pos_ == "NOUN" and token.tag_ == "NN":
            return cues_in(token.sent).at.get(token.i) is Cue.REVERSE
    return False


def _is_the_thing(word: Token, named: Token) -> bool:
    """Whether ``word`` means the thing named, not what is done to it."""
    if word.lower_ in PLURAL | {"one"}:
        return named.pos_ in {"NOUN", "PROPN"}
    if word.lower_ in WHOLE or leaves_out(word):
        return False
    return lemma(word) == lemma(named)
