"""Store a text as a document: once, as a version, beside its twin, and announce it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from sources.announcements import document_stored
from sources.cleaning import MAX_TEXT_LENGTH, BrokenTextError, clean, clean_line
from sources.models import Document, IngestionOutcome, Precision, Source
from sources.refusals import IntakeRefusedError

if TYPE_CHECKING:
    from sources import shingles

MAX_CANDIDATES = 50
STORING_LOCK = 7_305_001  # any number that no other advisory lock uses


class EmptyTextError(IntakeRefusedError):
    """There is nothing to read."""


class TextTooLongError(IntakeRefusedError):
    """The text is longer than a document may be."""


class UnreadableCharactersError(IntakeRefusedError):
    """The text holds characters that cannot be stored."""


class DatePrecisionError(IntakeRefusedError):
    """A date and its precision do not belong together."""


@dataclass(frozen=True)
class Text:
    """A clean text with what is known about it, ready to be stored."""

    body: str
    title: str = ""
    byline: str = ""
    source: Source | None = None
    published_on: date | None = None
    published_precision: str = ""
    language: str = ""
    url: str = ""
    canonical_url: str = ""
    raw_hash: str = ""

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @cached_property
    def shingles(self) -> "shingles.Hashes":
        """Hashes of its five-word runs."""
        from sources import shingles  # noqa: PLC0415 - numpy, which web servers do not need

        return shingles.shingles(self.body)

    @cached_property
    def bands(self) -> list[int]:
        """Keys under which near-duplicates are looked up."""
        from sources import shingles  # noqa: PLC0415

        return shingles.bands(self.shingles)


@dataclass(frozen=True)
class Stored:
    """The document that a text ended in, and how."""

    document: Document
    outcome: IngestionOutcome
    note: str

    @property
    def is_duplicate(self) -> bool:
        """Whether the very same text was there before."""
        return self.outcome == IngestionOutcome.DUPLICATE


def clean_body(text: str) -> str:
    """Return the text as it is stored.

    Raises EmptyTextError, TextTooLongError, UnreadableCharactersError.
    """
    try:
        body = clean(text)
    except BrokenTextError as error:
        raise UnreadableCharactersError(str(error)) from error
    if not body.strip():
        msg = "The text is empty."
        raise EmptyTextError(msg)
    if len(body) > MAX_TEXT_LENGTH:
        msg = f"The text has {len(body):,} characters; at most {MAX_TEXT_LENGTH:,} can be taken in."
        raise TextTooLongError(msg)
    return body


def checked_precision(published_on: date | None, precision: str) -> str:
    """Pair a date with its precision, a full day by default; raises DatePrecisionError."""
    if published_on is None and precision:
        msg = "A precision was given without a date: give both or neither."
        raise DatePrecisionError(msg)
    if precision and precision not in Precision.values:
        msg = f"“{precision}” is no precision: use day, month or year."
        raise DatePrecisionError(msg)
    return precision or (Precision.DAY if published_on else "")


def prepared(text: Text) -> Text:
    """Compute the expensive fingerprints before any transaction begins."""
    _ = text.content_hash, text.bands
    return text


def store(text: Text, *, by: AbstractBaseUser | None) -> Stored:
    """Store a text unless it is there, and announce it; inside one short transaction.

    The same text again is linked to the first. A changed text of the same address
    becomes its next version. Nearly the same text is stored and flagged with its twin.
    """
    with transaction.atomic():
        take_turns()
        if known := Document.objects.filter(content_hash=text.content_hash).first():
            return Stored(
                known, IngestionOutcome.DUPLICATE, duplicate_note(known, text)
            )
        document = insert(text, previous=latest_version(text.canonical_url), by=by)
        document_stored.send(sender=Document, document=document)
    return Stored(document, outcome_of(document), note_of(document))


def take_turns() -> None:
    """Let one transaction store at a time, so that twins and versions see each other.

    A worker that freezes while it holds its turn is disconnected by the database.
    """
    patience = f"{int(settings.JOB_LEASE_SECONDS * 1000)}ms"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('idle_in_transaction_session_timeout', %s, true),"
            " pg_advisory_xact_lock(%s)",
            [patience, STORING_LOCK],
        )


def latest_version(canonical_url: str) -> Document | None:
    """Return the newest text of an address."""
    if not canonical_url:
        return None
    versions = Document.objects.filter(canonical_url=canonical_url)
    return versions.order_by("-version").first()


def insert(
    text: Text, *, previous: Document | None, by: AbstractBaseUser | None
) -> Document:
    """Insert the document as the version after ``previous``."""
    twin, similarity = twin_of(text) or (None, None)
    return Document.objects.create(
        source=text.source or (previous.source if previous else None),
        title=clean_line(text.title, 500),
        byline=clean_line(text.byline, 300),
        body=text.body,
        url=text.url,
        canonical_url=text.canonical_url,
        version=previous.version + 1 if previous else 1,
        previous=previous,
        published_on=text.published_on,
        published_precision=text.published_precision,
        language=text.language,
        content_hash=text.content_hash,
        raw_hash=text.raw_hash,
        shingle_bands=text.bands,
        near_duplicate_of=twin,
        similarity=similarity,
        created_by_id=by.pk if by else None,
    )


def twin_of(text: Text) -> tuple[Document, float] | None:
    """Return the oldest document that is nearly the same, with their resemblance."""
    from sources import shingles  # noqa: PLC0415

    candidates = Document.objects.filter(shingle_bands__overlap=text.bands)
    for candidate in candidates.order_by("pk")[: MAX_CANDIDATES if text.bands else 0]:
        similarity = shingles.resemblance(
            text.shingles, shingles.shingles(candidate.body)
        )
        if similarity >= shingles.NEARLY_THE_SAME:
            return candidate, similarity
    return None


def outcome_of(document: Document) -> IngestionOutcome:
    """Say how a new document was stored."""
    if document.version > 1:
        return IngestionOutcome.NEW_VERSION
    if document.near_duplicate_of_id:
        return IngestionOutcome.NEAR_DUPLICATE
    return IngestionOutcome.STORED


def note_of(document: Document) -> str:
    """Say in words what was noticed while storing."""
    notes = []
    if document.version > 1:
        notes.append(
            f"The text at this address has changed: stored as version {document.version}."
        )
    if twin := document.near_duplicate_of:
        share = f"{document.similarity or 0:.0%}"
        notes.append(
            f"Nearly the same ({share}) as document {twin.pk}, “{twin}”: both are kept."
        )
    return " ".join(notes)


def duplicate_note(known: Document, text: Text) -> str:
    """Say in words which document has the same text already."""
    other = (
        f" It was found at another address, {text.url}."
        if text.canonical_url and text.canonical_url != known.canonical_url
        else ""
    )
    return f"The same text is already stored as document {known.pk}, “{known}”.{other}"
