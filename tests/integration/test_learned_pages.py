"""What the admin site shows of what was learned: to read, never to change."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories.claims import SuggestionFactory
from tests.factories.learning import decide, learned_weights
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/learnedweights/"


@pytest.fixture
def analyst(client: Client) -> Client:
    """The analyst's browser."""
    user: User = UserFactory.create(role="analyst")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def shown(client: Client, address: str) -> str:
    """Return the text of a page, with single spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_list_says_what_is_missing(analyst: Client) -> None:
    SuggestionFactory.create()
    decide(count=12)
    page = shown(analyst, LIST)
    assert "Nothing has been learned yet" in page
    assert "There are 12 decisions to learn from; it takes 100" in page
    assert "Decide on suggestions" in page


def test_with_enough_decisions_the_empty_list_names_the_command(
    analyst: Client,
) -> None:
    SuggestionFactory.create()
    decide(count=120)
    assert "manage.py learn" in shown(analyst, LIST)


def test_the_list_shows_what_is_in_use(analyst: Client) -> None:
    learned_weights(is_active=True)
    page = shown(analyst, LIST)
    assert "0.600 → 0.600" in page
    assert 'alt="True"' in page


def test_a_version_is_reported_in_words(analyst: Client) -> None:
    row = learned_weights(is_active=True)
    page = shown(analyst, f"{LIST}{row.pk}/change/")
    assert "The learned score is a clear gain." in page
    assert "200 decisions on 60 texts. 120 of the proposals were kept" in page
    assert "Learned: log loss better by 0.050 (error 0.010)" in page
    assert "the engine&#x27;s own confidence" in page
    assert "kind: attitude" in page
    assert "more than 40 words" in page
    assert "multiplies the odds by 0.08" in page
    assert "manage.py learn --off" in page


def test_a_version_that_does_not_help_shows_no_weights(analyst: Client) -> None:
    row = learned_weights(form="shipped")
    page = shown(analyst, f"{LIST}{row.pk}/change/")
    assert "Neither is a clear gain: the shipped rules stand." in page
    assert "What counts" not in page
    assert "--use" not in page


def test_a_version_of_an_older_engine_says_that_it_does_not_apply(
    analyst: Client,
) -> None:
    SuggestionFactory.create(extractor_version="2")
    row = learned_weights()
    page = shown(analyst, f"{LIST}{row.pk}/change/")
    assert "Suggestions come from version 2 of that engine now" in page


@pytest.mark.parametrize("asked", ["999", "none"])
def test_there_is_no_page_of_a_version_that_is_not(analyst: Client, asked: str) -> None:
    assert analyst.get(f"{LIST}{asked}/change/").status_code == 404


def test_a_learned_score_is_told_apart_from_the_engines_own(analyst: Client) -> None:
    learned = SuggestionFactory.create(features={"confidence": 0.4}, score=0.91)
    document = learned.evidence.document_id
    address = f"/admin/workbench/documents/{document}/?selected={learned.pk}"
    learned.reasons = ["named"]
    learned.save(update_fields=["reasons"])
    page = shown(analyst, address)
    assert "whose own score is 0.40; 0.91 is learned from earlier decisions" in page
