"""Correct what is known about a stored text; the text itself never changes."""

from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser

from sources.cleaning import clean_line
from sources.models import Document
from sources.operations import checked_language
from sources.operations.storing import checked_precision

CORRECTABLE = (
    "title",
    "byline",
    "source",
    "published_on",
    "published_precision",
    "language",
)


def correct_document(
    *, document: Document, by: AbstractBaseUser, **fields: Any
) -> Document:
    """Change some of ``CORRECTABLE``; the history keeps what stood before, and who changed it.

    A date given without its precision is one of a day. Raises DatePrecisionError,
    UnknownLanguageError, and TypeError for any other field.
    """
    if unknown := set(fields) - set(CORRECTABLE):
        msg = f"Not to be corrected: {', '.join(sorted(unknown))}."
        raise TypeError(msg)
    for name, value in checked(fields).items():
        setattr(document, name, value)
    with pghistory.context(user=by.pk, by=by.get_username()):
        document.save(update_fields=CORRECTABLE)
    return document


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Bring the values into the shape in which they are stored."""
    shaped = dict(fields)
    if "title" in fields:
        shaped["title"] = clean_line(fields["title"], 500)
    if "byline" in fields:
        shaped["byline"] = clean_line(fields["byline"], 300)
    if "language" in fields:
        shaped["language"] = checked_language(fields["language"])
    if "published_on" in fields or "published_precision" in fields:
        day = fields.get("published_on")
        precision = checked_precision(day, fields.get("published_precision", ""))
        shaped |= {"published_on": day, "published_precision": precision}
    return shaped
