"""Stances that a whole text frames: everything kept open, an author's bare quotes."""

from dataclasses import replace

from spacy.tokens import Token

from extraction.chain import climb
from extraction.claims import Anchor
from extraction.cues import EVALUATIONS, Cue, cues_in
from extraction.interface import Kind
from extraction.reading import Draft, TextReading
from extraction.state import State
from extraction.voices import Voice

FRAMED = 0.55
QUOTED = 0.6
EVERYTHING = {"anything", "everything", "nothing", "all", "it", "this", "that", "they"}


class Framing:
    """Adds the drafts of one reading that only the text's question makes clear."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading

    def drafts(self) -> list[Draft]:
        """Return more drafts than the claims' own words give."""
        return [*self._frames(), *self._pull_quotes()]

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
