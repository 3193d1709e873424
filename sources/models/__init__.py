"""The rows of the app by subject; Django and the other apps look for them here."""

from sources.models.documents import Document, Precision
from sources.models.ingestions import Ingestion, IngestionKind, IngestionOutcome
from sources.models.publishers import Feed, FeedEntry, Source, SourceKind

__all__ = [
    "Document",
    "Feed",
    "FeedEntry",
    "Ingestion",
    "IngestionKind",
    "IngestionOutcome",
    "Precision",
    "Source",
    "SourceKind",
]
