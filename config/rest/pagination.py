"""Pages by key: nothing is shown twice or left out while rows are added."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.core.exceptions import ValidationError as ModelError
from django.db.models import F, Field, Model, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF loads us while it loads its views

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
MAX_CURSOR = 2000
COUNT_WORDS = {"true": True, "1": True, "false": False, "0": False}


class StandardPagination(BasePagination):
    """A page starts after the last row of the page before, found by a unique key.

    A view says ``orderings = ("-id", "stated_on", ...)``, the first one the default: a
    column that is never null, made unique by the id. The row comparison uses an index
    on (column, id), so a deep page costs as much as the first.
    """

    parameters = ("limit", "cursor", "ordering", "count")

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """Return the rows of one page; raises ValidationError on bad parameters."""
        self.request = request
        params = {name: once(request, name) for name in self.parameters}
        limit = limit_of(params["limit"])
        ordering = ordering_of(params["ordering"], orderings_of(view))
        keys = key_fields(ordering)
        ordered = queryset.order_by(*keys)
        if params["cursor"]:
            ordered = after(ordered, ordering, params["cursor"])
        self.count = queryset.count() if counted(params["count"]) else None
        rows = list(ordered[: limit + 1])
        self.next_cursor = (
            cursor_at(rows[limit - 1], ordering) if len(rows) > limit else None
        )
        return rows[:limit]

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows with the address of the next page."""
        counted_rows = {} if self.count is None else {"count": self.count}
        return Response({**counted_rows, "next": self.next_address(), "results": data})

    def next_address(self) -> str | None:
        """Return where the next page is; None on the last one."""
        if self.next_cursor is None:
            return None
        here = self.request.build_absolute_uri()
        return replace_query_param(here, "cursor", self.next_cursor)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page in the OpenAPI schema."""
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "description": "All rows that match; only with count=true",
                },
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "Address of the next page; null on the last one",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        """Describe the parameters in the OpenAPI schema."""
        names = list(orderings_of(view))
        limits = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
        return [
            parameter("limit", {**limits, "default": DEFAULT_LIMIT}, "Rows on a page"),
            parameter(
                "cursor",
                {"type": "string"},
                "Where the page starts: follow `next` instead of making it up",
            ),
            parameter(
                "ordering",
                {"type": "string", "enum": names, "default": names[0]},
                "Column to sort by, descending with a minus; the id breaks ties",
            ),
            parameter(
                "count",
                {"type": "boolean", "default": False},
                "Also count all rows that match (slow on millions)",
            ),
        ]


def parameter(name: str, schema: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Describe one query parameter."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": dict(schema),
    }


def once(request: Request, name: str) -> str:
    """Return a parameter given at most once; raises ValidationError."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise ValidationError({name: f"{name!r} is given {len(values)} times."})
    return values[0] if values else ""


def limit_of(raw: str) -> int:
    """Read the size of a page; raises ValidationError."""
    if not raw:
        return DEFAULT_LIMIT
    if raw.isascii() and raw.isdigit() and len(raw) < 9 and 1 <= int(raw) <= MAX_LIMIT:
        return int(raw)
    msg = f"{raw[:20]!r} is not a number from 1 to {MAX_LIMIT}."
    raise ValidationError({"limit": msg})


def counted(raw: str) -> bool:
    """Whether the rows are to be counted; raises ValidationError."""
    if not raw:
        return False
    if raw.lower() not in COUNT_WORDS:
        raise ValidationError({"count": f"{raw[:20]!r} is neither true nor false."})
    return COUNT_WORDS[raw.lower()]


def orderings_of(view: "APIView | None") -> tuple[str, ...]:
    """Return the orderings that a view allows, its default first."""
    return tuple(getattr(view, "orderings", ())) or ("-id",)


def ordering_of(raw: str, allowed: tuple[str, ...]) -> str:
    """Choose among the allowed orderings; raises ValidationError."""
    if not raw:
        return allowed[0]
    if raw not in allowed:
        msg = f"Cannot sort by {raw[:40]!r}. Known here: {', '.join(allowed)}."
        raise ValidationError({"ordering": msg})
    return raw


def key_fields(ordering: str) -> list[str]:
    """Make an ordering unique by the id: "-stated_on" becomes "-stated_on", "-id"."""
    sign = "-" if ordering.startswith("-") else ""
    return [ordering] if ordering == f"{sign}id" else [ordering, f"{sign}id"]


def cursor_at(row: Any, ordering: str) -> str:
    """Write down a row's place in the ordering."""
    names = [key.removeprefix("-") for key in key_fields(ordering)]
    place = [column_text(row, name) for name in names]
    text = json.dumps([ordering, *place], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def after(queryset: QuerySet[Any], ordering: str, cursor: str) -> QuerySet[Any]:
    """Keep the rows behind the cursor; raises ValidationError when it is not ours."""
    names = [key.removeprefix("-") for key in key_fields(ordering)]
    values = place_of(cursor, ordering, [field_of(queryset.model, n) for n in names])
    columns = Tuple(*(F(name) for name in names))
    if ordering.startswith("-"):
        return queryset.filter(TupleLessThan(columns, values))
    return queryset.filter(TupleGreaterThan(columns, values))


def place_of(
    cursor: str, ordering: str, fields: list["Field[Any, Any]"]
) -> tuple[Any, ...]:
    """Read a cursor back into column values; raises ValidationError."""
    try:
        padded = cursor[:MAX_CURSOR] + "=" * (-len(cursor[:MAX_CURSOR]) % 4)
        made_for, *place = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if made_for != ordering or len(place) != len(fields):
            raise_other_cursor()
        return tuple(
            column_value(f, str(v)) for f, v in zip(fields, place, strict=True)
        )
    except (ValueError, TypeError, binascii.Error, ModelError):
        raise_other_cursor()
        raise


def column_value(column: "Field[Any, Any]", text: str) -> Any:
    """Read a column's value back; raises ValueError or Django's ValidationError."""
    if "\x00" in text:
        raise ValueError(text)
    value = column.to_python(text)
    column.run_validators(value)
    return value


def raise_other_cursor() -> None:
    """Refuse a cursor that these parameters did not make."""
    msg = "This cursor is not of this list and ordering: start without one."
    raise ValidationError({"cursor": msg})


def column_text(row: Any, name: str) -> str:
    """Write a column's value so that ``column_value`` can read it."""
    return str(field_of(type(row), name).value_to_string(row))


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """Return a model's own column."""
    found = model._meta.get_field(name)  # noqa: SLF001 - Django's documented name
    if not isinstance(found, Field):
        raise FieldDoesNotExist(name)
    return found
