"""Whose stance a chain of governors reports: nobody's, one's or several speakers'."""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extraction.chain import Chain, Step
from extraction.cues import ATTITUDES, EVALUATIONS, Cue
from extraction.holders import (
    holder_of,
    is_first_person,
    is_own_side,
    judges_of,
    owner_of_text,
)
from extraction.holding import is_expletive, is_past, is_seen, with_verb
from extraction.interface import Attribution, Document, Kind
from extraction.names.resolved import Resolved, speaks_for
from extraction.names.resolver import Resolver
from extraction.state import State

VIEWS = {"view", "opinion", "eyes", "mind", "judgement", "judgment", "words"}
OWN_DEEDS = {"future", "would", "may"}
REPORTED_DEED = 0.5
REACH = 500  # characters: attributions are looked up by stretches of the text


@dataclass(frozen=True)
class Voice:
    """A speaker with what he says of the anchor, and how surely it is his."""

    speaker: Resolved
    state: State
    cue: Token | None
    kind: Kind
    weight: float
    reason: str
    attribution: Attribution | None = None


class Voices:
    """Finds the voices of chains in one document."""

    def __init__(
        self,
        document: Document,
        doc: Doc,
        resolver: Resolver,
        attributions: list[Attribution],
    ) -> None:
        self.document = document
        self.doc = doc
        self.text = doc.text  # built anew at each access: kept
        self.resolver = resolver
        self.attributions = attributions
        self._covering = _by_reach(attributions)

    def of(self, chain: Chain, *, deeds: frozenset[int] = frozenset()) -> list[Voice]:
        """Return whose stance ``chain`` reports; ``deeds``: verbs that act on a claim."""
        found: list[Voice] = []
        foreign = False
        for step in chain.steps:
            inner, other = self._at(step, chain, deeds, spoken=bool(found) or foreign)
            foreign = foreign or other
            found = _outermost(found, inner)
        if found or foreign:
            return self._with_outer(found, chain)
        return self._outer(chain)

    def at(
        self, chain: Chain, holder: Token | None = None, cue: Cue = Cue.SUPPORT
    ) -> list[Voice]:
        """Return whose stance the lowest word of ``chain`` reports, read as ``cue``."""
        step = replace(chain.steps[0], cue=cue, state=chain.state)
        found, foreign = self._attitude(step, holder)
        if found or foreign:
            return self._with_outer(found, chain)
        return self._outer(chain)

    def _speakers(self, head: Token) -> list[Resolved]:
        """The known speakers that the noun phrase headed by ``head`` means."""
        return [s for s in self.resolver.resolve_token(head) if s.slug]

    def _sources(self, attribution: Attribution) -> list[Resolved]:
        """The known speakers that the source of an attribution means."""
        return [s for s in self.resolver.resolve(attribution.source) if s.slug]

    # -- one governor ----------------------------------------------------

    def _at(
        self, step: Step, chain: Chain, deeds: frozenset[int], *, spoken: bool
    ) -> tuple[list[Voice], bool]:
        """Voices at one governor, and whether it is somebody unknown's stance."""
        if step.cue in ATTITUDES:
            return self._attitude(with_verb(step, chain))
        if step.cue is Cue.SAY and not spoken:
            return self._saying(step, chain)
        if step.cue in EVALUATIONS and is_seen(step.token):
            seen = chain.state_at(step.token.head)
            return self._attitude(replace(step, state=seen))
        if step.cue in EVALUATIONS and (judges := self._judges(step)):
            return judges, False
        verb = step.token.pos_ in {"VERB", "AUX"} and step.cue not in EVALUATIONS
        if verb and not spoken and self._is_deed(step, deeds):
            return self._deed(step, chain)
        return [], False

    def _attitude(
        self, step: Step, holder: Token | None = None
    ) -> tuple[list[Voice], bool]:
        open_still = step.cue is Cue.UNDECIDED and holder is not None
        if is_past(step.token) and not open_still:
            return [], True
        holder = holder or holder_of(step.token)
        if holder is not None and self._is_first(holder):
            return self._mine(step), False
        if holder is None or is_expletive(holder, step):
            return [], False
        known = self._speakers(holder)
        if not known and is_own_side(holder):
            return [], False
        reason = f"“{holder.text}” is the subject of “{step.token.text}”"
        voices = [
            Voice(speaker, step.state, step.token, Kind.ATTITUDE, 0.95, reason)
            for speaker in known
        ]
        return voices, not known

    def _mine(self, step: Step) -> list[Voice]:
        """ "We support it": the author's, where nobody else is said to say it."""
        author = self.resolver.author
        if author is None or any(one.source for one in self.around(step.token)):
            return []
        reason = f"the author's own “{step.token.text}”"
        return [Voice(author, step.state, step.token, Kind.ATTITUDE, 0.85, reason)]

    def _judges(self, step: Step) -> list[Voice]:
        """ "unacceptable to Moscow": its own judgement."""
        return [
            Voice(
                speaker,
                step.state,
                step.token,
                Kind.ATTITUDE,
                0.85,
                f"“{judge.text}” judges it",
            )
            for judge in judges_of(step.token)
            for speaker in self._speakers(judge)
        ]

    def _saying(self, step: Step, chain: Chain) -> tuple[list[Voice], bool]:
        holder = holder_of(step.token)
        if holder is None or self._is_first(holder):
            return [], False
        known = self._speakers(holder)
        reason = f"“{holder.text}” is who “{step.token.text}”"
        kind = self._kind_at(chain.anchor)
        voices = [Voice(s, step.state, step.token, kind, 0.95, reason) for s in known]
        return voices, not known

    def _is_deed(self, step: Step, deeds: frozenset[int]) -> bool:
        denied = any("negated" in reason for reason in step.state.reasons[-1:])
        return step.modal in OWN_DEEDS or denied or step.token.i in deeds

    def _deed(self, step: Step, chain: Chain) -> tuple[list[Voice], bool]:
        """ "Germany will send": its own stance, unless another speaks of it."""
        holder = holder_of(step.token)
        if holder is None or self._is_first(holder):
            return [], False
        holder = owner_of_text(holder) or holder
        known = self._speakers(holder)
        outer = [voice.speaker for voice in self._outer(chain)]
        if any(not self._same_side(o, k) for o in outer for k in known):
            return [], True
        if outer:
            return [], False
        reason = f"“{holder.text}” is who does it"
        return [
            Voice(s, step.state, step.token, Kind.INDIRECT, 0.85, reason) for s in known
        ], False

    def _is_first(self, token: Token) -> bool:
        return is_first_person(token)

    # -- the speaker around a chain --------------------------------------

    def is_reported(self, chain: Chain) -> bool:
        """Whether somebody, known or not, is said to say the anchor's words."""
        if any(step.cue in {Cue.SAY, *ATTITUDES} for step in chain.steps):
            holders = [holder_of(step.token) for step in chain.steps if step.cue]
            return any(h is not None and not is_first_person(h) for h in holders)
        return any(one.source for one in self.around(chain.anchor))

    def outer(self, chain: Chain) -> list[Voice]:
        """Who says the words that hold the anchor, whatever is held inside them."""
        return self._outer(chain)

    def _with_outer(self, found: list[Voice], chain: Chain) -> list[Voice]:
        """ "Scholz said Germany rejects it" is Scholz speaking for Germany."""
        outer = self._outer(chain)
        result = []
        for voice in found:
            same = [o for o in outer if self._same_side(o.speaker, voice.speaker)]
            person = voice.speaker.kind != "person" and same
            result.append(_spoken_by(same[0], voice) if person else voice)
        return result

    def _same_side(self, speaker: Resolved, subject: Resolved) -> bool:
        actor = self.resolver.gazetteer.actors.get(speaker.slug)
        return subject.slug in {speaker.slug, speaks_for(actor, self.document)}

    def _outer(self, chain: Chain) -> list[Voice]:
        """The speaker whose reported words hold the anchor."""
        for step in chain.steps:
            if step.cue is Cue.SAY:
                voices, _ = self._saying(step, chain)
                if voices:
                    return voices
        if voices := self._in_view(chain):
            return voices
        for attribution in self.around(chain.anchor):
            said = self._by(attribution, chain)
            if said is not None:
                return said
        return []

    def _in_view(self, chain: Chain) -> list[Voice]:
        """ "in her view", "in the union's opinion"."""
        for token in chain.anchor.sent:
            if token.lower_ not in VIEWS or token.head.lower_ not in {"in", "to"}:
                continue
            for owner in (c for c in token.children if c.dep_ == "poss"):
                known = self._speakers(owner)
                reason = f"in the {token.text} of “{owner.text}”"
                return [
                    Voice(s, chain.state, None, Kind.INDIRECT, 0.85, reason)
                    for s in known
                ]
        return []

    def around(self, anchor: Token) -> list[Attribution]:
        """Attributions whose content holds ``anchor``, the smallest first."""
        holding = [
            self.attributions[at]
            for at in self._covering.get(anchor.idx // REACH, ())
            if any(
                span.start <= anchor.idx < span.end
                for span in self.attributions[at].content
            )
        ]
        return sorted(
            holding, key=lambda one: sum(s.end - s.start for s in one.content)
        )

    def _by(self, attribution: Attribution, chain: Chain) -> list[Voice] | None:
        if self._is_pull_quote(attribution) and self.resolver.author:
            author = self.resolver.author
            return [
                self._voice(author, attribution, chain, 0.7, "the author's own words")
            ]
        if not attribution.source:
            return None
        if self._is_mine(attribution):
            return None
        speakers = self._sources(attribution)
        weight = 0.5 + attribution.confidence / 2
        reason = "the words are attributed to them"
        return [
            self._voice(speaker, attribution, chain, weight, reason)
            for speaker in speakers
        ]

    def _is_mine(self, attribution: Attribution) -> bool:
        words = attribution.source[0].text(self.text).strip().casefold()
        return words in {"i", "we"} and self.resolver.author is None

    def _voice(
        self,
        speaker: Resolved,
        attribution: Attribution,
        chain: Chain,
        weight: float,
        reason: str,
    ) -> Voice:
        return Voice(
            speaker, chain.state, None, attribution.kind, weight, reason, attribution
        )

    def _is_pull_quote(self, attribution: Attribution) -> bool:
        """Whether a whole paragraph is quoted and nobody is said to say it."""
        if attribution.cue and attribution.cue[0].end > attribution.cue[0].start:
            return False
        return any(self.in_pull_quote(span.start) for span in attribution.content)

    def in_pull_quote(self, offset: int) -> bool:
        """Whether the paragraph at ``offset`` is one quotation and nothing else."""
        text = self.text
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        paragraph = text[start : len(text) if end < 0 else end].strip()
        inner = paragraph[1:-1]
        return paragraph[:1] == paragraph[-1:] == '"' and inner.count('"') % 2 == 0

    def _kind_at(self, token: Token) -> Kind:
        for attribution in self.around(token):
            if attribution.kind in {Kind.DIRECT, Kind.MIXED}:
                return attribution.kind
        return Kind.INDIRECT


def _by_reach(attributions: list[Attribution]) -> dict[int, list[int]]:
    """Positions in ``attributions`` of those with content in each stretch of the text."""
    found: dict[int, list[int]] = {}
    for at, one in enumerate(attributions):
        stretches = {
            stretch
            for span in one.content
            for stretch in range(span.start // REACH, span.end // REACH + 1)
        }
        for stretch in stretches:
            found.setdefault(stretch, []).append(at)
    return found


def _spoken_by(outer: Voice, inner: Voice) -> Voice:
    return Voice(
        outer.speaker,
        inner.state,
        inner.cue,
        outer.kind,
        min(outer.weight, inner.weight),
        f"{outer.reason}; {inner.reason}",
        outer.attribution,
    )


def _outermost(found: list[Voice], more: list[Voice]) -> list[Voice]:
    """ "refused to consider": of one speaker's cues the outer one says it all."""
    outer = {voice.speaker.slug for voice in more}
    return [voice for voice in found if voice.speaker.slug not in outer] + more
