"""One document being read: its anchors, its voices, and the drafts they give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.attribution import find_attributions
from extraction.branches import branches
from extraction.chain import Chain, Step, climb
from extraction.claims import Anchor, ClaimMatcher
from extraction.cues import ATTITUDES, EVALUATIONS, Cue
from extraction.hints import Hints
from extraction.holders import holder_of, is_first_person
from extraction.interface import Document, Kind
from extraction.modality import is_asked
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolver import Resolver
from extraction.parsing import parse
from extraction.terms import concepts
from extraction.topics import Topics
from extraction.value import (
    NUMBERS,
    Reading,
    is_part_of_claim,
    orientation_of,
    read,
    without_condition,
)
from extraction.voices import Voice, Voices

AUTHOR = 0.65


@dataclass(frozen=True)
class Draft:
    """A stance before it is a candidate: who, on what, which value, from which word."""

    voice: Voice
    claim: str
    reading: Reading
    at: Token
    certainty: float
    reasons: tuple[str, ...] = ()

    @property
    def actor(self) -> str:
        """The speaker's slug."""
        return self.voice.speaker.slug


class TextReading:
    """One document being read against the known actors and claims."""

    def __init__(
        self, document: Document, gazetteer: Gazetteer, matcher: ClaimMatcher
    ) -> None:
        self.document = document
        self.matcher = matcher
        self.doc: Doc = parse(document.text)
        self.resolver = Resolver(document, self.doc, gazetteer)
        self.attributions = find_attributions(
            document.text, self.doc, author=self._author()
        )
        self.voices = Voices(document, self.doc, self.resolver, self.attributions)
        self.anchors = self._anchors()
        self.topics = Topics(self.doc, self.named)
        self.orientations = {
            slug: orientation_of(profile.anchor)
            for slug, profile in matcher.profiles.items()
        }
        self.reversing = {
            slug
            for slug, profile in matcher.profiles.items()
            if any(s.cue is Cue.REVERSE for s in climb(profile.anchor).steps)
        }
        self.governed: set[int] = set()
        self._concepts: dict[int, Mapping[int, frozenset[str]]] = {}

    @property
    def title(self) -> str:
        """The document's title, or its first line where that looks like one."""
        first = self.document.text.strip().split("\n", 1)[0]
        looks = len(first) < 120 and not first.endswith((".", '"', "”"))
        return self.document.title or (first if looks else "")

    def _anchors(self) -> list[Anchor]:
        """The words that name a claim, and those that only hint at one."""
        self.named = named = self.matcher.anchors(self.doc, self.title)
        topics = Topics(self.doc, named)
        titled = self.matcher.titled(self.title)
        hints = Hints(
            self.doc, topics, self.matcher.profiles, self.matcher.wordings, titled
        ).anchors()
        return sorted([*named, *hints], key=lambda anchor: anchor.token.i)

    def _author(self) -> str:
        author = self.resolver.author
        if author is None:
            return self.document.author
        return self.resolver.gazetteer.actors[author.slug].name if author.slug else ""

    def drafts(self, voices: Voices | None = None) -> list[Draft]:
        """Return the drafts of every word that names a claim's object.

        ``voices`` says whose they are; left out, known actors' and the author's.
        """
        found: list[Draft] = []
        for anchors in self._together():
            chains = [(anchor, climb(anchor.token)) for anchor in anchors]
            for anchor, chain in chains:
                if not any(_is_told_by(chain, *other) for other in chains):
                    found += self._of_anchor(anchor, chain, voices)
                    for other in branches(chain):
                        found += self._of_anchor(anchor, other, voices)
        return _settled(found)

    def _together(self) -> Iterable[list[Anchor]]:
        """The anchors of each claim in each sentence."""
        groups: dict[tuple[int, str], list[Anchor]] = {}
        for anchor in self.anchors:
            key = (anchor.token.sent.start, anchor.claim)
            groups.setdefault(key, []).append(anchor)
        return groups.values()

    # -- anchors ---------------------------------------------------------

    def _of_anchor(
        self, anchor: Anchor, chain: Chain, voices: Voices | None
    ) -> list[Draft]:
        if is_asked(anchor.token.sent):
            return []
        self.governed |= {step.token.i for step in chain.steps}
        deeds = self._deeds(chain, anchor)
        found = (voices or self.voices).of(chain, deeds=deeds)
        if not found and voices is None:
            found = self.author_voices(chain)
        drafts = [self.draft(voice, anchor, chain) for voice in found]
        return [draft for draft in drafts if draft.reading.value is not None]

    def author_voices(self, chain: Chain) -> list[Voice]:
        """In a column the author's own judgement needs no "he said"."""
        author = self.resolver.author
        judged = any(
            step.modal == "duty" or step.cue in EVALUATIONS or _is_mine(step)
            for step in chain.steps
        )
        return self.own_voices(chain) if author is not None and judged else []

    def own_voices(self, chain: Chain) -> list[Voice]:
        """The author's voice, where nobody else is said to say the words."""
        author = self.resolver.author
        if author is None or self.voices.is_reported(chain):
            return []
        reason = "the author's own words"
        return [Voice(author, chain.state, None, Kind.INDIRECT, AUTHOR, reason)]

    def _deeds(self, chain: Chain, anchor: Anchor) -> frozenset[int]:
        """Verbs of the chain that do what the claim is about: "is sending".

        Around a mere hint a verb must undo something to be a deed.
        """
        profile = self.matcher.profiles[anchor.claim]
        weights = frozenset() if anchor.hint else frozenset(profile.weights)
        found = self._concepts_beside(chain.anchor)
        return frozenset(
            step.token.i
            for step in chain.steps
            if _is_finite(step.token)
            and (
                step.cue is Cue.REVERSE
                or weights & found.get(step.token.i, frozenset())
            )
        )

    def _tells(self, anchor: Anchor, chain: Chain) -> bool:
        """Whether a cue, or another word of the claim, is said of a mere hint."""
        weights = self.matcher.profiles[anchor.claim].weights.keys()
        named = concepts(chain.anchor.sent)
        return any(
            step.cue in ATTITUDES | EVALUATIONS
            or (step.token != anchor.token and weights & named.get(step.token.i, set()))
            for step in chain.steps
        )

    def _concepts_beside(self, token: Token) -> Mapping[int, frozenset[str]]:
        """The concepts of the sentence of ``token``: each of its anchors asks."""
        sentence = token.sent
        if sentence.start not in self._concepts:
            self._concepts[sentence.start] = concepts(sentence)
        return self._concepts[sentence.start]

    def draft(self, voice: Voice, anchor: Anchor, chain: Chain) -> Draft:
        """Return the draft of what ``voice`` says of ``anchor``."""
        deeds = self._deeds(chain, anchor)
        orientation = self.orientations[anchor.claim]
        reading = read(chain, voice.state, orientation, deeds=deeds)
        reading = self._with_claim(reading, anchor)
        reasons = (*anchor.reasons, voice.reason)
        return Draft(voice, anchor.claim, reading, anchor.token, anchor.score, reasons)

    def _with_claim(self, reading: Reading, anchor: Anchor) -> Reading:
        weights = self.matcher.profiles[anchor.claim].weights
        if reading.condition and is_part_of_claim(
            reading.condition, anchor.token, weights
        ):
            return without_condition(reading)
        return reading


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Where one sentence reads both ways for one actor, keep the outright attitude."""
    kept: dict[tuple[str, str, int], list[Draft]] = {}
    for draft in drafts:
        key = (draft.actor, draft.claim, draft.at.sent.start)
        kept.setdefault(key, []).append(draft)
    return [draft for group in kept.values() for draft in _surest(group)]


def _surest(group: list[Draft]) -> list[Draft]:
    signs = {NUMBERS[d.reading.value] > 0 for d in group if d.reading.value}
    held = [d for d in group if d.voice.kind is Kind.ATTITUDE]
    return held if len(signs) > 1 and held else group


def _is_told_by(chain: Chain, other: Anchor, deeper: Chain) -> bool:
    """Whether the climb from another anchor of the claim says all that this one says."""
    if chain.anchor == other.token:
        return False
    within = any(step.token == chain.anchor for step in deeper.steps)
    return within or _does_it(chain, deeper)


def _does_it(chain: Chain, deeper: Chain) -> bool:
    """ "schools ban phones": of one claim's words the object is what it is about."""
    subjects = {
        step.token.head.i
        for step in chain.steps
        if step.token.dep_ == "nsubj" and step.token.head.pos_ == "VERB"
    }
    return any(
        step.token.dep_ == "dobj" and step.token.head.i in subjects
        for step in deeper.steps
    )


def _is_mine(step: Step) -> bool:
    """ "I hope", "we oppose", "I would allow it"."""
    wished = step.cue in ATTITUDES or step.modal in {"future", "would"}
    holder = holder_of(step.token) if wished else None
    return holder is not None and is_first_person(holder)


def _is_finite(token: Token) -> bool:
    """Whether ``token`` is a verb in the indicative with a subject of its own."""
    if token.pos_ != "VERB" or token.tag_ == "VB":
        return False
    return any(child.dep_ == "nsubj" for child in token.children)
