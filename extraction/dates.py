"""When a stance was stated: dates in the sentence against the published date."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "a": 1,
    "an": 1,
}
NUMBERS |= {"several": 0, "seven": 7, "ten": 10, "couple": 2}
MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
MONTH += r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}\b\.?(?:,? ((?:19|20)\d\d))?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"\b{MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? ((?:19|20)\d\d))?",
    re.IGNORECASE,
)
IN_MONTH = re.compile(
    rf"\b(?:in|last|this|late|early|mid) {MONTH}\b\.?(?: ((?:19|20)\d\d))?",
    re.IGNORECASE,
)
IN_YEAR = re.compile(r"\b(?:in|during) ((?:19|20)\d\d)\b")
WEEKDAY = re.compile(
    rf"\b(?:(last|next|this|on|late|early|by|until|earlier)\s+)?({'|'.join(WEEKDAYS)})\b",
    re.IGNORECASE,
)
NAMED = (
    (re.compile(r"\bthe day before yesterday\b", re.IGNORECASE), 2),
    (re.compile(r"\b(?:yesterday|last night)\b", re.IGNORECASE), 1),
    (
        re.compile(
            r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE
        ),
        0,
    ),
)
AGO = re.compile(
    r"\b(\d+|[a-z]+) (day|week|month|year)s? (?:ago|earlier)\b", re.IGNORECASE
)
BOUNDARY = re.compile(
    r"\b(?:since|until|till|by|from|before|after|of|beyond|past|through)\s+"
    r"(?:the\s+|early\s+|late\s+|on\s+)?$",
    re.IGNORECASE,
)
LAST = re.compile(r"\b(last|earlier this) (week|month|year)\b", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """A date, how exact it is (day, month, year), and the words it rests on."""

    on: date | None
    precision: str = "day"
    basis: str = ""


@dataclass(frozen=True)
class Dated:
    """A date that stands at the code point ``start`` of a text."""

    start: int
    when: When


def stated_on(sentence: str, published_on: date | None) -> When:
    """Return when what ``sentence`` reports was stated; else the published date.

    Dates after the published day are plans, not the day of a statement.
    """
    found = dates_in(sentence, published_on)
    return found[0].when if found else published(published_on)


def published(on: date | None) -> When:
    """Return the published day as the day of a statement that names none."""
    return When(on, "day", "published date" if on else "")


def dates_in(text: str, published_on: date | None) -> list[Dated]:
    """Return the dates of ``text`` until the published day, the exactest kinds first."""
    return [
        Dated(match.start(), when)
        for pattern, read in READERS
        for match in pattern.finditer(text)
        if not BOUNDARY.search(text, max(0, match.start() - 24), match.start())
        and (when := read(match, published_on))
        and when.on
        and not _is_later(when.on, published_on)
    ]


def _is_later(day: date, published_on: date | None) -> bool:
    return published_on is not None and day > published_on


def _iso(match: re.Match[str], published_on: date | None) -> When | None:
    del published_on
    return _day(match, *map(int, match.groups()))


def _day_month(match: re.Match[str], published_on: date | None) -> When | None:
    return _of_day(match, match[1], match[2], match[3], published_on)


def _month_day(match: re.Match[str], published_on: date | None) -> When | None:
    return _of_day(match, match[2], match[1], match[3], published_on)


def _of_day(
    match: re.Match[str],
    day: str,
    month: str,
    year: str | None,
    published_on: date | None,
) -> When | None:
    number = _month_number(month)
    if year:
        return _day(match, int(year), number, int(day))
    if published_on is None:
        return None
    when = _day(match, published_on.year, number, int(day))
    if when and when.on and when.on > published_on:
        return _day(match, published_on.year - 1, number, int(day))
    return when


def _day(match: re.Match[str], year: int, month: int, day: int) -> When | None:
    try:
        return When(date(year, month, day), "day", match.group().strip())
    except ValueError:
        return None


def _month_number(name: str) -> int:
    key = name.casefold()
    return SHORT.get(key) or SHORT[key[:3]]


def _named(days: int) -> Callable[[re.Match[str], date | None], When | None]:
    """Return a reader of words that mean ``days`` before the published day."""

    def read(match: re.Match[str], published_on: date | None) -> When | None:
        if published_on is None:
            return None
        return When(published_on - timedelta(days), "day", match.group())

    return read


def _weekday(match: re.Match[str], published_on: date | None) -> When | None:
    """The last such weekday; "last" one at least a day before."""
    before = (match[1] or "").casefold()
    if published_on is None or before in {"next", "by", "until"}:
        return None
    back = (published_on.weekday() - WEEKDAYS.index(match[2].casefold())) % 7
    if before == "last" and back == 0:
        back = 7
    return When(published_on - timedelta(back), "day", match.group().strip())


def _ago(match: re.Match[str], published_on: date | None) -> When | None:
    if published_on is None:
        return None
    count = int(match[1]) if match[1].isdigit() else NUMBERS.get(match[1].casefold(), 0)
    unit = match[2].casefold()
    if not count or count > 400:
        return None
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        precision = "day" if unit == "day" else "month"
        return When(published_on - timedelta(days), precision, match[0])
    months = count * (12 if unit == "year" else 1)
    return _months_back(published_on, months, match[0], unit)


def _last(match: re.Match[str], published_on: date | None) -> When | None:
    if published_on is None:
        return None
    back, unit = match[1].casefold() == "last", match[2].casefold()
    if unit == "week":
        monday = published_on - timedelta(published_on.weekday() + 7 * back)
        return When(monday, "month", match.group())
    months = back * (12 if unit == "year" else 1)
    return _months_back(published_on, months, match.group(), unit)


def _months_back(day: date, months: int, basis: str, unit: str) -> When | None:
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return None
    year, month = divmod(index, 12)
    if unit == "year":
        return When(date(year, 1, 1), "year", basis)
    return When(date(year, month + 1, 1), "month", basis)


def _in_month(match: re.Match[str], published_on: date | None) -> When | None:
    month = _month_number(match[1])
    if match[2]:
        return When(date(int(match[2]), month, 1), "month", match.group())
    if published_on is None:
        return None
    year = published_on.year - (month > published_on.month)
    return When(date(year, month, 1), "month", match.group())


def _in_year(match: re.Match[str], published_on: date | None) -> When | None:
    if published_on and int(match[1]) == published_on.year:
        return None
    return When(date(int(match[1]), 1, 1), "year", match.group())


READERS = (
    (ISO, _iso),
    (DAY_MONTH, _day_month),
    (MONTH_DAY, _month_day),
    *((pattern, _named(days)) for pattern, days in NAMED),
    (WEEKDAY, _weekday),
    (AGO, _ago),
    (LAST, _last),
    (IN_MONTH, _in_month),
    (IN_YEAR, _in_year),
)


def last_day(when: When) -> date | None:
    """Return the last day that ``when`` may mean."""
    if when.on is None or when.precision == "day":
        return when.on
    month = 12 if when.precision == "year" else when.on.month
    return date(when.on.year, month, monthrange(when.on.year, month)[1])
