"""What a known speaker says under a topic where no path of the parse leads to the claim.

The last resort of the engine, and less sure than the rest: the claim is the one under
discussion, the value that of the speaker's own cue word, and the words in between must
not be about something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.cues import ATTITUDES, Cue, cues_in
from extraction.endorsing import is_hearsay
from extraction.holders import holder_of, is_first_person
from extraction.holding import is_past
from extraction.interface import Attribution, Kind
from extraction.modality import is_asked
from extraction.names.resolved import Resolved, speaks_for
from extraction.pointing import Pointing
from extraction.reading import Draft, TextReading
from extraction.references import POINTING, PRONOUNS
from extraction.state import State
from extraction.terms import concepts, lemma
from extraction.topics import Topic
from extraction.value import NUMBERS, Reading, read
from extraction.voices import Voice

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "xcomp", "ccomp", "acl"})
SAID, DONE, REMARKED = 0.5, 0.8, 0.7
GENERAL = POINTING | {"vote"}
PLAIN = 0.52  # the claim was named in the sentence before


@dataclass(frozen=True)
class Remark:
    """The words of one sentence that are one speaker's, by quotation or as its subject."""

    speaker: Resolved
    subject: Token | None
    words: frozenset[int]
    kind: Kind
    weight: float


class Remarks:
    """Adds the drafts of sentences that a known speaker says under a topic."""

    def __init__(self, reading: TextReading, pointing: Pointing) -> None:
        self.reading = reading
        self.pointing = pointing

    def drafts(self, found: list[Draft]) -> list[Draft]:
        """Return more drafts, for sentences in which their actor has none in ``found``."""
        told = {
            (draft.at.sent.start, side)
            for draft in found
            for side in self._sides(draft.actor)
        }
        disputed = {draft.claim for draft in found}
        more: list[Draft] = []
        for sentence in self.reading.doc.sents:
            if is_asked(sentence):
                continue
            for remark in self._remarks(sentence):
                key = sentence.start, remark.speaker.slug
                draft = None if key in told else self._draft(sentence, remark)
                if draft is not None and (
                    draft.claim in disputed or draft.certainty >= PLAIN
                ):
                    told |= {(sentence.start, side) for side in self._sides(key[1])}
                    more.append(draft)
        return more

    def _sides(self, slug: str) -> set[str]:
        """The actor and whom it speaks for: what one says, the other need not."""
        actor = self.reading.resolver.gazetteer.actors.get(slug)
        return {slug, speaks_for(actor, self.reading.document)}

    # -- who speaks ----------------------------------------------------------

    def _remarks(self, sentence: Sentence) -> Iterator[Remark]:
        for attribution in self._attributions(sentence):
            words = frozenset(
                token.i
                for token in sentence
                if any(s.start <= token.idx < s.end for s in attribution.content)
            )
            weight = SAID + attribution.confidence / 2
            for speaker in self.reading.resolver.resolve(attribution.source):
                if speaker.slug:
                    yield Remark(speaker, None, words, attribution.kind, weight)
        for token in sentence:
            if token.dep_ in SUBJECTS and self._may_act(token):
                words = frozenset(each.i for each in token.head.subtree)
                for speaker in self.reading.resolver.resolve_token(token):
                    if speaker.slug:
                        yield Remark(speaker, token, words, Kind.INDIRECT, DONE)

    def _attributions(self, sentence: Sentence) -> list[Attribution]:
        found: list[Attribution] = []
        for token in sentence:
            for one in self.reading.voices.around(token):
                if one.source and one not in found:
                    found.append(one)
        return found

    def _may_act(self, subject: Token) -> bool:
        """Not "I", and nobody of whom a quotation or "a rumour that ..." speaks."""
        quoted = any(
            one.kind is Kind.DIRECT for one in self.reading.voices.around(subject)
        )
        told_of = subject.tag_ not in {"WP", "WDT"} and (
            subject.head.dep_ in {"acl", "ccomp", "relcl"}
            and subject.head.head.pos_ == "NOUN"
        )
        return not (quoted or told_of or is_first_person(subject))

    # -- on which claim, with which value ------------------------------------

    def _draft(self, sentence: Sentence, remark: Remark) -> Draft | None:
        topic = self._topic(sentence, remark)
        if topic is None:
            return None
        reading = self._named(sentence, remark, topic)
        reading = reading or self._held(sentence, remark, topic)
        if reading is None or reading.value is None:
            return None
        reason = f"said while {topic.claim} is under discussion"
        voice = Voice(remark.speaker, State(), None, remark.kind, remark.weight, reason)
        certainty = topic.certainty * REMARKED
        return Draft(
            voice, topic.claim, reading, sentence.root, certainty, (voice.reason,)
        )

    def _topic(self, sentence: Sentence, remark: Remark) -> Topic | None:
        """The claim that the remark names, else the one spoken of before."""
        named = self.reading.topics.in_sentence(sentence.root)
        inside = [anchor for anchor in named if anchor.token.i in remark.words]
        if inside:
            best = max(inside, key=lambda anchor: anchor.rank)
            return Topic(best, min(1.0, best.score))
        if named:
            return None
        return next(iter(self.reading.topics.at(sentence[-1])), None)

    def _named(
        self, sentence: Sentence, remark: Remark, topic: Topic
    ) -> Reading | None:
        """What is said of the claim's own words, if nobody else is said to say it."""
        readings = []
        for anchor in self.reading.topics.in_sentence(sentence.root):
            if anchor.claim != topic.claim or anchor.token.i not in remark.words:
                continue
            chain = climb(anchor.token)
            if not self._is_anothers(chain, remark):
                aim = self.reading.orientations[anchor.claim]
                readings.append(read(chain, chain.state, aim))
        told = [reading for reading in readings if reading.value is not None]
        return max(told, key=_strength, default=None)

    def _is_anothers(self, chain: Chain, remark: Remark) -> bool:
        """Whether somebody else holds what is said, or it was held before."""
        cues = ATTITUDES | {Cue.SAY}
        held = [step.token for step in chain.steps if step.cue in cues]
        return not all(
            self._may_hold(token, remark) and not is_past(token) for token in held
        )

    def _held(self, sentence: Sentence, remark: Remark, topic: Topic) -> Reading | None:
        """What the speaker's first own cue word says of the topic."""
        cues = cues_in(sentence).at
        for position in sorted(remark.words & cues.keys()):
            token = self.reading.doc[position]
            if cues[position] not in ATTITUDES or not self._is_own(token, remark):
                continue
            if lemma(token) == "proposal":  # whoever makes one may be told to
                continue
            if is_past(token) or is_past(token.head) or self._strays(token, topic):
                continue
            start = State(sign=self._direction(token, topic))
            chain = climb(token, start)
            if not (chain.hypothetical or chain.state.void or is_hearsay(chain)):
                aim = self.reading.orientations[topic.claim]
                return read(chain, chain.state, aim)
        return None

    def _is_own(self, cue: Token, remark: Remark) -> bool:
        holder = holder_of(cue)
        if holder is None or remark.subject is None:
            return self._may_hold(cue, remark)
        return holder == remark.subject or is_first_person(holder)

    def _may_hold(self, cue: Token, remark: Remark) -> bool:
        """Whether ``cue`` is the speaker's, or nobody's by the parse."""
        holder = holder_of(cue)
        if holder is None or is_first_person(holder):
            return True
        known = self.reading.resolver.resolve_token(holder)
        return any(one.slug == remark.speaker.slug for one in known)

    def _strays(self, cue: Token, topic: Topic) -> bool:
        """Whether what ``cue`` governs is about something else than the topic."""
        objects = _objects(cue, cues_in(cue.sent).inside)
        if not objects:
            return False
        weights = {
            concept
            for concept in self.reading.matcher.profiles[topic.claim].weights
            if concept[0] != "@"
        }
        named = concepts(cue.sent)
        return not any(
            token.pos_ == "PRON"
            or token.lower_ in PRONOUNS
            or lemma(token) in GENERAL
            or any(weights & named.get(t.i, frozenset()) for t in token.subtree)
            for token in objects
        )

    def _direction(self, cue: Token, topic: Topic) -> int:
        """Whether ``cue`` governs the claim's object or its undoing: "a ban"."""
        cues = cues_in(cue.sent).at
        if any(
            cues.get(token.i) is Cue.REVERSE for token in cue.subtree if token.i > cue.i
        ):
            return -1
        return self.pointing.direction_of(topic.anchor)


def _strength(reading: Reading) -> int:
    return abs(NUMBERS[reading.value]) if reading.value is not None else -1


def _objects(cue: Token, inside: frozenset[int]) -> list[Token]:
    """What ``cue``, or a fixed phrase whose words are ``inside``, governs after it."""
    found: list[Token] = []
    for child in cue.children:
        own = [child] if child.dep_ in OBJECTS else []
        if child.dep_ in {"prep", "agent"}:
            own = [p for p in child.children if p.dep_ in {"pobj", "pcomp"}]
        for token in own:
            if token.i in inside:
                found += _objects(token, inside)
            elif token.i > cue.i:
                found.append(token)
    return found
