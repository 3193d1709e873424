"""Stances of headlines, which have no verb, or whose verb the parser takes for a noun."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extraction.chain import Chain, Step
from extraction.claims import Anchor
from extraction.cues import Cue, Cues, cues_in
from extraction.interface import Kind
from extraction.linear import is_decisive, promised, read_back, read_on
from extraction.names.mention import Mention
from extraction.names.resolved import as_resolved
from extraction.reading import Draft, TextReading
from extraction.state import State
from extraction.voices import Voice

LONGEST = 110  # characters
SURE = 0.7
BREAKS = {",", ";", ":", "-", "\N{EN DASH}", "\N{EM DASH}", "|", "but", "while", "and"}
SAYING = {"says", "say", "said", "tells", "warns", "insists"}
SMALL = {"the", "a", "an", "'s", "'", '"', "new", "old", "then", "now"}
FINAL = (".", "?", "!", '"', "'", "\N{HORIZONTAL ELLIPSIS}")


@dataclass(frozen=True)
class Part:
    """A stretch of a headline between two breaks: who is named first, and the words."""

    words: tuple[Token, ...]
    actors: tuple[Mention, ...]
    anchors: tuple[Anchor, ...]
    spoken: bool = False


class Headlines:
    """Finds the stances in the headlines of one reading."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading
        self.named = {m.start: m for m in reading.resolver.mentions if m.slug}

    def added_to(self, found: list[Draft]) -> list[Draft]:
        """Return ``found`` with the headlines' drafts; these outweigh a parse without a verb."""
        drafts = {(d.actor, d.claim, d.at.sent.start): [d] for d in reversed(found)}
        for draft in found:
            group = drafts[(draft.actor, draft.claim, draft.at.sent.start)]
            if draft not in group:
                group.append(draft)
        for line in self._lines():
            parts = self._parts(line)
            parsed = _has_verb(line) and not any(part.spoken for part in parts)
            for draft in self._of_line(line, parts):
                key = (draft.actor, draft.claim, line.start)
                if key not in drafts or not parsed:
                    drafts[key] = [draft]
        return [draft for group in drafts.values() for draft in group]

    def _lines(self) -> Iterator[Tokens]:
        """Sentences that are a whole line without a stop."""
        text = self.reading.doc.text
        for sentence in self.reading.doc.sents:
            words = sentence.text.strip()
            start = text.rfind("\n", 0, sentence.start_char) + 1
            alone = not text[start : sentence.start_char].strip()
            rest = text[sentence.start_char + len(words) :][:3].lstrip(" ")
            ends = not rest or rest.startswith("\n")
            short = len(words) <= LONGEST and not words.endswith(FINAL)
            if alone and ends and short:
                yield sentence

    def _of_line(self, line: Tokens, parts: list[Part]) -> Iterator[Draft]:
        cues = cues_in(line)
        speakers = [actor for part in parts if part.spoken for actor in part.actors]
        listed: tuple[Mention, ...] = ()
        about: tuple[Anchor, ...] = ()
        for part in parts:
            actors = (*listed, *part.actors)
            listed = actors if not part.words and not part.spoken else ()
            anchors = part.anchors or about
            about = anchors
            if part.spoken or not anchors:
                continue
            for actor in actors or speakers:
                yield from self._held(actor, part, anchors, cues, own=bool(actors))

    def _held(
        self,
        actor: Mention,
        part: Part,
        anchors: tuple[Anchor, ...],
        cues: Cues,
        *,
        own: bool,
    ) -> Iterator[Draft]:
        for anchor in _one_each(anchors):
            state = self._state(part, anchor, cues, own=own)
            if not is_decisive(state):
                continue
            reason = "a headline says so"
            speaker = as_resolved(actor)
            voice = Voice(speaker, state, None, Kind.ATTITUDE, SURE, reason)
            at = part.words[0] if anchor not in part.anchors else anchor.token
            chain = Chain(anchor.token, [Step(anchor.token, None, state)])
            draft = self.reading.draft(voice, anchor, chain)
            if draft.reading.value is not None:
                yield Draft(
                    voice, anchor.claim, draft.reading, at, anchor.score, draft.reasons
                )

    def _state(self, part: Part, anchor: Anchor, cues: Cues, *, own: bool) -> State:
        words = part.words
        if anchor not in part.anchors:
            return read_back(words, cues, headline=True)
        at = next(n for n, token in enumerate(words) if token == anchor.token)
        state = read_back(words[:at], cues, headline=True)
        if own and words and self._acts(words[0], anchor, cues):
            state = promised(state)
        if not state.explicit:
            state = read_on(words[at + 1 :], cues, state)
        return state

    def _acts(self, word: Token, anchor: Anchor, cues: Cues) -> bool:
        """ "X to close it", "X lifts the ban", "Berg: legalise it now"."""
        if word.lower_ == "to" or cues.at.get(word.i) is Cue.REVERSE:
            return True
        forms = {word.lower_, word.lower_.removesuffix("s")}
        proposition = self.reading.matcher.profiles[anchor.claim].anchor.doc
        return any(
            token.pos_ == "VERB" and token.lemma_.lower() in forms
            for token in proposition
        )

    def _parts(self, line: Tokens) -> list[Part]:
        parts: list[Part] = []
        words: list[Token] = []
        for token in [*line, None]:
            if token is None or token.lower_ in BREAKS:
                if words:
                    parts.append(self._part(words))
                words = []
            elif not token.is_space:
                words.append(token)
        return parts

    def _part(self, words: list[Token]) -> Part:
        spoken = words[0].lower_ in SAYING
        start = 1 if spoken else 0
        while start < len(words) and words[start].lower_ in SMALL:
            start += 1
        actor = self._named_at(words[start]) if start < len(words) else None
        if actor is None:
            return Part(tuple(words), (), self._anchors(words))
        rest = [token for token in words[start:] if token.idx >= actor.end]
        return Part(tuple(rest), (actor,), self._anchors(rest), spoken and not rest)

    def _named_at(self, token: Token) -> Mention | None:
        return self.named.get(token.idx)

    def _anchors(self, words: list[Token]) -> tuple[Anchor, ...]:
        inside = {token.i for token in words}
        return tuple(a for a in self.reading.anchors if a.token.i in inside)


def _has_verb(line: Tokens) -> bool:
    """Whether the parse found a sentence in ``line``."""
    return line.root.pos_ in {"VERB", "AUX"} and any(
        child.dep_ in {"nsubj", "nsubjpass"} for child in line.root.children
    )


def _one_each(anchors: tuple[Anchor, ...]) -> list[Anchor]:
    """The last word of each claim: what stands before it is said of it."""
    last = {anchor.claim: anchor for anchor in anchors}
    return list(last.values())
