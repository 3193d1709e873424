"""A stance is dated by the occasion on which it was stated, not by what it speaks of."""

from datetime import date

import pytest

from extraction.engine import RuleExtractor
from extraction.interface import Document
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED

MONDAY, TUESDAY, WEDNESDAY = date(2024, 3, 4), date(2024, 3, 5), PUBLISHED


def days(text: str, *, author: str = "") -> dict[str, set[date | None]]:
    """Return the days on which each actor of ``text`` is said to have stated a stance."""
    document = Document(text, author=author, published_on=PUBLISHED)
    found: dict[str, set[date | None]] = {}
    for candidate in RuleExtractor().extract(document, ACTORS, CLAIMS):
        found.setdefault(candidate.actor, set()).add(candidate.stated_on)
    return found


@pytest.mark.parametrize(
    ("text", "actor", "day"),
    [
        ("Inès Moreau rejected a wealth tax on Monday.", "ines-moreau", MONDAY),
        (
            "Inès Moreau said that she would reject a wealth tax in June.",
            "ines-moreau",
            WEDNESDAY,
        ),
        (
            "Belgium will phase out nuclear power on Friday, Pieter Vandamme said.",
            "pieter-vandamme",
            WEDNESDAY,
        ),
        (
            "Inès Moreau said on Tuesday that France had opposed a wealth tax since 2019.",
            "ines-moreau",
            TUESDAY,
        ),
        (
            "Petra Lund, who became leader in February, rejects a wealth tax.",
            "petra-lund",
            WEDNESDAY,
        ),
        (
            "Petra Lund told parliament in January that she rejects a wealth tax.",
            "petra-lund",
            date(2024, 1, 1),
        ),
        ("Poland rejects a wealth tax this year.", "pl", WEDNESDAY),
        (
            "The talks began on Monday. Poland wants an annual tax on large fortunes.",
            "pl",
            WEDNESDAY,
        ),
    ],
)
def test_the_date_of_the_reporting_verb_counts(
    text: str, actor: str, day: date
) -> None:
    assert days(text)[actor] == {day}


def test_a_speakers_later_words_belong_to_the_dated_occasion() -> None:
    text = (
        "Inès Moreau said on Monday that she rejects a wealth tax. The hall was full.\n\n"
        "Moreau also opposed a higher inheritance tax. Petra Lund rejected a wealth tax."
    )
    assert days(text) == {"ines-moreau": {MONDAY}, "petra-lund": {WEDNESDAY}}


def test_what_is_said_at_a_dated_meeting_is_said_on_its_day() -> None:
    text = (
        "Ministers of four countries quarrelled on Monday over taxes.\n\n"
        "Inès Moreau rejected a wealth tax. Pieter Vandamme said that Belgium opposed "
        "it too. Poland wants an annual tax on large fortunes.\n\n"
        "And elsewhere\n\nPetra Lund rejected a wealth tax."
    )
    found = days(text)
    assert found["ines-moreau"] == {MONDAY}
    assert found["pl"] == {WEDNESDAY}
    assert found["petra-lund"] == {WEDNESDAY}


def test_a_press_conference_is_no_meeting() -> None:
    text = (
        "Inès Moreau told a news conference on Monday that she rejects a wealth tax. "
        "Petra Lund rejected a wealth tax."
    )
    assert days(text) == {"ines-moreau": {MONDAY}, "petra-lund": {WEDNESDAY}}


def test_an_authors_own_words_are_of_the_published_day() -> None:
    text = "Ministers met on Monday. I rejected a wealth tax long ago, and I oppose it."
    assert days(text, author="Jorge Sáez") == {"jorge-saez": {WEDNESDAY}}
