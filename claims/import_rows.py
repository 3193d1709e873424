"""Read a CSV file of stances into rows, without the database; docs/import.md has the columns."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

REQUIRED = ("document", "actor", "claim", "value", "stated_on")
OPTIONAL = (
    "quote",
    "start",
    "end",
    "speaks_for",
    "condition",
    "stated_precision",
    "occasion",
    "note",
)
COLUMNS = REQUIRED + OPTIONAL
VALUES = ("oppose", "conditional_oppose", "ambiguous", "conditional_support", "support")
MAX_OCCASION = 200
DATE_SHAPES = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


class UnreadableFileError(ValueError):
    """The file as a whole cannot be read; the message says why."""


class BadRowError(ValueError):
    """One row cannot be imported; the message says why."""


@dataclass(frozen=True)
class Row:
    """One row by its line in a spreadsheet: the heading is row 1."""

    number: int
    cells: dict[str, str]

    def cell(self, name: str) -> str:
        """Return a cell without space around it; "" where the column is missing."""
        return self.cells.get(name, "").strip()


def read_rows(text: str) -> list[Row]:
    """Read all rows; raises UnreadableFileError for a wrong heading or no rows."""
    if "\x00" in text:
        raise UnreadableFileError("The file has NUL characters: it is no plain text.")
    try:
        return list(_rows(text))
    except csv.Error as error:
        raise UnreadableFileError(f"This is no readable CSV file: {error}.") from error


def _rows(text: str) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    heading = [name.strip().lower() for name in next(lines, [])]
    _check_heading(heading)
    number = 1
    for number, cells in enumerate(lines, 2):
        if any(cell.strip() for cell in cells):
            yield Row(number, _named(heading, cells))
    if number == 1:
        raise UnreadableFileError("The file has a heading but no rows.")


def _check_heading(heading: list[str]) -> None:
    if not any(heading):
        raise UnreadableFileError("The file is empty: it needs a heading row.")
    if missing := [name for name in REQUIRED if name not in heading]:
        raise UnreadableFileError(f"Columns are missing: {', '.join(missing)}.")
    if unknown := [name for name in heading if name not in COLUMNS]:
        raise UnreadableFileError(
            f"Unknown columns: {', '.join(unknown) or '(empty)'}. "
            f"Known ones are {', '.join(COLUMNS)}."
        )
    if len(set(heading)) < len(heading):
        raise UnreadableFileError("A column stands in the heading twice.")


def _named(heading: list[str], cells: list[str]) -> dict[str, str]:
    named = dict(zip(heading, cells, strict=False))
    if len(cells) > len(heading):
        named[""] = "too many cells"
    return named


def check_shape(row: Row) -> None:
    """Refuse a row with too many cells or without a cell that it needs."""
    if "" in row.cells:
        raise BadRowError("More cells than the heading has: quote cells with commas.")
    if len(row.cell("occasion")) > MAX_OCCASION:
        raise BadRowError(f"The occasion is longer than {MAX_OCCASION} characters.")
    if empty := [name for name in REQUIRED if not row.cell(name)]:
        raise BadRowError(f"Empty: {', '.join(empty)}.")


def value_of(row: Row) -> str:
    """Return the stance value; raises BadRowError."""
    value = row.cell("value").lower()
    if value not in VALUES:
        raise BadRowError(f"Unknown value “{value}”: use one of {', '.join(VALUES)}.")
    return value


def date_of(row: Row) -> tuple[dt.date, str]:
    """Return the day and its precision, read from the date's shape where not given."""
    written, given = row.cell("stated_on"), row.cell("stated_precision").lower()
    if given and given not in DATE_SHAPES:
        raise BadRowError(f"Unknown stated_precision “{given}”: day, month or year.")
    for precision, shape in DATE_SHAPES.items():
        try:
            day = dt.datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day, given or precision
    raise BadRowError(
        f"Unreadable date “{written}”: write 2024-02-26, 2024-02 or 2024."
    )


def offsets_of(row: Row) -> tuple[int, int] | None:
    """Return the offsets where given; raises BadRowError for half a pair."""
    start, end = row.cell("start"), row.cell("end")
    if not start and not end:
        return None
    if not (start.isascii() and end.isascii() and start.isdigit() and end.isdigit()):
        raise BadRowError("start and end are two whole numbers, counted from 0.")
    return int(start), int(end)
