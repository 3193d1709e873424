"""The OpenAPI schema: complete, committed, and what the API really answers."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from rest_framework.test import APIClient

from tests.factories.claims import StanceFactory

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi.yaml"
REFRESH = "manage.py spectacular --file docs/openapi.yaml"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Generate the schema, failing on any warning."""
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", file=str(path), validate=True, fail_on_warn=True)
    return path.read_text(encoding="utf8")


@pytest.fixture(scope="module")
def schema(generated: str) -> Any:
    """Parse the schema."""
    return yaml.safe_load(generated)


def operations(schema: Any) -> list[Any]:
    """List all operations."""
    return [op for path in schema["paths"].values() for op in path.values()]


def test_the_committed_schema_is_the_generated_one(generated: str) -> None:
    assert COMMITTED.read_text(encoding="utf8") == generated, f"run {REFRESH}"


def test_it_is_openapi_3_1(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")


def test_operation_ids_are_unique(schema: Any) -> None:
    names = Counter(op["operationId"] for op in operations(schema))

    assert [name for name, times in names.items() if times > 1] == []


def test_every_operation_says_what_it_does_and_how_it_fails(schema: Any) -> None:
    for operation in operations(schema):
        assert operation["summary"], operation["operationId"]
        problem = operation["responses"]["default"]["content"]
        assert "application/problem+json" in problem


def test_every_filter_is_described(schema: Any) -> None:
    silent = [
        f"{op['operationId']} {parameter['name']}"
        for op in operations(schema)
        for parameter in op.get("parameters", [])
        if parameter["in"] == "query"
        and not parameter.get("description")
        and not parameter["schema"].get("items", {}).get("enum")
    ]

    assert silent == []


def test_a_stance_has_exactly_the_members_that_the_schema_promises(
    schema: Any, reader: APIClient
) -> None:
    stance = StanceFactory.create()

    shown = reader.get(f"/api/v1/stances/{stance.pk}/").json()

    promised = schema["components"]["schemas"]["Stance"]
    assert set(shown) == set(promised["properties"]) == set(promised["required"])


def test_anyone_may_read_the_schema(anonymous: APIClient) -> None:
    answer = anonymous.get("/api/v1/schema/")

    assert answer.status_code == 200
    assert b"openapi: 3.1" in answer.content


def test_the_browsable_page_loads_nothing_from_elsewhere(anonymous: APIClient) -> None:
    page = anonymous.get("/api/v1/docs/")

    policy = page["Content-Security-Policy"]
    assert b"http://" not in page.content.replace(b"http://testserver", b"")
    assert b"https://" not in page.content
    assert "script-src 'self' 'nonce-" in policy or "script-src 'self'" in policy
    assert "unsafe-eval" not in policy


def test_only_the_browsable_page_has_a_softer_policy(anonymous: APIClient) -> None:
    assert "unsafe-inline" not in anonymous.get("/api/v1/")["Content-Security-Policy"]
