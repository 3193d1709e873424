"""Ask for texts to be taken in, and for feeds to be polled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models.expressions import Combinable

from jobs.models import Job
from jobs.operations import enqueue
from sources.addresses import canonical_url, checked_url
from sources.cleaning import clean_file_name, clean_line
from sources.models import Feed, FeedEntry, Ingestion, IngestionKind, Source
from sources.operations.storing import (
    EmptyTextError,
    Stored,
    Text,
    checked_precision,
    clean_body,
    prepared,
    store,
)
from sources.refusals import IntakeRefusedError

INGEST, POLL_FEED = "ingest", "poll_feed"
MAX_UPLOAD_BYTES = 20 * 1024 * 1024


class UploadTooLargeError(IntakeRefusedError):
    """The file is larger than what is taken in."""


class UnknownLanguageError(IntakeRefusedError):
    """The language is no ISO 639-1 code."""


class FeedPausedError(IntakeRefusedError):
    """A paused feed is not polled."""


@dataclass(frozen=True)
class Known:
    """What the person who hands a text in already knows about it."""

    title: str = ""
    byline: str = ""
    source: Source | None = None
    published_on: date | None = None
    published_precision: str = ""
    language: str = ""

    def columns(self) -> dict[str, Any]:
        """Values for the ingestion row; raises DatePrecisionError, UnknownLanguageError."""
        return {
            "title": clean_line(self.title, 500),
            "byline": clean_line(self.byline, 300),
            "source": self.source,
            "published_on": self.published_on,
            "published_precision": checked_precision(
                self.published_on, self.published_precision
            ),
            "language": checked_language(self.language),
        }


def checked_language(code: str) -> str:
    """Return a two-letter language code in lower case; raises UnknownLanguageError."""
    lowered = code.strip().lower()
    if lowered and not (len(lowered) == 2 and lowered.isascii() and lowered.isalpha()):
        msg = f"“{code}” is no language code: use two letters such as en, fr or de."
        raise UnknownLanguageError(msg)
    return lowered


def request_paste(  # noqa: PLR0913 - one row's columns, all by keyword
    *,
    text: str,
    by: AbstractBaseUser | None,
    title: str = "",
    byline: str = "",
    source: Source | None = None,
    published_on: date | None = None,
    published_precision: str = "",
    language: str = "",
    url: str = "",
) -> Ingestion:
    """Ask for a pasted text to be taken in.

    Raises EmptyTextError, TextTooLongError, UnreadableCharactersError, BadAddressError,
    DatePrecisionError and UnknownLanguageError.
    """
    known = Known(title, byline, source, published_on, published_precision, language)
    body = clean_body(text)
    return request(
        kind=IngestionKind.PASTE,
        by=by,
        known=known,
        raw=body.encode(),
        url=checked_url(url) if url else "",
    )


def request_upload(  # noqa: PLR0913 - one row's columns, all by keyword
    *,
    content: bytes,
    file_name: str,
    by: AbstractBaseUser | None,
    title: str = "",
    byline: str = "",
    source: Source | None = None,
    published_on: date | None = None,
    published_precision: str = "",
    language: str = "",
    url: str = "",
) -> Ingestion:
    """Ask for an uploaded file to be taken in; what it is shows when it is read.

    Raises EmptyTextError, UploadTooLargeError, BadAddressError, DatePrecisionError and
    UnknownLanguageError.
    """
    known = Known(title, byline, source, published_on, published_precision, language)
    if not content:
        msg = "The file is empty."
        raise EmptyTextError(msg)
    if len(content) > MAX_UPLOAD_BYTES:
        msg = f"The file is larger than {MAX_UPLOAD_BYTES // 1024**2} MB."
        raise UploadTooLargeError(msg)
    return request(
        kind=IngestionKind.UPLOAD,
        by=by,
        known=known,
        raw=content,
        file_name=clean_file_name(file_name),
        url=checked_url(url) if url else "",
    )


def request_url(
    *,
    url: str,
    by: AbstractBaseUser | None,
    source: Source | None = None,
    known: Known | None = None,
) -> Ingestion:
    """Ask for a web page or file to be fetched and taken in; raises BadAddressError."""
    return request(
        kind=IngestionKind.URL,
        by=by,
        known=known or Known(source=source),
        url=checked_url(url),
    )


def request_entry(
    *, entry: FeedEntry, known: Known, run_after: Combinable | None = None
) -> Ingestion:
    """Ask for a feed's entry to be fetched and taken in; raises BadAddressError."""
    return request(
        kind=IngestionKind.FEED_ENTRY,
        by=None,
        known=known,
        run_after=run_after,
        url=checked_url(entry.url),
        feed_entry=entry,
    )


def request(
    *,
    kind: IngestionKind,
    by: AbstractBaseUser | None,
    known: Known,
    run_after: Combinable | None = None,
    **columns: Any,
) -> Ingestion:
    """Write the ledger row and its job in one transaction."""
    with transaction.atomic():
        job = enqueue(kind=INGEST, payload={}, by=by, run_after=run_after)
        ingestion = Ingestion.objects.create(
            kind=kind,
            job=job,
            requested_by_id=by.pk if by else None,
            **known.columns(),
            **columns,
        )
        job.payload = {"ingestion_id": ingestion.pk}
        job.save(update_fields=["payload"])
    return ingestion


def request_poll(*, feed: Feed, by: AbstractBaseUser | None) -> Job:
    """Ask for a feed to be polled now, once; raises FeedPausedError."""
    if not feed.active:
        msg = f"The feed {feed} is paused: make it active first."
        raise FeedPausedError(msg)
    return enqueue(
        kind=POLL_FEED,
        payload={"feed_id": feed.pk},
        by=by,
        dedupe_key=f"feed:{feed.pk}",
    )


def store_text(  # noqa: PLR0913 - one row's columns, all by keyword
    *,
    body: str,
    by: AbstractBaseUser | None,
    title: str = "",
    byline: str = "",
    source: Source | None = None,
    published_on: date | None = None,
    published_precision: str = "",
    language: str = "",
    url: str = "",
) -> Stored:
    """Store a text at once, without a job: for fixtures and imports.

    Raises what ``request_paste`` raises.
    """
    text = Text(
        body=clean_body(body),
        title=title,
        byline=byline,
        source=source,
        published_on=published_on,
        published_precision=checked_precision(published_on, published_precision),
        language=checked_language(language),
        url=checked_url(url) if url else "",
        canonical_url=canonical_url(url) if url else "",
    )
    return store(prepared(text), by=by)
