"""Stances taken over from somebody else: endorsed, shared, contradicted, left out."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.ellipsis import Elided, ellipsis_at, is_supposed
from extraction.holders import is_first_person
from extraction.interface import Kind
from extraction.lists import word_set
from extraction.modality import is_asked, is_negated
from extraction.models import Models
from extraction.names.resolved import as_resolved
from extraction.pointing import Pointing
from extraction.reading import Draft, TextReading
from extraction.references import POINTING
from extraction.siding import Siding, own_sign, siding_at
from extraction.state import State
from extraction.terms import concepts, lemma
from extraction.value import NUMBERS, SCALE, Reading
from extraction.voices import Voice

ENDORSED, ELLIPTIC, FADING = 0.75, 0.7, 0.04
NEAR = 8  # words of a subject before its verb
MISREAD = 0.8  # "Rome sides with Oslo", where the parser takes the verb for a noun
ABOUT = frozenset({"on", "about", "over", "regarding"})
HEARSAY = word_set("say report believe think expect rumour rumor claim suppose")


class Endorsing:
    """Adds the drafts of one reading that take over another's stance."""

    def __init__(self, reading: TextReading, pointing: Pointing) -> None:
        self.reading = reading
        self.pointing = pointing
        self.models = Models(reading.topics, reading.resolver)

    def drafts(self, found: list[Draft]) -> list[Draft]:
        """Return more drafts, given those ``found`` so far."""
        self.models.add(found)
        more: list[Draft] = []
        for sentence in self.reading.doc.sents:
            if is_asked(sentence):
                continue
            for token in sentence:
                drafts = self._at(token)
                self.models.add(drafts)
                more += drafts
        return more

    def _at(self, token: Token) -> list[Draft]:
        if clause := ellipsis_at(token):
            return [] if is_supposed(token) else self._of_ellipsis(clause)
        siding = siding_at(token, self.reading.resolver)
        return self._of_siding(siding) if siding else []

    # -- "sides with Paris", "takes the same line" ------------------------

    def _of_siding(self, siding: Siding) -> list[Draft]:
        chain = climb(siding.word)
        if chain.hypothetical or is_hearsay(chain):
            return []
        voices = self._voices(siding, chain)
        own = {voice.speaker.slug for voice in voices}
        model = self._model(siding, own)
        if model is None:
            return self.pointing.of_word(siding.view, []) if siding.view else []
        sign = siding.sign * own_sign(siding.word)
        far = max(0, self.models.distance(model.at, siding.word) - 1)
        certainty = max(0.4, ENDORSED - FADING * far)
        return [
            self._like(voice, model, sign * voice.state.sign, siding.word, certainty)
            for voice in voices
            if voice.speaker.slug not in {model.actor, siding.whom}
        ]

    def _voices(self, siding: Siding, chain: Chain) -> list[Voice]:
        voices = self.reading.voices.at(chain, siding.holder)
        if not voices and _says_i(siding.word):
            return self.reading.own_voices(Chain(siding.word))
        if voices or siding.holder is None or siding.word.pos_ != "NOUN":
            return voices
        return [
            Voice(as_resolved(mention), chain.state, None, Kind.INDIRECT, MISREAD, "")
            for token in siding.holder.subtree
            if (mention := self.reading.resolver.mention_of(token)) and mention.slug
        ]

    def _model(self, siding: Siding, own: set[str]) -> Draft | None:
        if not siding.whom:
            return self.models.just_heard(siding.word, own)
        named = self._claims_after(siding.word)
        model = self.models.of(siding.whom, siding.word, named)
        if model is None or not self._is_elsewhere(siding.word, model):
            return model
        return None

    def _claims_after(self, word: Token) -> set[str]:
        """The claims that the sentence names after ``word``: "on combat troops"."""
        end = word.sent.end
        return {
            anchor.claim
            for anchor in self.reading.topics.in_sentence(word)
            if word.i < anchor.token.i < end
        }

    def _is_elsewhere(self, word: Token, model: Draft) -> bool:
        """ "sides with Paris on fishing": another matter than the stance found."""
        weights = self.reading.matcher.profiles[model.claim].weights
        matters = [
            pobj
            for child in word.subtree
            if child.lower_ in ABOUT and child.dep_ == "prep" and child.i > word.i
            for pobj in child.children
            if pobj.pos_ == "NOUN" and lemma(pobj) not in POINTING
        ]
        named = concepts(word.sent)
        return any(not set(weights) & named.get(m.i, frozenset()) for m in matters)

    def _like(
        self, voice: Voice, model: Draft, sign: int, word: Token, certainty: float
    ) -> Draft:
        """What ``voice`` holds who is with (1) or against (-1) the ``model``."""
        number = NUMBERS[model.reading.value] * sign if model.reading.value else 0
        if voice.state.strength < 2 and abs(number) == 2:
            number //= 2
        reasons = (f"“{word.text}” takes up the view of {model.actor}", voice.reason)
        return Draft(
            replace(voice, weight=voice.weight * certainty),
            model.claim,
            Reading(SCALE[number], None, reasons[:1], 0.8),
            word,
            certainty,
            reasons,
        )

    # -- "Paris does not", "so have Riga and Tallinn" ---------------------

    def _of_ellipsis(self, clause: Elided) -> list[Draft]:
        voices = self.reading.voices.at(climb(clause.auxiliary), clause.subject)
        if not voices and is_first_person(clause.subject):
            voices = self.reading.own_voices(Chain(clause.auxiliary))
        own = {voice.speaker.slug for voice in voices}
        back = 2 if clause.also else 1
        model = self.models.just_heard(clause.auxiliary, own, back)
        topics = self.reading.topics.at(clause.auxiliary)
        if model is None or (topics and topics[0].claim != model.claim):
            return []
        same = clause.also or clause.denied == _is_denied(model)
        plain = [replace(v, state=State(explicit=True)) for v in voices]
        sign = 1 if same else -1
        return [
            self._like(voice, model, sign, clause.auxiliary, ELLIPTIC)
            for voice in plain
        ]


def overruled_by(taken_over: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """Return ``drafts`` without those read off the subject of a left-out verb.

    "The transport minister does not" names no transport.
    """
    cut = {
        (draft.actor, draft.at.sent.start): draft.at.i
        for draft in taken_over
        if draft.at.pos_ == "AUX" or lemma(draft.at) in {"do", "have"}
    }
    return [
        draft
        for draft in drafts
        if not _is_cut(draft.at.i, cut.get((draft.actor, draft.at.sent.start), -1))
    ]


def _says_i(word: Token) -> bool:
    return any(c.dep_ == "nsubj" and is_first_person(c) for c in word.children)


def _is_cut(at: int, auxiliary: int) -> bool:
    return auxiliary - NEAR < at < auxiliary


def _is_denied(model: Draft) -> bool:
    """Whether the words of a stance deny something: "will not", "no plans"."""
    cue = model.voice.cue
    if cue is not None:
        return is_negated(cue, None, frozenset())
    return any("negated" in reason for reason in model.reading.reasons)


def is_hearsay(chain: Chain) -> bool:
    """ "is said to support": nobody answers for it."""
    for step in chain.steps[1:]:
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in step.token.children)
        if passive and lemma(step.token) in HEARSAY:
            return True
    return False
