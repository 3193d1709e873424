"""What a text without markup says at its top: its title, and the day it is from.

Only lines that cannot mean anything else are believed; two different days are none.
"""

import re
from dataclasses import replace

from sources.parsing.dates import UNKNOWN, Dated, dated
from sources.parsing.found import Found

TOP_LINES, TOP_LENGTH = 12, 3_000
LONGEST_TITLE, LONGEST_LINE = 150, 100
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier",
            "february feb februar février fevrier févr",
            "march mar märz maerz mars",
            "april apr avril avr",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet juil",
            "august aug août aout",
            "september sept sep septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez décembre decembre déc",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<day>\d{1,2})"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DATES = (
    rf"{YEAR}-(?P<number>\d\d)-{DAY}",
    rf"{DAY}(?:st|nd|rd|th|er|\.)? (?:of )?{MONTH},? {YEAR}",
    rf"{MONTH} {DAY}(?:st|nd|rd|th)?,? {YEAR}",
    rf"{MONTH} {YEAR}",
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche),? (?:den )?"
)
LABEL = (
    r"(?:date|datum|published(?: on)?|publication date|issued(?: on)?|posted(?: on)?"
    r"|veröffentlicht(?: am)?|erschienen am|publié le|date de publication)\s?:?\s"
)
NAME = r"(?-i:[A-ZÀ-Þ])[\w'\u2019.-]*"
PLACE = rf"(?:{NAME}(?: (?:{NAME}|am|an|de|der|du|la|le|of|on|sur)){{0,3}}, ?){{1,2}}"
CLOCK = r"(?:,? (?:at |um |à |- |\u2013 )?\d{1,2}[:.h]\d\d.{0,20})?"
LINES = [
    re.compile(
        rf"(?:{LABEL}|{PLACE})?(?:on |am |le |den |the )?(?:{WEEKDAY})?{form}{CLOCK}\.?",
        re.IGNORECASE,
    )
    for form in DATES
]
OPENINGS = [
    re.compile(
        rf"{PLACE}(?:le |den )?{form}(?=(?: ?\([^)]{{1,40}}\))? ?[\u2014\u2013-])",
        re.IGNORECASE,
    )
    for form in DATES[:3]
]
JUNK_TITLE = re.compile(
    r"untitled|^unbenannt|^sans titre|^(microsoft|libreoffice) \w+( -|$)|^about:|^file:"
    r"|^https?://|\.(docx?|pdf|indd|qxd|html?|pptx?|rtf|odt)$"
    r"|^(word )?document ?\d*$|^dokument ?\d*$|^slide \d+$|^powerpoint",
    re.IGNORECASE,
)


def headed(found: Found) -> Found:
    """Fill in title and day from the top of the text, where nothing better is known."""
    title = sane_title(found.title) or first_line(found.text)
    known = replace(found, title=title)
    if found.published_on:
        return known
    (day, precision), basis = stated_date(found.text)
    return replace(
        known, published_on=day, published_precision=precision, date_basis=basis
    )


def sane_title(title: str) -> str:
    """Return a title that a program did not make up, else an empty one."""
    line = " ".join(title.split())
    return "" if JUNK_TITLE.search(line) else line


def first_line(text: str) -> str:
    """Return a short first line with a blank one below it; lines of a date are passed over."""
    lines = [" ".join(line.split()) for line in text[:TOP_LENGTH].split("\n")]
    start = next((n for n, line in enumerate(lines) if line and not is_date(line)), 0)
    line, *rest = lines[start:]
    line = line.lstrip("# ")
    alone = bool(rest) and not rest[0] and any(rest)
    is_title = 0 < len(line) <= LONGEST_TITLE and line[-1] not in ".,:;"
    words = any(c.isalpha() for c in line)
    return line if alone and is_title and words and sane_title(line) else ""


def stated_date(text: str) -> tuple[Dated, str]:
    """Return the one day that lines near the top state, with the words that do."""
    top = [" ".join(line.split()) for line in text[:TOP_LENGTH].split("\n")]
    lines = [line for line in top if line][:TOP_LINES]
    stated = {found[0]: found[1] for line in lines if (found := date_of(line))}
    return next(iter(stated.items())) if len(stated) == 1 else (UNKNOWN, "")


def date_of(line: str) -> tuple[Dated, str] | None:
    """Read a line that is only a date or a dateline, or a paragraph's dateline."""
    whole = [pattern.fullmatch(line) for pattern in LINES if len(line) <= LONGEST_LINE]
    opening = [pattern.match(line) for pattern in OPENINGS]
    for match in filter(None, [*whole, *opening]):
        if (day := read_match(match)) != UNKNOWN:
            return day, match[0]
    return None


def is_date(line: str) -> bool:
    """Whether a line only says when and where."""
    return len(line) <= LONGEST_LINE and any(p.fullmatch(line) for p in LINES)


def read_match(match: re.Match[str]) -> Dated:
    """Check the parts of a matched date."""
    parts = match.groupdict()
    month = parts.get("number") or MONTHS[parts["month"].lower()]
    day = parts.get("day")
    return dated(int(parts["year"]), int(month), int(day) if day else None)
