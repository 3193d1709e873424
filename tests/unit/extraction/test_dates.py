"""When a stance was stated, from the words of its sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.dates import When, last_day, stated_on

WEDNESDAY = date(2024, 3, 6)


@pytest.mark.parametrize(
    ("sentence", "day", "precision"),
    [
        ("He said so on Tuesday.", date(2024, 3, 5), "day"),
        ("He said so on Wednesday.", date(2024, 3, 6), "day"),
        ("He said so last Wednesday.", date(2024, 2, 28), "day"),
        ("He said so on Friday.", date(2024, 3, 1), "day"),
        ("He said so yesterday.", date(2024, 3, 5), "day"),
        ("He said so the day before yesterday.", date(2024, 3, 4), "day"),
        ("He said so this morning.", date(2024, 3, 6), "day"),
        ("He said so on 3 March.", date(2024, 3, 3), "day"),
        ("He said so on March 3rd.", date(2024, 3, 3), "day"),
        ("He said so on 9 November.", date(2023, 11, 9), "day"),
        ("He said so on 9 November 2021.", date(2021, 11, 9), "day"),
        ("He said so on 2023-05-01.", date(2023, 5, 1), "day"),
        ("He said so two days ago.", date(2024, 3, 4), "day"),
        ("He said so in May.", date(2023, 5, 1), "month"),
        ("He said so in January.", date(2024, 1, 1), "month"),
        ("He said so in May 2022.", date(2022, 5, 1), "month"),
        ("He said so last month.", date(2024, 2, 1), "month"),
        ("He said so last year.", date(2023, 1, 1), "year"),
        ("He said so in 2019.", date(2019, 1, 1), "year"),
    ],
)
def test_a_date_is_read_against_the_published_day(
    sentence: str, day: date, precision: str
) -> None:
    when = stated_on(sentence, WEDNESDAY)
    assert (when.on, when.precision) == (day, precision)
    assert when.basis


@pytest.mark.parametrize(
    "sentence",
    [
        "He may say so.",
        "The tax would start by Friday.",
        "It will come on 9 November 2030.",
        "The talks open next Tuesday.",
        "He said so on 31 February.",
    ],
)
def test_without_a_date_of_the_statement_the_published_day_counts(
    sentence: str,
) -> None:
    assert stated_on(sentence, WEDNESDAY) == When(WEDNESDAY, "day", "published date")


def test_without_any_date_nothing_is_claimed() -> None:
    assert stated_on("He said so on Tuesday.", None) == When(None, "day", "")


def test_a_full_date_needs_no_published_day() -> None:
    assert stated_on("On 3 March 2020 he said so.", None).on == date(2020, 3, 3)


def test_a_month_counts_to_its_last_day() -> None:
    assert last_day(When(date(2024, 2, 1), "month")) == date(2024, 2, 29)
    assert last_day(When(date(2023, 1, 1), "year")) == date(2023, 12, 31)
    assert last_day(When(date(2023, 1, 9))) == date(2023, 1, 9)


@given(st.text(), st.dates())
def test_no_sentence_states_something_after_it_was_published(
    sentence: str, published_on: date
) -> None:
    when = stated_on(sentence, published_on)
    assert when.on is not None
    assert when.on <= published_on
