"""What a parser finds in a file, and why it may find nothing."""

from dataclasses import dataclass

MAX_TEXT_LENGTH = 2_000_000


class UnreadableError(Exception):
    """No text can be had from this file; ``str(error)`` says why in plain words."""


class TextTooLongError(UnreadableError):
    """There is more text than a document may have."""


@dataclass(frozen=True)
class File:
    """A file's bytes with what its sender says about it, which may be wrong."""

    content: bytes
    name: str = ""
    content_type: str = ""
    charset: str = ""
    url: str = ""
    format: str = (
        ""  # where the caller knows it: a pasted text is plain whatever it says
    )


@dataclass(frozen=True)
class Found:
    """The text of a file and what the file says about it; empty is unknown."""

    text: str
    title: str = ""
    byline: str = ""
    published_on: str = ""
    published_precision: str = ""
    language: str = ""
    canonical_url: str = ""
    note: str = ""
    date_basis: str = ""  # the words of the text that state the date


@dataclass(frozen=True)
class FoundEntry:
    """One entry of a feed; empty is unknown."""

    guid: str
    link: str
    title: str
    updated: str
    published_on: str = ""
    published_precision: str = ""


@dataclass(frozen=True)
class FoundFeed:
    """The entries of a feed that are taken, and how many more there were."""

    entries: tuple[FoundEntry, ...]
    tossed: int = 0
    title: str = ""


def bounded(text: str) -> str:
    """Return the text; raises TextTooLongError past the limit."""
    if len(text) > MAX_TEXT_LENGTH:
        msg = f"The file holds more than {MAX_TEXT_LENGTH:,} characters of text."
        raise TextTooLongError(msg)
    return text
