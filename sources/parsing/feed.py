"""The entries of RSS and Atom feeds."""

import io
import re
from typing import Any

import feedparser  # type: ignore[import-untyped]

from sources.parsing.dates import UNKNOWN, Dated, read_date
from sources.parsing.found import File, FoundEntry, FoundFeed, UnreadableError

MAX_ENTRIES = 2000
ENTRY_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
EPOCH = "1970-01-01"  # what many programs write for "unknown"


class NotAFeedError(UnreadableError):
    """The answer is no feed."""


def read_feed(file: File) -> FoundFeed:
    """Read the first 2,000 entries; raises NotAFeedError."""
    content, tossed = shortened(file.content)
    headers = {"content-location": file.url}
    if file.content_type:
        charset = f"; charset={file.charset}" if file.charset else ""
        headers["content-type"] = file.content_type + charset
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers)
    if not parsed.version and not parsed.entries:
        msg = "There is no RSS or Atom feed at this address."
        raise NotAFeedError(msg)
    return FoundFeed(
        entries=tuple(entry_of(entry) for entry in parsed.entries[:MAX_ENTRIES]),
        tossed=tossed + max(0, len(parsed.entries) - MAX_ENTRIES),
        title=parsed.feed.get("title", "")[:200],
    )


def shortened(content: bytes) -> tuple[bytes, int]:
    """Cut out all entries past the limit before parsing, which is slow on many."""
    ends = [match.end() for match in ENTRY_END.finditer(content)]
    if len(ends) <= MAX_ENTRIES:
        return content, 0
    kept = content[: ends[MAX_ENTRIES - 1]] + content[ends[-1] :]
    return kept, len(ends) - MAX_ENTRIES


def entry_of(entry: Any) -> FoundEntry:
    """Take what is used of an entry."""
    published_on, precision = published(entry)
    return FoundEntry(
        guid=str(entry.get("id", "")).strip(),
        link=str(entry.get("link", "")).strip(),
        title=str(entry.get("title", "")),
        updated=str(entry.get("updated", ""))[:100],
        published_on=published_on,
        published_precision=precision,
    )


def published(entry: Any) -> Dated:
    """Read the date where its form means one thing only."""
    found = read_date(str(entry.get("published", "")))
    return UNKNOWN if found[0] == EPOCH else found
