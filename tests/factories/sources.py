"""Sources, feeds, documents and ingestions for tests."""

import hashlib
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from jobs.models import Job
from sources.models import (
    Document,
    Feed,
    FeedEntry,
    Ingestion,
    IngestionKind,
    Precision,
    Source,
    SourceKind,
)


class SourceFactory(DjangoModelFactory[Source]):
    """A newspaper."""

    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    name = factory.Sequence(lambda n: f"Gazette {n}")
    kind = SourceKind.NEWSPAPER


class FeedFactory(DjangoModelFactory[Feed]):
    """An active feed."""

    class Meta:
        model = Feed

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence(lambda n: f"https://gazette.example/{n}.xml")


class FeedEntryFactory(DjangoModelFactory[FeedEntry]):
    """An entry seen in a feed."""

    class Meta:
        model = FeedEntry

    feed = factory.SubFactory(FeedFactory)
    entry_key = factory.Sequence(lambda n: f"{n:064x}")


def body_hash(document: Any) -> str:
    """SHA-256 of the body, as the intake computes it."""
    return hashlib.sha256(document.body.encode()).hexdigest()


class DocumentFactory(DjangoModelFactory[Document]):
    """A text of its own, published on a known day."""

    class Meta:
        model = Document

    source = factory.SubFactory(SourceFactory)
    title = factory.Sequence(lambda n: f"Report {n}")
    body = factory.Sequence(
        lambda n: (
            f"Report {n}. “We must not rule out sending troops,” the president said.\n"
            "The chancellor disagreed: no soldiers will be sent."
        )
    )
    published_on = date(2024, 3, 1)
    published_precision = Precision.DAY
    language = "en"
    content_hash = factory.LazyAttribute(body_hash)


class JobFactory(DjangoModelFactory[Job]):
    """A job that waits."""

    class Meta:
        model = Job

    kind = "ingest"


class IngestionFactory(DjangoModelFactory[Ingestion]):
    """A pasted text that waits to be taken in."""

    class Meta:
        model = Ingestion

    kind = IngestionKind.PASTE
    raw = b"A pasted text."
    job = factory.SubFactory(JobFactory)
