"""Have the language model read a document, and weigh what it finds against the offline engine's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from claims.extractors import model_is_on, with_model
from claims.models import Suggestion, SuggestionState
from claims.operations.extracting import known_actors, known_claims
from claims.operations.history import as_done_by
from claims.operations.model_budget import DailyBudget
from claims.operations.scoring import scorer_in_use
from claims.operations.suggestions import record_suggestions
from claims.operations.texts import text_of
from extraction.agreement import agree, compare, same_act
from extraction.features import CONFIDENCE
from extraction.interface import Candidate, Kind, Span, Unknown, Value
from extraction.llm.failures import (
    ModelBusyError,
    ModelRefusedError,
    ModelUnreachableError,
)
from extraction.llm.results import ModelReading, Stopped
from jobs.kinds import NotNowError, PermanentError, TransientError
from sources.models import Document

if TYPE_CHECKING:
    from extraction.llm.extractor import ModelExtractor

SWITCHED_OFF = (
    "The language-model engine is switched off: the offline engine reads alone."
)
BUDGET_SPENT = (
    "The day's budget of {tokens} tokens for the language model is used up: "
    "the offline engine reads alone."
)
MODEL = "model"
TURN = 7_403_118_829  # any number that no other advisory lock of this database has
SECONDS_BETWEEN_TURNS = 30.0


def extract_with_model(document_id: int, **_extra: Any) -> Callable[[], str]:
    """Ask the model outside any transaction; the returned function stores what was found."""
    if not model_is_on():
        return lambda: SWITCHED_OFF
    document = Document.objects.get(pk=document_id)
    engine = with_model(DailyBudget(settings.MODEL_DAILY_BUDGET))
    with one_at_a_time():
        reading = read(engine, document)
    if reading.stopped is Stopped.BUDGET and not reading.usage.calls:
        spent = BUDGET_SPENT.format(tokens=settings.MODEL_DAILY_BUDGET)
        return lambda: spent
    return lambda: store(document, engine, reading)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a single worker wait for the model, so that the others are free for the offline engine.

    The lock is the connection's: it is gone with a killed worker. Raises NotNowError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
        (taken,) = cursor.fetchone()
        if not taken:
            reason = "The language model reads another text first."
            raise NotNowError(reason, seconds=SECONDS_BETWEEN_TURNS)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def read(engine: "ModelExtractor", document: Document) -> ModelReading:
    """Read a document; raises TransientError or PermanentError with a reason in words."""
    try:
        return engine.read(text_of(document), known_actors(), known_claims())
    except ModelBusyError as error:
        raise TransientError(str(error), retry_after=error.retry_after) from error
    except ModelUnreachableError as error:
        raise TransientError(str(error)) from error
    except ModelRefusedError as error:
        raise PermanentError(str(error)) from error


def store(document: Document, engine: "ModelExtractor", reading: ModelReading) -> str:
    """Store new candidates; those that the offline engine found too make its own surer."""
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    with as_done_by(None, extractor=engine.name):
        weighed = Weighed(document, reading.candidates)
        recorded = record_suggestions(
            document=document,
            candidates=weighed.new,
            extractor_name=engine.name,
            extractor_version=engine.version,
        )
    return "; ".join(
        [
            *([f"Not read to the end, {reading.stopped}"] if reading.stopped else []),
            recorded.words(),
            f"{weighed.agreeing} agree with the offline engine, {weighed.contrary} disagree",
            *spent_and_lost(reading),
        ]
    )


def spent_and_lost(reading: ModelReading) -> list[str]:
    """Say what the calls took and what of their answers was left out."""
    usage = reading.usage
    said = [f"{usage.tokens} tokens in {usage.calls} calls"]
    if reading.cut_off:
        said.append(f"{reading.cut_off} answers were cut off")
    lost = [f"{times} {why}" for why, times in sorted(reading.dropped.items())]
    if lost:
        said.append("left out: " + ", ".join(lost))
    return said


class Weighed:
    """The model's candidates against the suggestions that a document has already."""

    def __init__(self, document: Document, candidates: list[Candidate]) -> None:
        """Make agreeing open suggestions surer, and keep what is new."""
        rows = list(
            Suggestion.objects.filter(evidence__document=document)
            .select_related("actor", "claim", "evidence")
            .order_by("pk")
        )
        self.open = [
            (row, candidate_of(row))
            for row in rows
            if row.extractor != MODEL and row.state == SuggestionState.OPEN
        ]
        settled = [
            candidate_of(row)
            for row in rows
            if row.extractor == MODEL or row.state != SuggestionState.OPEN
        ]
        fresh = [c for c in candidates if not any(repeats(c, s) for s in settled)]
        theirs = [candidate for _, candidate in self.open]
        offline = next((row.extractor for row, _ in self.open), "")
        compared = compare(theirs, fresh, (offline, MODEL))
        self._make_surer(compared.first)
        self.new = [
            found
            for found in compared.second
            if not any(repeats(found, other) for other in theirs)
        ]
        self.agreeing = len(fresh) - len(self.new)
        self.contrary = sum(
            any(same_act(found, other) and other.value for other in theirs)
            for found in self.new
        )

    def _make_surer(self, weighed: list[Candidate]) -> None:
        """Write down what changed; a second reading adds nothing to the first."""
        for (row, before), after in zip(self.open, weighed, strict=True):
            if after == before or weighed_before(row):
                continue
            row.score, row.reasons = after.confidence, list(after.reasons)
            if row.features:
                row.features |= {CONFIDENCE: after.confidence} | dict(after.features)
                scorer = scorer_in_use(row.extractor, row.extractor_version)
                row.score = scorer.score_of(row)
            row.save(update_fields=["score", "reasons", "features"])


def repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same of the same act."""
    return same_act(one, other) and (agree(one, other) or one.value == other.value)


def weighed_before(row: Suggestion) -> bool:
    """Whether the model's word is among the reasons already."""
    return any(reason.startswith(f"The engine “{MODEL}”") for reason in row.reasons)


def candidate_of(row: Suggestion) -> Candidate:
    """Return a stored suggestion as engines propose it, as far as agreement needs it."""
    return Candidate(
        kind=Kind(row.kind) if row.kind else Kind.INDIRECT,
        content=(Span(row.evidence.start, row.evidence.end),),
        also=tuple(
            Span(span["start"], span["end"])
            for span in row.spans
            if span["role"] == "also"
        ),
        claim=row.claim.slug,
        actor=row.actor.slug if row.actor else "",
        unknown=None if row.actor else Unknown(row.mention, row.mention_kind),
        value=Value(row.value) if row.value else None,
        confidence=row.confidence,
        reasons=tuple(row.reasons),
    )
