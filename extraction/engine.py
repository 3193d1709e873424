"""The rule engine: from a text to proposed stances, each with the words that show it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import prod

from spacy.tokens import Token

from extraction.answering import Answering
from extraction.claims import ClaimMatcher
from extraction.denials import is_denied
from extraction.endorsing import Endorsing, overruled_by
from extraction.framing import Framing
from extraction.guessing import ClaimGuesses
from extraction.headlines import Headlines
from extraction.interface import (
    Candidate,
    Document,
    Guess,
    Kind,
    KnownActor,
    KnownClaim,
    Span,
)
from extraction.languages.claims import in_english
from extraction.languages.detection import detect_or_english, language_of, why_unread
from extraction.languages.reader import ForeignReading
from extraction.modality import is_asked
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import speaks_for
from extraction.occasions import Occasions
from extraction.parsing import load_model
from extraction.pointing import Pointing
from extraction.postponing import Postponing, overruled
from extraction.reading import Draft, TextReading
from extraction.remarks import Remarks
from extraction.strangers import stranger_drafts
from extraction.value import DEED

LEAST = 0.2
LEAST_UNKNOWN = 0.3
DOUBTFUL = 0.3
TELLING = 6  # sentences of a text that would say more of a claim it is about


class RuleExtractor:
    """Proposes stances by rules over parses; needs no network and no training."""

    name = "rules"
    version = "4"

    def extract(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> list[Candidate]:
        """Propose the stances of ``names`` on ``claims`` in ``document``."""
        if not document.text.strip() or not claims or why_unread(document):
            return []
        if language_of(document) != "en":
            return self.foreign_reading(document, names, claims).candidates()
        return self.candidates(self.reading(document, names, claims))

    def reading(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> TextReading:
        """Parse an English ``document`` and find its names, claims and attributions."""
        known, wanted = _gazetteer(tuple(names)), _matcher(_english(tuple(claims)))
        return TextReading(document, known, wanted)

    def foreign_reading(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> ForeignReading:
        """Read a French or German ``document`` as far as finding its stances needs."""
        known, wanted = _gazetteer(tuple(names)), _matcher(tuple(claims))
        return ForeignReading(document, known, wanted, language_of(document))

    def candidates(self, reading: TextReading) -> list[Candidate]:
        """Propose the stances that the rules read in an English text."""
        writer = Writer(reading)
        return _best(writer.candidate(draft) for draft in _drafts(reading))


@lru_cache(maxsize=4)
def _english(claims: tuple[KnownClaim, ...]) -> tuple[KnownClaim, ...]:
    """Return ``claims`` in English, where French or German is plain to see.

    Their own words stay among the phrases: some of these may be English.
    """
    return tuple(_in_plain_english(claim) for claim in claims)


def _in_plain_english(claim: KnownClaim) -> KnownClaim:
    language = detect_or_english(claim.wording)
    english = in_english(claim, language)
    if english is claim:
        return claim
    return replace(english, phrases=(*english.phrases, claim.title, *claim.phrases))


def _drafts(reading: TextReading) -> list[Draft]:
    """Return what the claims' own words say, then what only points to them."""
    drafts = Headlines(reading).added_to(reading.drafts())
    drafts += Framing(reading).drafts()
    pointing = Pointing(reading)
    drafts += pointing.drafts(drafts)
    undecided = Postponing(reading).drafts()
    drafts = [*overruled(drafts, undecided), *undecided]
    answering = Answering(reading)
    denied = answering.contradicted(drafts)
    drafts = [d for d in drafts if d not in denied]
    taken_over = Endorsing(reading, pointing).drafts(drafts)
    drafts = [*overruled_by(taken_over, drafts), *taken_over]
    drafts += answering.drafts(drafts, denied)
    drafts += Remarks(reading, pointing).drafts([*drafts, *denied])
    drafts += stranger_drafts(reading)
    drafts = [
        draft
        for draft in drafts
        if not is_asked(draft.at.sent)
        and not is_denied(draft.at, draft.claim, reading.anchors)
    ]
    return _borne_out(reading, drafts) if reading.topics.count >= TELLING else drafts


def _borne_out(reading: TextReading, drafts: list[Draft]) -> list[Draft]:
    """Leave out the doubtful on claims on which the text has nothing surer.

    "Spain grows an older maize" is a stance where a text tells who is for it, and
    background where it does not. Short texts tell too little to say, and what the
    author or the guest of an interview says needs nobody else.
    """
    author = reading.resolver.author.slug if reading.resolver.author else ""
    sure = {draft.claim for draft in drafts if not _is_doubtful(draft)}
    return [d for d in drafts if d.claim in sure or (author and d.actor == author)]


def _is_doubtful(draft: Draft) -> bool:
    if draft.voice.kind is Kind.DIRECT:
        return False
    return DEED in draft.reading.reasons or confidence(draft) < DOUBTFUL


@lru_cache(maxsize=4)
def _gazetteer(names: tuple[KnownActor, ...]) -> Gazetteer:
    """Kept between texts: most runs read many against the same actors."""
    return Gazetteer(list(names))


@lru_cache(maxsize=4)
def _matcher(claims: tuple[KnownClaim, ...]) -> ClaimMatcher:
    """Kept between texts: most runs read many against the same claims."""
    return ClaimMatcher(load_model(), list(claims))


class Writer:
    """Writes the drafts of one reading as candidates."""

    def __init__(self, reading: TextReading) -> None:
        self.document = reading.document
        self.actors = reading.resolver.gazetteer.actors
        self.occasions = Occasions(reading.document, reading.doc, reading.resolver)
        self.claims = ClaimGuesses(reading.anchors)

    def candidate(self, draft: Draft) -> Candidate:
        """Return the candidate of ``draft`` with the spans that show it."""
        voice, speaker = draft.voice, draft.voice.speaker
        when = self.occasions.when(voice, draft.at)
        return Candidate(
            kind=voice.kind,
            content=(_sentence(self.document, draft.at),),
            claim=draft.claim,
            actor=speaker.slug,
            speaks_for=speaks_for(self.actors.get(speaker.slug), self.document),
            value=draft.reading.value,
            cue=(_span(voice.cue),) if voice.cue is not None else (),
            source=(speaker.span,) if speaker.span.end else (),
            condition=draft.reading.condition,
            stated_on=when.on,
            stated_precision=when.precision,
            stated_basis=when.basis,
            confidence=confidence(draft),
            reasons=_reasons(draft),
            actor_guesses=speaker.guesses,
            claim_guesses=self.claims.of(draft),
            unknown=speaker.unknown,
            features=parts_of(draft),
        )


def _reasons(draft: Draft) -> tuple[str, ...]:
    speaker = draft.voice.speaker
    who = speaker.guesses[0].reasons if speaker.guesses else ()
    if speaker.unknown is not None:
        who = (_doubt(speaker.unknown.name, speaker.guesses),)
    return (*who, *draft.reasons, *draft.reading.reasons)


def _doubt(name: str, guesses: tuple[Guess, ...]) -> str:
    may_be = ", ".join(guess.slug for guess in guesses)
    return f"“{name}” may be {may_be}" if may_be else f"“{name}” is nobody known"


def _sentence(document: Document, token: Token) -> Span:
    start, end = token.sent.start_char, token.sent.end_char
    words = document.text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + len(words.rstrip()))


def confidence(draft: Draft) -> float:
    """How sure a draft is: the product of its parts."""
    return round(prod(parts_of(draft).values()), 3)


def parts_of(draft: Draft) -> dict[str, float]:
    """How sure each part of a draft is: who, on what, said how, which value."""
    return {
        "sure_speaker": draft.voice.speaker.score,
        "sure_claim": 0.5 + 0.5 * min(1.0, draft.certainty),
        "sure_voice": draft.voice.weight,
        "sure_value": draft.reading.score,
    }


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each actor, claim and content: the surest."""
    best: dict[tuple[str, str, tuple[Span, ...]], Candidate] = {}
    for candidate in candidates:
        key = (candidate.speaker, candidate.claim, candidate.content)
        if candidate.confidence < (LEAST_UNKNOWN if candidate.unknown else LEAST):
            continue
        if key not in best or best[key].confidence < candidate.confidence:
            best[key] = candidate
    return sorted(best.values(), key=lambda c: (c.content, c.actor, c.claim))


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
