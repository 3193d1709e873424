"""Log, amend, publish and retract stances; each refusal says what to do about it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Never

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from actors.models import Actor, ActorKind, Affiliation, Rank
from claims.dating import last_day
from claims.models import (
    Claim,
    Evidence,
    Stance,
    StanceState,
    Suggestion,
)
from claims.operations.history import as_done_by
from claims.operations.stated_dates import first_of_period, refuse_impossible_date
from claims.refusals import StanceRefusedError
from claims.rights import may_amend, may_retract
from sources.models import Document, Precision

AMENDABLE = frozenset(
    {
        "actor",
        "speaks_for",
        "claim",
        "value",
        "condition",
        "stated_on",
        "stated_precision",
        "evidence",
        "occasion",
        "note",
    }
)


class StanceAlreadyLoggedError(StanceRefusedError):
    """The same actor, claim and evidence have a stance already."""


class EvidenceMismatchError(StanceRefusedError):
    """The offsets don't hold the quoted words, or lie outside of the text."""

    field = "quote"


class UnknownValueError(StanceRefusedError):
    """The value isn't on the scale."""

    field = "value"


class UnconditionalConditionError(StanceRefusedError):
    """A condition came with a value that has none."""

    field = "condition"


class UnknownPrecisionError(StanceRefusedError):
    """The date's precision is none of day, month and year."""


class SpeaksForPersonError(StanceRefusedError):
    """One speaks for a country, an organisation or a group, not for a person."""

    field = "speaks_for"


class ReasonMissingError(StanceRefusedError):
    """A retraction needs its reason."""


class StanceRetractedError(StanceRefusedError):
    """The stance has been retracted: log a new one instead."""


class StanceChangedMeanwhileError(StanceRefusedError):
    """Somebody else saved the stance in the meantime; ``stance`` is the row as it is now."""

    def __init__(self, stance: Stance) -> None:
        super().__init__(
            "Somebody else changed this stance while you were editing it. "
            "Compare both versions and save again."
        )
        self.stance = stance


class NotYoursError(PermissionDenied):
    """Analysts change what they logged themselves; leads change any stance."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else logged this stance: ask them or a lead to change it."
        )


REFUSALS: dict[str, tuple[type[StanceRefusedError], str]] = {
    "claims_stance_logged_once": (
        StanceAlreadyLoggedError,
        "This actor has a stance on this claim with the same words as evidence already. "
        "Open and amend that one, or choose other words.",
    ),
    "claims_evidence_quote_equals_text": (
        EvidenceMismatchError,
        "The quoted words are not those of the document at these offsets. "
        "Select the words again.",
    ),
    "claims_evidence_span_ordered": (
        EvidenceMismatchError,
        "The quote ends before it starts. Select the words again.",
    ),
    "claims_stance_value_known": (
        UnknownValueError,
        "Choose one of the five values, from oppose to support.",
    ),
    "claims_stance_condition_is_conditional": (
        UnconditionalConditionError,
        "A condition goes only with conditional support or conditional opposition. "
        "Choose a conditional value or leave the condition empty.",
    ),
    "claims_stance_precision_known": (
        UnknownPrecisionError,
        "Say whether the date is known to the day, the month or the year.",
    ),
    "claims_stance_retraction_has_reason": (
        ReasonMissingError,
        "Say why the stance is retracted: readers of its history will ask.",
    ),
}


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Turn violated constraints into refusals by name; unknown ones pass through."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DatabaseError) as error:
        refusal = REFUSALS.get(violated_constraint(error))
        if refusal is None:
            raise
        kind, message = refusal
        raise kind(message) from error


def violated_constraint(error: Exception) -> str:
    """Name the constraint that the database reports, "" where there is none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def log_stance(  # noqa: PLR0913 - a stance has these parts
    *,
    by: User | None,
    actor: Actor,
    claim: Claim,
    value: str,
    document: Document,
    start: int,
    end: int,
    stated_on: dt.date | None,
    stated_precision: str = Precision.DAY,
    speaks_for: Actor | None = None,
    quote: str | None = None,
    condition: str = "",
    occasion: str = "",
    note: str = "",
    state: str = StanceState.PUBLISHED,
    suggestion: Suggestion | None = None,
    today: dt.date | None = None,
) -> Stance:
    """Store a stance with its evidence; ``speaks_for`` is found out where not given.

    ``quote`` is compared with the text where given, ``today`` is the database's day
    where not given. Raises a StanceRefusedError.
    """
    day = first_of_period(stated_on, stated_precision)
    refuse_impossible_date(document, day, stated_precision, today)
    with refusals_in_words(), as_done_by(by):
        return Stance.objects.create(
            actor=actor,
            speaks_for=speaking_for(actor, day, stated_precision, speaks_for),
            claim=claim,
            value=value,
            condition=condition.strip(),
            stated_on=day,
            stated_precision=stated_precision,
            evidence=evidence_at(document, start, end, quote),
            occasion=occasion.strip(),
            note=note.strip(),
            state=state,
            suggestion=suggestion,
            coder=by,
        )


def evidence_at(
    document: Document, start: int, end: int, quote: str | None = None
) -> Evidence:
    """Find or store the evidence of a span; raises EvidenceMismatchError."""
    words = document.quote(start, end)
    if not 0 <= start < end <= len(document.body) or not words.strip():
        raise EvidenceMismatchError(
            f"There are no words from {start} to {end} in this text of "
            f"{len(document.body)} characters. Select the words again."
        )
    if quote is not None and quote != words:
        raise EvidenceMismatchError(
            "The quoted words are not those of the document at these offsets. "
            "Select the words again."
        )
    evidence, _ = Evidence.objects.get_or_create(
        document=document, start=start, end=end, defaults={"quote": words}
    )
    return evidence


def locate_quote(document: Document, quote: str) -> tuple[int, int]:
    """Find the one place of ``quote`` in the text; raises EvidenceMismatchError."""
    start = document.body.find(quote) if quote.strip() else -1
    if start < 0:
        raise EvidenceMismatchError(
            "These words are not in the text. Copy them exactly as they stand there."
        )
    if document.body.find(quote, start + 1) >= 0:
        raise EvidenceMismatchError(
            "These words stand in the text more than once. "
            "Quote more words, or give the offsets."
        )
    return start, start + len(quote)


def speaking_for(
    actor: Actor, day: dt.date, precision: str, given: Actor | None = None
) -> Actor | None:
    """For whom a stance counts: as given, else the body itself, else the highest office.

    An office on the period's last day goes before one held earlier in it.
    """
    if actor.kind != ActorKind.PERSON:
        return actor
    if given is not None:
        if given.kind == ActorKind.PERSON:
            raise SpeaksForPersonError(
                "One speaks for a country, an organisation or a group. "
                "Choose one of these, or leave it empty."
            )
        return given
    last = last_day(day, precision)
    offices = actor.affiliations.select_related("speaks_for")
    return _highest(offices.on(last)) or _highest(
        offices.filter(period__overlap=(day, last))
    )


def _highest(offices: Any) -> Actor | None:
    held: list[Affiliation] = list(offices)
    order = list(Rank.values)
    best = min(
        held, key=lambda office: (order.index(office.rank), -office.pk), default=None
    )
    return best.speaks_for if best else None


def amend_stance(
    *, stance: Stance, by: User | None, version: int, **changes: Any
) -> Stance:
    """Change a stance as seen at ``version``; returns it as stored.

    Takes any of AMENDABLE, or ``start`` and ``end`` for other words of the same
    document. Raises StanceChangedMeanwhileError, NotYoursError or a StanceRefusedError.
    """
    if by is not None and not may_amend(by, stance):
        raise NotYoursError
    with refusals_in_words(), as_done_by(by):
        fields = _amended_fields(stance, changes)
        _update_version(stance, version, fields)
    return Stance.objects.with_parts().get(pk=stance.pk)


def _amended_fields(stance: Stance, changes: dict[str, Any]) -> dict[str, Any]:
    fields = dict(changes)
    if "start" in fields:
        document = stance.evidence.document
        fields["evidence"] = evidence_at(
            document, fields.pop("start"), fields.pop("end"), fields.pop("quote", None)
        )
    if unknown := fields.keys() - AMENDABLE:
        raise TypeError(f"amend_stance() cannot change {sorted(unknown)}")
    precision = fields.get("stated_precision", stance.stated_precision)
    day = first_of_period(fields.get("stated_on", stance.stated_on), precision)
    if fields.keys() & {"actor", "stated_on", "stated_precision", "speaks_for"}:
        refuse_impossible_date(stance.evidence.document, day, precision)
        actor = fields.get("actor", stance.actor)
        fields["stated_on"] = day
        fields["speaks_for"] = speaking_for(
            actor, day, precision, fields.get("speaks_for")
        )
    return fields


def _update_version(stance: Stance, version: int, fields: dict[str, Any]) -> None:
    rows = Stance.objects.filter(pk=stance.pk, version=version).standing()
    if not rows.update(version=F("version") + 1, **fields):
        refuse_stale(stance)


def refuse_stale(stance: Stance) -> Never:
    """Say why the row could not be changed: retracted, or changed by somebody else."""
    current = Stance.objects.with_parts().get(pk=stance.pk)
    if current.state == StanceState.RETRACTED:
        raise StanceRetractedError(
            f"This stance has been retracted ({current.retraction_reason}). "
            "Log a new one instead."
        )
    raise StanceChangedMeanwhileError(current)


def publish_stance(*, stance: Stance, by: User | None) -> Stance:
    """Show a draft to readers; publishing twice changes nothing."""
    if by is not None and not may_amend(by, stance):
        raise NotYoursError
    with as_done_by(by):
        changed = Stance.objects.filter(pk=stance.pk, state=StanceState.DRAFT).update(
            state=StanceState.PUBLISHED, version=F("version") + 1
        )
    stance.refresh_from_db()
    if not changed and stance.state == StanceState.RETRACTED:
        refuse_stale(stance)
    return stance


def retract_stance(*, stance: Stance, by: User | None, reason: str) -> Stance:
    """Withdraw a stance with its reason; it stays in the history.

    Raises NotYoursError, ReasonMissingError or StanceRetractedError.
    """
    if by is not None and not may_retract(by, stance):
        raise NotYoursError
    with refusals_in_words(), as_done_by(by):
        changed = (
            Stance.objects.filter(pk=stance.pk)
            .standing()
            .update(
                state=StanceState.RETRACTED,
                retraction_reason=reason.strip(),
                version=F("version") + 1,
            )
        )
    if not changed:
        refuse_stale(stance)
    stance.refresh_from_db()
    return stance
