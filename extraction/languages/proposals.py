"""Turns stances found in French and German texts into candidates."""

from dataclasses import dataclass
from math import prod

from extraction.interface import Candidate, Document, Guess, Kind, Span, Value
from extraction.languages.days import said_on
from extraction.languages.people import Holder
from extraction.languages.topics import Topic
from extraction.languages.wording import Sentence, Wording
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import speaks_for
from extraction.state import State
from extraction.value import SCALE

FOR_NOW = (
    "à ce stade", "pour l'instant", "pour le moment", "pour l’instant", "dans l'immédiat",  # noqa: RUF001
    "actuellement", "derzeit", "vorerst", "momentan", "im moment", "zurzeit", "bislang",
    "zum jetzigen zeitpunkt", "für den moment",
)  # fmt: skip
WEIGHTS = {
    "own": 0.95, "speaker": 0.9, "author": 0.75, "again": 0.75, "pronoun": 0.65,
    "proposal": 0.65, "alone": 0.55, "shared": 0.65,
}  # fmt: skip
LEAST = 0.2


@dataclass(frozen=True)
class Found:
    """A stance before it is a candidate."""

    holder: Holder
    topic: Topic
    state: State
    sentence: Sentence
    cue: Span | None
    condition: Span | None
    how: str
    once: bool = False
    differs: bool = False


class Proposals:
    """Makes the candidates of one document."""

    def __init__(
        self,
        document: Document,
        wording: Wording,
        gazetteer: Gazetteer,
        language: str,
    ) -> None:
        self.document = document
        self.wording = wording
        self.gazetteer = gazetteer
        self.language = language

    def of(self, found: Found) -> Candidate | None:
        value, reasons = self._value(found)
        holder, topic = found.holder, found.topic
        span = found.sentence.span
        when = said_on(
            span.text(self.document.text), self.document.published_on, self.language
        )
        parts = _parts(found)
        sure = prod(parts.values())
        if sure < LEAST:
            return None
        return Candidate(
            kind=self._kind(found),
            content=(self._content(found),),
            claim=topic.claim,
            actor=holder.slug,
            speaks_for=speaks_for(
                self.gazetteer.actors.get(holder.slug), self.document
            ),
            value=value,
            cue=(found.cue,) if found.cue else (),
            source=(holder.span,) if holder.span.end else (),
            condition=found.condition,
            stated_on=when.on,
            stated_precision=when.precision,
            stated_basis=when.basis,
            confidence=round(sure, 3),
            reasons=(*holder.guesses[0].reasons, topic.reason, *reasons),
            actor_guesses=holder.guesses,
            claim_guesses=(Guess(topic.claim, topic.score, (topic.reason,)),),
            features=parts,
        )

    def _content(self, found: Found) -> Span:
        """The sentence, without the quotations that are read by themselves."""
        sentence, text = found.sentence, self.document.text
        if sentence.quotation is not None:
            return sentence.span
        start, end = sentence.span.start, sentence.span.end
        at = sentence.words[min(found.topic.at, len(sentence.words) - 1)].start
        for inner in self.wording.quotations:
            if start < inner.start <= at and inner.end <= at:
                start = next(
                    (w.start for w in sentence.words if w.start >= inner.end), start
                )
            elif at < inner.start < end:
                end = max(w.end for w in sentence.words if w.end <= inner.start)
        return Span(start, end) if text[start:end].strip() else sentence.span

    def _value(self, found: Found) -> tuple[Value, tuple[str, ...]]:
        aim = found.topic.aim
        number = found.state.number * aim.sign
        reasons = found.state.reasons
        if aim.strength == 1 and number > 0:
            number = 2
        words = found.sentence.span.text(self.document.text).casefold()
        if number == -2 and any(phrase in words for phrase in FOR_NOW):
            number, reasons = -1, (*reasons, "limited to the present")
        if found.condition and abs(number) == 2:
            number //= 2
            reasons = (*reasons, "holds only under a condition")
        return SCALE[number], reasons

    def _kind(self, found: Found) -> Kind:
        if found.sentence.quotation is not None:
            return Kind.DIRECT
        return Kind.ATTITUDE if found.how == "own" else Kind.INDIRECT


def _parts(found: Found) -> dict[str, float]:
    """How sure each part is; their product is the confidence."""
    return {
        "sure_speaker": found.holder.score,
        "sure_claim": 0.5 + 0.5 * min(1.0, found.topic.score),
        "sure_voice": WEIGHTS[found.how],
        "sure_value": max(0.55, 1.0 - 0.07 * len(found.state.reasons)),
    }


def best(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate for each actor, claim and content: the surest."""
    best: dict[tuple[str, str, tuple[Span, ...]], Candidate] = {}
    for one in candidates:
        key = (one.actor, one.claim, one.content)
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    return sorted(best.values(), key=lambda c: (c.content, c.actor, c.claim))
