"""Stances and positions as CSV: UTF-8, ISO dates, one header row, safe in spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

from claims.positions import PositionRow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
STANCE_COLUMNS = {
    "id": "id",
    "claim": "claim__slug",
    "actor": "actor__slug",
    "actor_name": "actor__name",
    "speaks_for": "speaks_for__slug",
    "value": "value",
    "condition": "condition",
    "stated_on": "stated_on",
    "stated_precision": "stated_precision",
    "occasion": "occasion",
    "quote": "evidence__quote",
    "document": "evidence__document_id",
    "document_title": "evidence__document__title",
    "document_url": "evidence__document__url",
    "published_on": "evidence__document__published_on",
    "source": "evidence__document__source__name",
    "state": "state",
    "recorded_at": "recorded_at",
}
POSITION_COLUMNS = (
    "claim",
    "as_of",
    "actor",
    "name",
    "kind",
    "iso2",
    "value",
    "since",
    "contested",
    "stale",
    "thin",
    "stances",
    "members_verdict",
    "reasons",
)


class CsvRenderer(BaseRenderer):
    """Lets clients ask for text/csv; the rows are streamed past it."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class Echo:
    """A file whose write gives back what was written."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def csv_response(
    name: str, columns: Iterable[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Stream rows under a header, as a file to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        lines(columns, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def lines(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write one line after the other (RFC 4180)."""
    writer = csv.writer(Echo())
    yield writer.writerow(list(columns))
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> Any:
    """Keep text from being run as a formula: an apostrophe goes before =, +, - and @."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def stance_cells(row: Sequence[Any]) -> list[Any]:
    """Write moments in ISO 8601."""
    return [c.isoformat() if hasattr(c, "isoformat") else c for c in row]


def position_cells(claim: str, as_of: str, row: PositionRow) -> list[Any]:
    """Flatten a position to one line; several stances and reasons are joined."""
    actor = row.actor
    return [
        claim,
        as_of,
        actor.slug,
        actor.name,
        actor.kind,
        actor.iso2 or "",
        row.value.value if row.value else "",
        row.since.isoformat() if row.since else "",
        *(str(flag).lower() for flag in (row.contested, row.stale, row.thin)),
        " ".join(str(statement.id) for statement in row.stances),
        row.roll_up.verdict.value if row.roll_up else "",
        " ".join(row.reasons),
    ]
