"""Dates as pages write them for machines; what is ambiguous stays unknown."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
IN_PATH = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})/")
FIRST_YEAR, LAST_YEAR = 1900, 2100

Dated = tuple[str, str]
UNKNOWN: Dated = ("", "")


def read_date(text: str) -> Dated:
    """Return an ISO day and its precision, or two empty strings.

    Only forms that mean one thing everywhere are read: ISO 8601, RFC 2822 and
    ``YYYYMMDD``. ``01/02/2026`` is none of them.
    """
    stripped = text.strip()
    match = ISO.fullmatch(stripped) or COMPACT.fullmatch(stripped)
    if match:
        return dated(*(int(part) if part else None for part in match.groups()))
    try:
        moment = parsedate_to_datetime(stripped)
    except (ValueError, TypeError, IndexError):
        return UNKNOWN
    return dated(moment.year, moment.month, moment.day)


def date_in_path(url: str) -> Dated:
    """Read ``/2024/03/05/`` in an address."""
    match = IN_PATH.search(url)
    return dated(*(int(part) for part in match.groups())) if match else UNKNOWN


def dated(year: int | None, month: int | None, day: int | None) -> Dated:
    """Check a date's parts; the stored day is the first of the period."""
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return UNKNOWN
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return UNKNOWN
    precision = "day" if day else "month" if month else "year"
    return first.isoformat(), precision
