"""Answers of one word: "No.", "told them no", "We do not", "The Greens are not"."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.claims import Anchor
from extraction.ellipsis import Elided, ellipsis_at, is_supposed
from extraction.holders import holder_of, is_first_person
from extraction.lists import word_set
from extraction.modality import is_asked
from extraction.reading import Draft, TextReading
from extraction.state import State
from extraction.voices import Voice

YES = word_set("yes yeah absolutely certainly definitely")
NO = word_set("no never nope")
ANSWERED = 0.75
DUTY = frozenset({"should", "must", "would", "will"})
POINTED = frozenset({"it", "that", "this", "they"})
PLAIN = frozenset({"intj", "dobj", "attr", "ROOT", "ccomp", "advmod", "dep"})
OPENING = frozenset({'"', "'", ":", "-", "\N{EM DASH}", "A"})


@dataclass(frozen=True)
class Proposal:
    """What was asked or said before: a claim's word and what is said of it."""

    anchor: Anchor
    state: State
    certainty: float


class Answering:
    """Adds the drafts of one reading in which a word answers what was put before."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading

    def contradicted(self, drafts: list[Draft]) -> list[Draft]:
        """Return the ``drafts`` that the next sentence takes back: "It does not."."""
        denied = [
            (speaker.slug, clause.auxiliary.sent)
            for token in self.reading.doc
            if (clause := ellipsis_at(token)) and clause.denied and not clause.also
            for speaker in self.reading.resolver.resolve_token(clause.subject)
            if speaker.slug
        ]
        return [
            draft
            for draft in drafts
            if any(
                slug == draft.actor and sentence.start == draft.at.sent.end
                for slug, sentence in denied
            )
        ]

    def drafts(self, found: list[Draft], denied: list[Draft]) -> list[Draft]:
        """Return more drafts, for actors who have none in the same sentence.

        That a report is ``denied`` does not say what the actor does want.
        """
        held = {(draft.actor, draft.at.sent.start) for draft in found}
        held |= {(draft.actor, draft.at.sent.end) for draft in denied}
        more = [
            draft
            for sentence in self.reading.doc.sents
            if not is_asked(sentence)
            for token in sentence
            for draft in self._at(token)
        ]
        return [d for d in more if (d.actor, d.at.sent.start) not in held]

    def _at(self, token: Token) -> list[Draft]:
        if clause := ellipsis_at(token):
            return self._of_ellipsis(clause)
        sign = _answer(token)
        return self._drafts(token, sign, _holder(token)) if sign else []

    def _of_ellipsis(self, clause: Elided) -> list[Draft]:
        if clause.also or is_supposed(clause.auxiliary):
            return []
        sign = -1 if clause.denied else 1
        return self._drafts(clause.auxiliary, sign, clause.subject)

    def _drafts(self, word: Token, sign: int, holder: Token | None) -> list[Draft]:
        proposal = self._proposal(word)
        if proposal is None:
            return []
        chain = Chain(word)
        state = replace(
            proposal.state, sign=sign * proposal.state.sign, strength=2, explicit=True
        )
        anchor = replace(proposal.anchor, token=word)
        voices = self._voices(word, holder)
        drafts = [
            self.reading.draft(_answering(voice, state), anchor, chain)
            for voice in voices
        ]
        return [draft for draft in drafts if draft.reading.value is not None]

    def _voices(self, word: Token, holder: Token | None) -> list[Voice]:
        """ "It should." is said by whoever speaks, not by "it"."""
        chain = climb(word)
        if holder is None or holder.lower_ not in POINTED or word.lower_ not in DUTY:
            found = self.reading.voices.at(chain, holder)
            first = holder is None or is_first_person(holder)
            mine = first and not self._goes_on(word)
            return found or (self.reading.own_voices(Chain(word)) if mine else [])
        return self.reading.voices.outer(chain) or self.reading.own_voices(Chain(word))

    def _goes_on(self, word: Token) -> bool:
        """ "No. It would be a mistake.": what follows says it more fully."""
        paragraphs, end = self.reading.topics.paragraphs, word.sent.end
        return end < len(paragraphs) and paragraphs[end] == paragraphs[word.i]

    def _proposal(self, word: Token) -> Proposal | None:
        """What ``word`` answers: put in the sentence before it, or in the question."""
        for topic in self.reading.topics.at(word):
            if topic.certainty < ANSWERED * 0.8:
                return None
            chain = climb(topic.anchor.token)
            asked = chain.hypothetical or is_asked(topic.anchor.token.sent)
            if asked or chain.state.explicit:
                return Proposal(topic.anchor, chain.state, topic.certainty)
        return None


def _answering(voice: Voice, state: State) -> Voice:
    return replace(voice, state=state, weight=voice.weight * ANSWERED)


def _answer(token: Token) -> int:
    """1 for a yes, -1 for a no, 0 for any other word."""
    sign = (token.lower_ in YES) - (token.lower_ in NO)
    if not sign or token.dep_ not in PLAIN:
        return 0
    if _is_alone(token) or (token.head.pos_ in {"VERB", "AUX"} and _is_said(token)):
        return sign
    return 0


def _is_alone(token: Token) -> bool:
    """ "No.", "Yes, I would": the first word of what is said."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    ends = after is None or after.text in {".", ",", "!", ";"}
    before = token.doc[token.i - 1] if token.i else None
    opens = before is None or token.is_sent_start or before.text in OPENING
    return ends and bool(opens)


def _is_said(token: Token) -> bool:
    """ "told them no", "said yes", "my answer is no"."""
    verb = token.head
    if token.dep_ == "attr":
        return any(
            c.dep_ == "nsubj" and c.lower_ in {"answer", "reply"} for c in verb.children
        )
    after = any(c.dep_ == "prep" and c.lower_ == "to" for c in token.children)
    return verb.lemma_ in {"say", "tell", "answer", "reply", "vote"} and not after


def _holder(token: Token) -> Token | None:
    if token.dep_ in {"intj", "dobj", "ccomp", "advmod"}:
        return holder_of(token.head)
    if token.dep_ == "attr":
        subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
        return holder_of(subject) if subject is not None else None
    return None
