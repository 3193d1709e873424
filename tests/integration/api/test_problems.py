"""Errors of every sort, in one format."""

import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIClient
from rest_framework.views import APIView

from config.rest.problems import problem_response
from tests.factories.claims import StanceFactory
from tests.integration.api.conftest import Client

MEMBERS = {"type", "title", "status", "detail", "instance", "request_id"}


def answer_to(exc: Exception, method: str = "GET") -> Any:
    """Return what a view answers that raises."""
    request = Request(RequestFactory().generic(method, "/api/v1/stances/"))
    return problem_response(exc, {"request": request, "view": APIView()})


def body_of(answer: HttpResponse) -> Any:
    """Read a problem."""
    return json.loads(answer.content)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nowhere/", 404),
        ("get", "/api/v1/stances/999999999/", 404),
        ("get", "/api/v1/stances/x/", 404),
        ("get", "/api/v1/stances/999999999999999999/", 404),
        ("get", "/api/v1/actors/no%20such/", 404),
        ("post", "/api/v1/nowhere/", 404),
        ("delete", "/api/v1/claims/", 405),
        ("options", "/api/v1/claims/", 405),
        ("get", "/api/v1/suggestions/", 401),
        ("post", "/api/v1/stances/", 401),
    ],
)
def test_every_error_is_a_problem(
    method: str, path: str, status: int, reader: APIClient
) -> None:
    answer = getattr(reader, method)(path)

    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert set(problem) >= MEMBERS
    assert problem["request_id"] == answer["X-Request-ID"]


def test_a_refusal_says_how_to_log_in(reader: APIClient) -> None:
    assert reader.get("/api/v1/jobs/")["WWW-Authenticate"] == "Token"


def test_a_wrong_method_names_the_right_ones(reader: APIClient) -> None:
    assert reader.delete("/api/v1/claims/")["Allow"].startswith("GET")


def test_the_callers_request_id_is_kept_where_it_is_sane(reader: APIClient) -> None:
    kept = reader.get("/api/v1/nowhere/", headers={"X-Request-ID": "abc-1"}).json()
    odd = reader.get("/api/v1/nowhere/", headers={"X-Request-ID": "a b\tc"}).json()

    assert kept["request_id"] == "abc-1"
    assert len(odd["request_id"]) == 32


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forgotten_slash_leads_to_the_right_place(
    method: str, reader: APIClient
) -> None:
    answer = getattr(reader, method)("/api/v1/stances?claim=x")

    assert answer.status_code == 308
    assert answer["Location"].startswith("/api/v1/stances/")


def test_json_that_is_none_is_a_bad_request(analyst: Client) -> None:
    answer = analyst.post("/api/v1/stances/", "{", content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:standpoint:problem:parse-error"


@pytest.mark.parametrize("body", ["[]", "1", "null", '"x"'])
def test_json_that_is_no_object_is_a_bad_request(body: str, analyst: Client) -> None:
    answer = analyst.post("/api/v1/stances/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_another_content_type_is_not_read(analyst: Client) -> None:
    answer = analyst.post("/api/v1/stances/", "<a/>", content_type="application/xml")

    assert answer.status_code == 415


def test_another_format_is_not_offered(reader: APIClient) -> None:
    answer = reader.get("/api/v1/claims/", headers={"accept": "text/html"})

    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"


def test_errors_point_at_nested_fields() -> None:
    exc = ValidationError({"a/b": [{"c~": ["Bad."]}], "non_field_errors": ["All bad."]})

    errors = body_of(answer_to(exc, "POST"))["errors"]

    assert errors == [
        {"pointer": "#/a~1b/0/c~0", "detail": "Bad."},
        {"pointer": "#", "detail": "All bad."},
    ]


def test_no_database_is_said_to_be_passing() -> None:
    answer = answer_to(OperationalError("connection refused at 10.0.0.1"))

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert b"10.0.0.1" not in answer.content


def test_a_fault_of_the_program_is_logged_and_keeps_its_secrets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = answer_to(RuntimeError("secret"))

    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert body_of(answer)["request_id"] in caplog.text
    assert "secret" in caplog.text


def test_a_head_request_is_answered_like_a_get(reader: APIClient) -> None:
    stance = StanceFactory.create()

    answer = reader.head(f"/api/v1/stances/{stance.pk}/")

    assert (answer.status_code, answer.content) == (200, b"")
