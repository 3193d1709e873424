"""Have an extractor read a stored document: rows to plain data and back to suggestions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch

from actors.models import Actor, Affiliation
from claims.extractors import current, model_is_on
from claims.models import Claim, ClaimStatus
from claims.operations.history import as_done_by
from claims.operations.suggestions import record_suggestions
from claims.operations.texts import text_of
from extraction.interface import (
    Extractor,
    KnownActor,
    KnownClaim,
    Name,
    Office,
)
from extraction.languages.detection import why_unread
from jobs.operations import enqueue
from sources.models import Document

EXTRACT, EXTRACT_WITH_MODEL = "extract", "extract_with_model"


def request_extraction(*, document: Document, **_announced: Any) -> None:
    """Queue the reading of a new document, in the transaction that stores it."""
    enqueue(
        kind=EXTRACT,
        payload={"document_id": document.pk},
        by=document.created_by,
        dedupe_key=str(document.pk),
    )


def extract_document(
    document_id: int, *, extractor: Extractor | None = None, **_extra: Any
) -> Callable[[], str]:
    """Read a document outside any transaction; the returned function stores what was found."""
    reader = extractor or current()
    document = Document.objects.get(pk=document_id)
    text = text_of(document)
    candidates = reader.extract(text, known_actors(), known_claims())

    def store() -> str:
        request_reading_with_model(document)
        with as_done_by(None, extractor=reader.name):
            recorded = record_suggestions(
                document=document,
                candidates=candidates,
                extractor_name=reader.name,
                extractor_version=reader.version,
            )
        return why_unread(text) or recorded.words()

    return store


def request_reading_with_model(document: Document) -> None:
    """Queue the slower reading, where a language model is set, behind that by the rules."""
    if model_is_on():
        enqueue(
            kind=EXTRACT_WITH_MODEL,
            payload={"document_id": document.pk},
            by=document.created_by,
            dedupe_key=str(document.pk),
        )


def known_actors() -> list[KnownActor]:
    """Return every actor with its names, dated offices and members."""
    offices = Affiliation.objects.select_related("speaks_for").order_by("pk")
    actors = Actor.objects.order_by("pk").prefetch_related(
        "aliases", Prefetch("affiliations", offices), "members__member"
    )
    return [_known_actor(actor) for actor in actors]


def _known_actor(actor: Actor) -> KnownActor:
    return KnownActor(
        slug=actor.slug,
        kind=actor.kind,
        name=actor.name,
        aliases=tuple(Name(alias.name, alias.kind) for alias in actor.aliases.all()),
        offices=tuple(_office(held) for held in actor.affiliations.all()),
        members=tuple(dict.fromkeys(row.member.slug for row in actor.members.all())),
    )


def _office(held: Affiliation) -> Office:
    return Office(
        speaks_for=held.speaks_for.slug,
        office=held.office,
        rank=held.rank,
        start=held.period.lower,
        end=held.period.upper,
    )


def known_claims() -> list[KnownClaim]:
    """Return the tracked claims with their example phrases."""
    tracked = Claim.objects.filter(status=ClaimStatus.ACTIVE).order_by("pk")
    return [
        KnownClaim(
            slug=claim.slug,
            title=claim.title,
            proposition=claim.proposition,
            phrases=tuple(phrase.text for phrase in claim.phrases.all()),
            coding_rule=claim.coding_rule,
        )
        for claim in tracked.prefetch_related("phrases")
    ]
