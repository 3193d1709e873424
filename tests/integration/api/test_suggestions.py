"""Deciding on suggestions through the API."""

import pytest

from claims.models import Stance, Suggestion
from tests.factories.actors import PersonFactory
from tests.factories.claims import SuggestionFactory
from tests.integration.api.conftest import Client, Login

SUGGESTIONS = "/api/v1/suggestions/"


@pytest.fixture
def suggestion(db: None) -> Suggestion:
    """An open suggestion."""
    return SuggestionFactory.create(spans=[{"role": "cue", "start": 0, "end": 4}])


def test_accepting_twice_logs_one_stance(
    suggestion: Suggestion, analyst: Client
) -> None:
    address = f"{SUGGESTIONS}{suggestion.pk}/accept/"

    first = analyst.post(address, {}, format="json")
    second = analyst.post(address, {}, format="json")

    stance = Stance.objects.get()
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["stance"] == second.json()["stance"] == stance.pk
    assert first.json()["state"] == "accepted"
    assert stance.coder == analyst.user


def test_what_the_analyst_knows_better_is_logged(
    suggestion: Suggestion, analyst: Client
) -> None:
    better = {"value": "conditional_support", "condition": "if asked"}

    shown = analyst.post(f"{SUGGESTIONS}{suggestion.pk}/accept/", better, format="json")

    assert shown.json()["state"] == "amended"
    assert Stance.objects.get().condition == "if asked"


def test_a_suggestion_without_value_is_not_accepted_as_it_is(
    analyst: Client,
) -> None:
    suggestion = SuggestionFactory.create(value="")

    answer = analyst.post(f"{SUGGESTIONS}{suggestion.pk}/accept/", {}, format="json")

    assert answer.status_code == 422
    assert "Choose one of the five values" in answer.json()["detail"]
    assert not Stance.objects.exists()


def test_somebody_elses_decision_stands(suggestion: Suggestion, login: Login) -> None:
    address = f"{SUGGESTIONS}{suggestion.pk}/"
    login("analyst").post(f"{address}reject/", {"reason": "Irony."}, format="json")

    answer = login("analyst").post(f"{address}accept/", {}, format="json")

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:standpoint:problem:suggestion-decided"


def test_a_decision_is_undone(suggestion: Suggestion, analyst: Client) -> None:
    address = f"{SUGGESTIONS}{suggestion.pk}/"
    analyst.post(f"{address}reject/", {}, format="json")

    shown = analyst.post(f"{address}reopen/").json()

    assert (shown["state"], shown["decided_by"]) == ("open", None)


def test_the_queue_is_filtered_by_state_and_score(analyst: Client) -> None:
    good = SuggestionFactory.create(score=0.9)
    SuggestionFactory.create(score=0.2)

    rows = analyst.get(
        f"{SUGGESTIONS}?state=open&score_from=0.5&ordering=-score"
    ).json()

    assert [row["id"] for row in rows["results"]] == [good.pk]


def test_an_unknown_speakers_suggestion_is_accepted_with_an_actor(
    db: None, analyst: Client
) -> None:
    row = SuggestionFactory.create(
        actor=None, mention="Lars Nyberg", mention_kind="person"
    )
    SuggestionFactory.create()
    listed = analyst.get(SUGGESTIONS, {"unknown_speaker": "true"}).json()["results"]
    assert [(one["actor"], one["mention"]) for one in listed] == [(None, "Lars Nyberg")]

    address = f"{SUGGESTIONS}{row.pk}/accept/"
    refused = analyst.post(address, {}, format="json")
    chosen = PersonFactory.create()
    accepted = analyst.post(address, {"actor": chosen.slug}, format="json")

    assert refused.status_code == 422
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert Stance.objects.get().actor == chosen
