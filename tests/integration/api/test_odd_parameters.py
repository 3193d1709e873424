"""Whatever is asked, the answer is a row, a page or a problem: never a crash."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from rest_framework.test import APIClient

from tests.factories.claims import StanceFactory, SuggestionFactory
from tests.factories.sources import FeedFactory, IngestionFactory
from tests.integration.api.conftest import Login

ODD = (
    "",
    "0",
    "1e400",
    "NaN",
    "9" * 400,
    "9223372036854775808",
    "\x00",
    "\ud7ff\U0001f642",
    "' OR 1=1 --",
    "%",
    ",",
    ",,a,",
    "[]",
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2024-01-01T00:00:00.9999999999Z",
    "FR",
    "fr,FR,xx",
    "x" * 3000,
)
ROWS = "1", "0", "999999999999999999", "x", "%00", "..", "a%2Fb", "é"


def get_operations() -> list[tuple[str, list[str]]]:
    """List each address that can be read, with its parameters."""
    schema: Any = SchemaGenerator().get_schema(request=None, public=True)
    return [
        (
            path,
            [p["name"] for p in ops["get"].get("parameters", []) if p["in"] == "query"],
        )
        for path, ops in schema["paths"].items()
        if "get" in ops
    ]


OPERATIONS = get_operations()


@pytest.fixture
def lead_with_rows(login: Login) -> APIClient:
    """Somebody who may read everything, and something to read."""
    StanceFactory.create(claim__slug="known", actor__iso2="FR")
    SuggestionFactory.create()
    FeedFactory.create()
    IngestionFactory.create()
    client = APIClient()
    client.force_authenticate(login("lead").user)
    return client


def check(client: APIClient, path: str, query: dict[str, Any]) -> None:
    """Ask, and see that the answer is one of the promised ones."""
    answer = client.get(path, query)
    assert answer.status_code < 500, (path, query)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", (path, query)
        assert answer.json()["status"] == answer.status_code
    elif answer.streaming:
        b"".join(answer)


@pytest.mark.parametrize(("path", "parameters"), OPERATIONS)
def test_odd_values_of_each_parameter_never_crash(
    path: str, parameters: list[str], lead_with_rows: APIClient
) -> None:
    for row in ROWS if "{" in path else [""]:
        address = path.replace("{id}", row).replace("{slug}", row)
        check(lead_with_rows, address, {})
    needed = {"claim": "known"} if "positions" in path or "timelines" in path else {}
    for name in [*parameters, "unknown"] if "{" not in path else []:
        for value in ODD:
            check(lead_with_rows, path, {**needed, name: value})
        check(lead_with_rows, path, {**needed, name: ["a", "b"]})


class AnyText(TestCase):
    """Any text in any parameter."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        name=st.sampled_from(
            [
                "claim",
                "actor",
                "value",
                "stated_on",
                "recorded_at_from",
                "document",
                "cursor",
                "ordering",
                "limit",
                "count",
            ]
        ),
        value=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    )
    def test_any_text_is_a_page_or_a_problem(self, name: str, value: str) -> None:
        """Ask for stances as a reader."""
        with self.settings(PUBLIC_READ=True):
            check(APIClient(), "/api/v1/stances/", {name: value})
