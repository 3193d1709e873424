"""A statement is never dated after today, nor after the text that quotes it."""

from datetime import date
from typing import Any

import pytest

from claims.models import Claim, Stance, StanceValue
from claims.operations.importing import import_stances
from claims.operations.stances import amend_stance, log_stance
from claims.operations.stated_dates import (
    FutureStatementError,
    StatedAfterPublicationError,
    database_today,
)
from claims.operations.suggestions import accept_suggestion
from sources.models import Precision
from tests.factories.actors import CountryFactory
from tests.factories.claims import NOW, ClaimFactory, StanceFactory, SuggestionFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 15)


def logged(stated_on: date, precision: str = "day", **of_text: Any) -> Stance:
    """Log a stance on the first word of a text as if today were ``TODAY``."""
    return log_stance(
        by=None,
        actor=CountryFactory.create(),
        claim=ClaimFactory.create(),
        value=StanceValue.SUPPORT,
        document=DocumentFactory.create(**of_text),
        start=0,
        end=6,
        stated_on=stated_on,
        stated_precision=precision,
        today=TODAY,
    )


UNDATED = {"published_on": None, "published_precision": ""}


@pytest.mark.parametrize(
    ("day", "precision"),
    [
        (date(2024, 6, 16), Precision.DAY),
        (date(2024, 7, 1), Precision.MONTH),
        (date(2025, 3, 3), Precision.YEAR),
    ],
)
def test_a_statement_of_the_future_is_refused(day: date, precision: str) -> None:
    with pytest.raises(FutureStatementError, match="give the day on which"):
        logged(day, precision, **UNDATED)
    assert not Stance.objects.exists()


@pytest.mark.parametrize(
    ("day", "precision"),
    [
        (date(2024, 6, 15), Precision.DAY),
        (date(2024, 6, 30), Precision.MONTH),
        (date(2024, 12, 31), Precision.YEAR),
    ],
)
def test_today_and_the_periods_that_hold_it_are_taken(
    day: date, precision: str
) -> None:
    assert logged(day, precision, **UNDATED).stated_precision == precision


def test_without_a_given_day_the_database_says_what_today_is() -> None:
    late = {"stated_on": date(9999, 1, 1), "stated_precision": "day"}
    document = DocumentFactory.create(**UNDATED)
    stance = StanceFactory.create(evidence__document=document)
    with pytest.raises(FutureStatementError):
        amend_stance(stance=stance, by=None, version=1, **late)
    today = database_today()
    amended = amend_stance(stance=stance, by=None, version=1, stated_on=today)
    assert amended.stated_on == today


@pytest.mark.parametrize(
    ("published", "known_to", "day", "precision"),
    [
        (date(2024, 3, 1), "day", date(2024, 3, 2), "day"),
        (date(2024, 3, 1), "month", date(2024, 4, 1), "day"),
        (date(2024, 3, 1), "day", date(2024, 4, 20), "month"),
        (date(2023, 1, 1), "year", date(2024, 5, 5), "year"),
    ],
)
def test_a_text_cannot_quote_what_was_said_after_it(
    published: date, known_to: str, day: date, precision: str
) -> None:
    with pytest.raises(StatedAfterPublicationError, match="Correct the date"):
        logged(day, precision, published_on=published, published_precision=known_to)


@pytest.mark.parametrize(
    ("published", "known_to", "day", "precision"),
    [
        (date(2024, 3, 1), "day", date(2024, 3, 1), "day"),
        (date(2024, 3, 1), "month", date(2024, 3, 31), "day"),
        (date(2024, 3, 1), "day", date(2024, 3, 31), "month"),
        (date(2023, 1, 1), "year", date(2023, 12, 31), "day"),
    ],
)
def test_what_may_have_been_said_before_the_text_appeared_is_taken(
    published: date, known_to: str, day: date, precision: str
) -> None:
    logged(day, precision, published_on=published, published_precision=known_to)
    assert Stance.objects.count() == 1


def test_a_suggestion_dated_after_its_text_is_not_accepted() -> None:
    suggestion = SuggestionFactory.create(stated_on=date(2024, 3, 2))
    with pytest.raises(StatedAfterPublicationError):
        accept_suggestion(suggestion=suggestion, by=None, now=NOW)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_a_stance_is_not_amended_to_a_day_after_its_text() -> None:
    stance = StanceFactory.create()
    with pytest.raises(StatedAfterPublicationError):
        amend_stance(stance=stance, by=None, version=1, stated_on=date(2024, 3, 2))


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2024-03-02", "published on 1 March 2024"), ("9999-01-01", "not come yet")],
)
def test_an_imported_row_with_an_impossible_date_is_bad(day: str, reason: str) -> None:
    claim: Claim = ClaimFactory.create()
    document, actor = DocumentFactory.create(), CountryFactory.create()
    text = (
        "document,actor,claim,value,stated_on,start,end\n"
        f"{document.pk},{actor.slug},{claim.slug},support,{day},0,6\n"
    )
    report = import_stances(text=text, by=None, commit=True)
    assert reason in report.bad[0].reason
