"""A stored text as extractors take it."""

from extraction.interface import Document as Text
from sources.models import Document


def text_of(document: Document) -> Text:
    """Return a stored document as extractors take it."""
    return Text(
        text=document.body,
        id=str(document.pk),
        title=document.title,
        author=document.byline,
        language=document.language,
        published_on=document.published_on,
    )
