"""What the admin site shows of the language model's use: to read, never to change."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.models import ModelUse
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/modeluse/"
QUERIES = 6


@pytest.fixture
def lead(client: Client) -> Client:
    """The lead's browser."""
    user: User = UserFactory.create(role="lead")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def switched_on(settings: Settings) -> None:
    """An address and a name are set."""
    settings.MODEL_URL, settings.MODEL_NAME = "http://127.0.0.1:1/v1", "tiny"


def shown(client: Client) -> str:
    """Return the text of the page, with single spaces."""
    answer = client.get(LIST)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def used_on(day: date, tokens_in: int = 0, tokens_out: int = 0) -> ModelUse:
    """Record what a day took."""
    return ModelUse.objects.create(day=day, tokens_in=tokens_in, tokens_out=tokens_out)


def cell(page: str, column: str, index: int = 0) -> str:
    """Return what a column shows in a row."""
    return page.split(f'field-{column}">')[index + 1].split("<", maxsplit=1)[0]


def test_without_a_model_the_empty_page_says_how_to_switch_it_on(lead: Client) -> None:
    page = shown(lead)
    assert "No language model has been asked yet" in page
    assert "set <code>STANDPOINT_MODEL_URL</code>" in page
    assert "every new text is sent to that address" in page


@pytest.mark.usefixtures("switched_on")
def test_with_a_model_the_empty_page_says_when_it_will_be_asked(lead: Client) -> None:
    page = shown(lead)
    assert "the next text that comes in is read by it too" in page
    assert "STANDPOINT_MODEL_URL" not in page


@pytest.mark.usefixtures("switched_on")
def test_a_day_shows_requests_tokens_cost_and_share(
    lead: Client, settings: Settings
) -> None:
    settings.MODEL_DAILY_BUDGET = 500_000
    settings.MODEL_PRICE_IN = Decimal(2)
    ModelUse.objects.create(
        day=date(2024, 3, 4),
        calls=1_200,
        tokens_in=110_000,
        tokens_out=15_000,
        cost=Decimal("0.0371"),
    )
    page = shown(lead)
    columns = ("requests", "read", "written", "paid", "share")
    assert [cell(page, column) for column in columns] == [
        "1,200",
        "110,000",
        "15,000",
        "0.0371",
        "25.0%",
    ]
    assert "The budget is 500,000 tokens a day" in page
    assert "No prices are set" not in page
    assert "switched off" not in page


def test_the_newest_day_comes_first(lead: Client) -> None:
    used_on(date(2024, 3, 4), tokens_in=4)
    used_on(date(2024, 3, 6), tokens_in=6)
    used_on(date(2024, 3, 5), tokens_in=5)
    page = shown(lead)
    assert [cell(page, "read", row) for row in range(3)] == ["6", "5", "4"]


def test_a_day_over_a_budget_that_was_lowered_shows_more_than_all(
    lead: Client, settings: Settings
) -> None:
    settings.MODEL_DAILY_BUDGET = 100
    used_on(date(2024, 3, 4), tokens_in=100, tokens_out=50)
    assert cell(shown(lead), "share") == "150.0%"


def test_without_budget_and_prices_the_page_says_so(
    lead: Client, settings: Settings
) -> None:
    settings.MODEL_DAILY_BUDGET = 0
    used_on(date(2024, 3, 4), tokens_in=100)
    page = shown(lead)
    assert cell(page, "share") == "the budget is 0"
    assert "No prices are set" in page
    assert "The engine is switched off now" in page


def test_the_page_asks_the_database_as_often_for_many_days_as_for_one(
    lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    used_on(date(2024, 3, 1))
    with django_assert_num_queries(QUERIES):
        shown(lead)
    for day in range(2, 30):
        used_on(date(2024, 3, day))
    with django_assert_num_queries(QUERIES):
        shown(lead)


def test_nothing_is_changed_there(lead: Client) -> None:
    use = used_on(date(2024, 3, 4), tokens_in=7)
    answer = lead.post(f"{LIST}{use.pk}/change/", {"tokens_in": "1"})
    assert answer.status_code == 403
    use.refresh_from_db()
    assert use.tokens_in == 7
