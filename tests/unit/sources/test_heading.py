"""What the top of a text without markup says: its title and its day."""

import pytest

from sources.parsing.found import Found
from sources.parsing.heading import first_line, headed, sane_title, stated_date

REST = "\n\nLadies and gentlemen, we are here."


@pytest.mark.parametrize(
    "line",
    [
        "10 July 2025",
        "2025-07-10",
        "July 10, 2025",
        "Thursday, 10 July 2025, 14:30 CET",
        "10th of July 2025",
        "Published on 10 July 2025",
        "Paris, le 10 juillet 2025",
        "Berlin, den 10. Juli 2025",
        "Frankfurt am Main, Donnerstag, 10. Juli 2025",
        "By Jane Doe, 10 July 2025",
        "PARIS, July 10, 2025 — The president spoke.",
        "BRUSSELS, 10 July 2025 (Agency) - The council met.",
    ],
)
def test_a_line_that_is_only_a_date_or_a_dateline_dates_the_text(line: str) -> None:
    assert stated_date(f"Remarks\n\n{line}{REST}")[0] == ("2025-07-10", "day")


@pytest.mark.parametrize(
    "line",
    [
        "01/02/2025",
        "10/07/2025",
        "10.07.25",
        "31 February 2025",
        "In 2025",
        "2025",
        "He said so on 10 July 2025.",
        "Remembering the attack, 11 September 2001",
        "BRUSSELS, July 10 (Agency) - The council met.",
        "10 July 2025\n11 July 2025",
    ],
)
def test_what_is_ambiguous_or_told_of_dates_nothing(line: str) -> None:
    assert stated_date(f"Remarks\n\n{line}{REST}") == (("", ""), "")


def test_a_date_far_down_is_not_the_texts_own() -> None:
    assert stated_date("Words.\n" * 12 + "10 July 2025") == (("", ""), "")


def test_a_month_alone_is_known_to_the_month() -> None:
    assert stated_date(f"juillet 2025{REST}")[0] == ("2025-07-01", "month")


def test_where_the_date_comes_from_is_said_in_the_texts_words() -> None:
    found = headed(Found(text=f"Remarks\n\nParis, le 10 juillet 2025{REST}"))
    assert found.date_basis == "Paris, le 10 juillet 2025"
    assert (found.title, found.published_on) == ("Remarks", "2025-07-10")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Speech in Paris{REST}", "Speech in Paris"),
        (f"# Speech in Paris{REST}", "Speech in Paris"),
        (f"10 July 2025\n\nSpeech in Paris{REST}", "Speech in Paris"),
        (f"What now?{REST}", "What now?"),
        (f"We met.{REST}", ""),
        (f"Dear colleagues,{REST}", ""),
        (f"{'x' * 151}{REST}", ""),
        ("Speech in Paris\nLadies and gentlemen", ""),
        ("Speech in Paris", ""),
        ("", ""),
    ],
)
def test_a_short_first_line_that_stands_alone_is_the_title(
    text: str, title: str
) -> None:
    assert first_line(text) == title


@pytest.mark.parametrize(
    "title",
    [
        "about:blank",
        "Untitled",
        "untitled-1",
        "Microsoft Word - x",
        "Document1",
        "a.docx",
    ],
)
def test_what_a_program_made_up_is_no_title(title: str) -> None:
    assert sane_title(title) == ""


def test_a_title_that_a_person_wrote_stays() -> None:
    assert sane_title("A word on  Europe") == "A word on Europe"
