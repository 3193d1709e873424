"""Stances on what a text only points to: anaphora, endorsements, an author's quotes."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.claims import Anchor
from extraction.cues import ATTITUDES, EVALUATIONS, Cue, cues_in
from extraction.interface import Kind
from extraction.reading import Draft, TextReading
from extraction.references import LooseCue, References
from extraction.state import State
from extraction.terms import lemma
from extraction.value import NUMBERS, SCALE, Reading
from extraction.voices import Voice

ENDORSED = 0.75
JUDGED = 0.85
FRAMED = 0.55
BOTH = 0.7
QUOTED = 0.6
EVERYTHING = {"anything", "everything", "nothing", "all", "it", "this", "that", "they"}


class Pointing:
    """Adds the drafts of one reading whose claim the words only point to."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading
        self.references = References(reading.doc, reading.resolver, reading.anchors)

    def drafts(self, found: list[Draft]) -> list[Draft]:
        """Return more drafts, given those ``found`` on the claims' own words."""
        more = list(self._frames())
        for loose in self.references.loose_cues(self.reading.governed):
            more += self._of_loose(loose, [*found, *more])
        return [*more, *self._judged(), *self._pull_quotes()]

    # -- "the decision", "it", "Macron's approach" ------------------------

    def _of_loose(self, loose: LooseCue, found: list[Draft]) -> list[Draft]:
        endorsed = self.references.endorsed(loose)
        if endorsed:
            model = _stance_of(endorsed, loose.token, found)
            return self._like(loose, model) if model else []
        return self._on_antecedent(loose, found)

    def _like(self, loose: LooseCue, model: Draft) -> list[Draft]:
        """Whoever shares another's view takes his value; who rejects it, the opposite."""
        if model.reading.value is None:
            return []
        drafts = []
        for voice in self.reading.voices.of(climb(loose.token)):
            if voice.speaker.slug == model.actor:
                continue
            number = NUMBERS[model.reading.value] * voice.state.sign
            if voice.state.strength < 2 and abs(number) == 2:
                number //= 2
            reasons = (f"“{loose.token.text}” the view of {model.actor}",)
            reading = Reading(SCALE[number], None, reasons, 0.8)
            drafts.append(self._draft(voice, model.claim, reading, loose, ENDORSED))
        return drafts

    def _draft(
        self,
        voice: Voice,
        claim: str,
        reading: Reading,
        loose: LooseCue,
        certainty: float,
    ) -> Draft:
        weaker = replace(voice, weight=voice.weight * certainty)
        reasons = (f"“{loose.object.text}” points back to {claim}", voice.reason)
        return Draft(weaker, claim, reading, loose.token, certainty, reasons)

    def _on_antecedent(self, loose: LooseCue, found: list[Draft]) -> list[Draft]:
        if loose.object.lower_ == "both":
            pair = self.references.last_two(loose.token)
            return [d for anchor in pair for d in self._on(loose, anchor, BOTH)]
        pointed = self.references.antecedent(loose)
        if pointed is None:
            return []
        anchor, certainty = pointed
        voices = self.reading.voices.of(self._chain(loose, anchor))
        anchor = self._same_cue(loose, voices, found) or anchor
        return self._on(loose, anchor, certainty)

    def _on(self, loose: LooseCue, anchor: Anchor, certainty: float) -> list[Draft]:
        """What is said of ``anchor``, which ``loose`` points to."""
        chain = self._chain(loose, anchor)
        drafts = []
        for voice in self.reading.voices.of(chain):
            draft = self.reading.draft(voice, anchor, chain)
            if draft.reading.value is not None:
                drafts.append(
                    self._draft(voice, anchor.claim, draft.reading, loose, certainty)
                )
        return drafts

    def _chain(self, loose: LooseCue, anchor: Anchor) -> Chain:
        return climb(loose.token, State(sign=self._direction(loose.object, anchor)))

    def _direction(self, noun: Token, anchor: Anchor) -> int:
        """Whether what is pointed to is for the object or against it."""
        if cues_in(noun.sent).at.get(noun.i) is Cue.REVERSE:
            return -1
        sign = 1
        for step in climb(anchor.token).steps:
            if step.cue in ATTITUDES | EVALUATIONS | {Cue.SAY}:
                break
            sign = -sign if step.cue is Cue.REVERSE else sign
        return sign

    def _same_cue(
        self, loose: LooseCue, voices: list[Voice], found: list[Draft]
    ) -> Anchor | None:
        """ "those considering the decision, like X": what X was said to consider."""
        actors = {voice.speaker.slug for voice in voices}
        for draft in reversed(found):
            cue = draft.voice.cue
            same = cue is not None and lemma(cue) == lemma(loose.token)
            if same and draft.actor in actors and draft.at.i < loose.token.i:
                return Anchor(draft.claim, draft.at, draft.certainty, draft.reasons)
        return None

    # -- "that would be a mistake" ----------------------------------------

    def _judged(self) -> list[Draft]:
        """A judgement on "that" or "the plan", by whoever is said to say it."""
        drafts = []
        for token in self.reading.doc:
            if token.dep_ in {"nsubj", "nsubjpass"} and self.references.points(token):
                drafts += self._judgement(token)
        return drafts

    def _judgement(self, token: Token) -> list[Draft]:
        chain = climb(token)
        if not any(step.cue in EVALUATIONS for step in chain.steps):
            return []
        if token.head.i in self.reading.governed:
            return []
        loose = LooseCue(token.head, Cue.GOOD, token)
        pointed = self.references.antecedent(loose)
        if pointed is None:
            return []
        anchor, certainty = pointed
        chain = climb(token, State(sign=self._direction(token, anchor)))
        drafts = [
            self.reading.draft(voice, anchor, chain)
            for voice in self.reading.voices.outer(chain)
        ]
        return [
            self._draft(d.voice, d.claim, d.reading, loose, certainty * JUDGED)
            for d in drafts
            if d.reading.value is not None
        ]

    # -- "keep everything open" -------------------------------------------

    def _frames(self) -> list[Draft]:
        """Ruling nothing out at all is support for keeping an option open."""
        drafts = []
        for sentence in self.reading.doc.sents:
            for position, cue in cues_in(sentence).at.items():
                if cue is Cue.EVERYTHING and position not in self.reading.governed:
                    drafts += self._frame(self.reading.doc[position])
        return drafts

    def _frame(self, token: Token) -> list[Draft]:
        anchor = self._open_anchor(token)
        if anchor is None:
            return []
        chain = climb(token)
        voices = self.reading.voices.outer(chain) or self.reading.voices.of(chain)
        state = State(
            1, 1, explicit=True, reasons=(f"“{token.text}” rules nothing out",)
        )
        drafts = []
        for voice in voices:
            weaker = replace(voice, state=state, weight=voice.weight * FRAMED)
            draft = self.reading.draft(weaker, anchor, chain)
            drafts.append(replace(draft, at=token, certainty=FRAMED))
        return [draft for draft in drafts if draft.reading.value is not None]

    def _open_anchor(self, token: Token) -> Anchor | None:
        """The last word before ``token`` on a claim to keep something open."""
        kept_open = [
            anchor
            for anchor in self.reading.anchors
            if self.reading.orientations[anchor.claim].strength == 1
            and anchor.token.i < token.i
        ]
        return kept_open[-1] if kept_open else None

    # -- an author's bare quotes ------------------------------------------

    def _pull_quotes(self) -> list[Draft]:
        """A quoted paragraph of the author's is on what the title asks."""
        topic = self._topic()
        if topic is None or self.reading.resolver.author is None:
            return []
        drafts = []
        for sentence in self.reading.doc.sents:
            for token in sentence:
                if token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ in EVERYTHING:
                    drafts += self._quoted(token, topic)
        return drafts

    def _quoted(self, token: Token, topic: Anchor) -> list[Draft]:
        chain = climb(token)
        judged = any(s.modal == "duty" or s.cue in EVALUATIONS for s in chain.steps)
        author = self.reading.resolver.author
        if not judged or author is None or not self._in_pull_quote(token):
            return []
        reason = "a quoted paragraph in the author's column"
        voice = Voice(author, chain.state, None, Kind.DIRECT, QUOTED, reason)
        draft = self.reading.draft(voice, replace(topic, token=token), chain)
        return [draft] if draft.reading.value is not None else []

    def _in_pull_quote(self, token: Token) -> bool:
        free = token.i not in self.reading.governed
        return free and self.reading.voices.in_pull_quote(token.idx)

    def _topic(self) -> Anchor | None:
        title = self.reading.title
        if not title:
            return None
        anchors = self.reading.matcher.anchors(self.reading.matcher.nlp(title))
        return max(anchors, key=lambda anchor: anchor.score, default=None)


def _stance_of(actor: str, before: Token, found: list[Draft]) -> Draft | None:
    """The last stance of ``actor`` before a word, else the first after it."""
    own = [draft for draft in found if draft.actor == actor]
    earlier = [draft for draft in own if draft.at.i < before.i]
    if earlier:
        return max(earlier, key=lambda draft: draft.at.i)
    return own[0] if own else None
