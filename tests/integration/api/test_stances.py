"""Logging, amending, publishing and retracting stances through the API."""

import json
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from claims.models import Stance, StanceState
from tests.factories.actors import AffiliationFactory
from tests.factories.claims import ClaimFactory, StanceFactory
from tests.factories.sources import DocumentFactory
from tests.integration.api.conftest import Client

STANCES = "/api/v1/stances/"
BODY = "“We must not rule out sending troops,” he said. He said 🙂 no more. He said it."


@pytest.fixture
def asked(db: None) -> dict[str, Any]:
    """Return a request to log what a president said."""
    office = AffiliationFactory.create(person__slug="macron", speaks_for__slug="france")
    return {
        "actor": office.person.slug,
        "claim": ClaimFactory.create(slug="troops").slug,
        "value": "support",
        "document": DocumentFactory.create(body=BODY).pk,
        "quote": "We must not rule out sending troops",
        "stated_on": "2024-02-26",
    }


def test_a_stance_is_logged_by_its_words(
    asked: dict[str, Any], analyst: Client
) -> None:
    answer = analyst.post(STANCES, asked, format="json")

    shown = answer.json()
    assert answer.status_code == 201
    assert (
        answer["Location"]
        == shown["url"]
        == f"http://testserver{STANCES}{shown['id']}/"
    )
    assert answer["ETag"] == '"1"'
    assert shown["speaks_for"]["slug"] == "france"
    assert shown["evidence"]["start"] == 1
    assert shown["evidence"]["quote"] == asked["quote"]
    assert shown["coding"]["coder"] == analyst.user.username
    assert shown["state"] == "published"


def test_offsets_count_code_points(asked: dict[str, Any], analyst: Client) -> None:
    start = BODY.index("no more")
    del asked["quote"]

    shown = analyst.post(
        STANCES, {**asked, "start": start, "end": start + 7}, format="json"
    )

    assert shown.json()["evidence"]["quote"] == "no more"


def test_logging_the_same_twice_is_a_conflict(
    asked: dict[str, Any], analyst: Client
) -> None:
    analyst.post(STANCES, asked, format="json")

    answer = analyst.post(STANCES, asked, format="json")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:standpoint:problem:stance-already-logged"
    assert Stance.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"quote": "never said"}, 400, "#/quote"),
        ({"quote": "e said"}, 400, "#/quote"),
        ({"quote": None}, 400, "#/quote"),
        ({"start": 3}, 400, "#/end"),
        ({"start": 3, "end": 9}, 422, None),
        ({"start": 9, "end": 3, "quote": "x"}, 422, None),
        ({"start": 0, "end": 2_000_000_000}, 422, None),
        ({"start": -1, "end": 5}, 400, "#/start"),
        ({"value": "maybe"}, 400, "#/value"),
        ({"condition": "if asked"}, 422, None),
        ({"actor": "nobody"}, 400, "#/actor"),
        ({"claim": "nothing"}, 400, "#/claim"),
        ({"document": 10**30}, 400, "#/document"),
        ({"document": True}, 400, "#/document"),
        ({"stated_on": "26.2.2024"}, 400, "#/stated_on"),
        ({"stated_on": None}, 400, "#/stated_on"),
        ({"state": "retracted"}, 400, "#/state"),
        ({"note": "\x00"}, 400, "#/note"),
        ({"speaks_for": "macron"}, 422, None),
    ],
)
def test_what_cannot_stand_is_refused_with_its_place(
    changes: dict[str, Any],
    status: int,
    pointer: str | None,
    asked: dict[str, Any],
    analyst: Client,
) -> None:
    answer = analyst.post(STANCES, asked | changes, format="json")

    assert answer.status_code == status, answer.json()
    pointers = [error["pointer"] for error in answer.json().get("errors", [])]
    assert pointers == ([pointer] if pointer else [])
    assert not Stance.objects.exists()


def test_half_a_character_is_refused(asked: dict[str, Any], analyst: Client) -> None:
    text = json.dumps(asked | {"note": "\ud800"})

    answer = analyst.post(STANCES, text, content_type="application/json")

    assert answer.json()["errors"][0]["pointer"] == "#/note"


def test_a_client_cannot_set_what_is_not_its_to_set(
    asked: dict[str, Any], analyst: Client, lead: Client
) -> None:
    stance = StanceFactory.create(coder=analyst.user)
    extra = {"coder": lead.user.pk, "version": 9, "recorded_at": "2020-01-01T00:00:00Z"}

    logged = analyst.post(STANCES, asked | extra, format="json")
    amended = analyst.patch(
        f"{STANCES}{stance.pk}/", {"version": 1, "coder": lead.user.pk}, format="json"
    )

    assert (logged.status_code, amended.status_code) == (400, 400)
    assert {error["pointer"] for error in logged.json()["errors"]} == {
        "#/coder",
        "#/version",
        "#/recorded_at",
    }
    assert Stance.objects.get().coder == analyst.user


def test_a_change_names_the_version_it_was_made_on(analyst: Client) -> None:
    stance = StanceFactory.create(coder=analyst.user)
    address = f"{STANCES}{stance.pk}/"
    seen = analyst.get(address)["ETag"]

    without = analyst.patch(address, {"value": "oppose"}, format="json")
    first = analyst.patch(
        address, {"value": "oppose"}, format="json", HTTP_IF_MATCH=seen
    )
    second = analyst.patch(
        address, {"value": "support"}, format="json", HTTP_IF_MATCH=seen
    )
    in_body = analyst.patch(address, {"note": "checked", "version": 2}, format="json")

    assert (without.status_code, first.status_code, second.status_code) == (
        428,
        200,
        412,
    )
    assert without.json()["type"] == "urn:standpoint:problem:version-missing"
    assert first["ETag"] == '"2"'
    assert in_body.status_code == 200
    stance.refresh_from_db()
    assert (stance.value, stance.note, stance.version) == ("oppose", "checked", 3)


def test_a_tag_that_is_none_is_refused(analyst: Client) -> None:
    stance = StanceFactory.create(coder=analyst.user)

    answer = analyst.patch(
        f"{STANCES}{stance.pk}/",
        {"value": "oppose"},
        format="json",
        HTTP_IF_MATCH='"x"',
    )

    assert answer.status_code == 400


def test_other_words_can_be_chosen_by_quote(analyst: Client) -> None:
    stance = StanceFactory.create(coder=analyst.user)

    answer = analyst.patch(
        f"{STANCES}{stance.pk}/",
        {"quote": "no soldiers will be sent", "version": 1},
        format="json",
    )

    assert answer.json()["evidence"]["quote"] == "no soldiers will be sent"


def test_only_leads_change_what_others_logged(analyst: Client, lead: Client) -> None:
    stance = StanceFactory.create(coder=None)
    address = f"{STANCES}{stance.pk}/"
    change = {"stated_on": "2024-03-01", "version": 1}

    refused = analyst.patch(address, change, format="json")
    done = lead.patch(address, change, format="json")

    assert (refused.status_code, done.status_code) == (403, 200)
    assert "Somebody else logged this stance" in refused.json()["detail"]
    assert Stance.objects.get().stated_on == date(2024, 3, 1)


def test_a_stance_is_retracted_with_a_reason_and_then_hidden(
    lead: Client, reader: APIClient
) -> None:
    stance = StanceFactory.create()
    address = f"{STANCES}{stance.pk}/"

    without = lead.post(f"{address}retract/", {}, format="json")
    blank = lead.post(f"{address}retract/", {"reason": " "}, format="json")
    done = lead.post(f"{address}retract/", {"reason": "Misread."}, format="json")
    again = lead.post(f"{address}retract/", {"reason": "Misread."}, format="json")

    assert (without.status_code, blank.status_code) == (400, 400)
    assert (done.status_code, again.status_code) == (200, 409)
    assert done.json()["coding"]["retraction_reason"] == "Misread."
    assert reader.get(address).status_code == 404


def test_a_draft_is_published(analyst: Client, reader: APIClient) -> None:
    stance = StanceFactory.create(coder=analyst.user, state=StanceState.DRAFT)
    address = f"{STANCES}{stance.pk}/"
    hidden = reader.get(address).status_code

    answer = analyst.post(f"{address}publish/")

    assert (hidden, answer.status_code) == (404, 200)
    assert reader.get(address).status_code == 200


def test_stances_cannot_be_deleted(lead: Client) -> None:
    stance = StanceFactory.create()

    answer = lead.delete(f"{STANCES}{stance.pk}/")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
