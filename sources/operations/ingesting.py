"""The work of an ingestion's job: get the bytes, read them apart, store the text."""

from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath

from jobs.kinds import Commit
from sources.addresses import adopted_canonical_url
from sources.fetch.following import safe_fetch
from sources.fetch.robots import check_robots
from sources.languages import language_of
from sources.models import Ingestion, IngestionKind
from sources.operations.storing import Stored, Text, clean_body, prepared, store
from sources.parsing.found import File, Found
from sources.parsing.sandbox import read_file
from sources.parsing.signature import Format
from sources.refusals import IntakeRefusedError


class IngestionGoneError(IntakeRefusedError):
    """The request was deleted before its turn came."""


def ingest(*, ingestion_id: int) -> Commit:
    """Take one text in; a request that is already decided is left as it is.

    Raises IntakeRefusedError with a reason in plain words, and TransientError.
    """
    rows = Ingestion.objects.select_related("source", "requested_by")
    ingestion = rows.filter(pk=ingestion_id).first()
    if ingestion is None:
        msg = "The request to take this text in was deleted."
        raise IngestionGoneError(msg)
    if ingestion.outcome:
        return partial(str, "Nothing to do: this text was taken in before.")
    file = file_of(ingestion)
    text = text_of(ingestion, file, found := read_file(file))
    return partial(finish, ingestion, prepared(text), noticed(ingestion, found))


def file_of(ingestion: Ingestion) -> File:
    """Get the bytes: as handed in, or fetched."""
    if ingestion.kind == IngestionKind.PASTE:
        return File(
            bytes(ingestion.raw or b""), charset="utf-8", format=Format.PLAIN.value
        )
    if ingestion.kind == IngestionKind.UPLOAD:
        content = bytes(ingestion.raw or b"")
        return File(content, name=ingestion.file_name, url=ingestion.url)
    if ingestion.kind == IngestionKind.FEED_ENTRY:
        check_robots(ingestion.url)
    answer = safe_fetch(ingestion.url)
    return File(
        answer.content,
        content_type=answer.content_type,
        charset=answer.charset,
        url=answer.url,
    )


def text_of(ingestion: Ingestion, file: File, found: Found) -> Text:
    """Put the text and what is known of it together; people know better than pages."""
    url = file.url or ingestion.url
    body = clean_body(found.text)
    by_hand = ingestion.published_on is not None
    found_on = date.fromisoformat(found.published_on) if found.published_on else None
    return Text(
        body=body,
        title=ingestion.title or found.title or name_of(file.name, url),
        byline=ingestion.byline or found.byline,
        source=ingestion.source,
        published_on=ingestion.published_on if by_hand else found_on,
        published_precision=(
            ingestion.published_precision if by_hand else found.published_precision
        ),
        language=ingestion.language or language_of(body, found.language),
        url=url,
        canonical_url=adopted_canonical_url(url, found.canonical_url) if url else "",
        raw_hash=raw_hash(file),
    )


def name_of(file_name: str, url: str) -> str:
    """Name a text without a title: its file without the ending, else its address."""
    return PurePosixPath(file_name).stem.strip() or url


def noticed(ingestion: Ingestion, found: Found) -> str:
    """Say in words what was odd, and where the date comes from if from the text."""
    by_hand = ingestion.published_on is not None
    if by_hand or not found.date_basis:
        return found.note
    said = f"Published {found.published_on}, as the text says: “{found.date_basis}”."
    return f"{found.note} {said}".strip()


def raw_hash(file: File) -> str:
    """SHA-256 of the bytes taken in."""
    return sha256(file.content).hexdigest()


def finish(ingestion: Ingestion, text: Text, noticed: str) -> str:
    """Store the text and say on the ledger row what became of it."""
    stored = store(text, by=ingestion.requested_by)
    note = " ".join(part for part in (stored.note, noticed) if part)
    Ingestion.objects.filter(pk=ingestion.pk).update(
        outcome=stored.outcome, document=stored.document, note=note
    )
    return outcome_in_words(stored)


def outcome_in_words(stored: Stored) -> str:
    """One sentence for the job list."""
    return stored.note or f"Stored as document {stored.document.pk}."
