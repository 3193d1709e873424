"""Answers of one word, and what a clause without its verb takes back."""

import pytest

from tests.unit.extraction.test_engine import propose, signs

ANSWERS = [
    (
        "Asked whether Norway would introduce a wealth tax, Karl Lindqvist said no.",
        {"karl-lindqvist wealth-tax": -1},
    ),
    (
        "Four states asked for a wealth tax. The European Union told them no.",
        {"eu wealth-tax": -1},
    ),
    (
        "Many want a wealth tax. Norway does not.",
        {"no wealth-tax": -1},
    ),
    (
        'Would there be a wealth tax? "No," Inès Moreau said.',
        {"ines-moreau wealth-tax": -1},
    ),
]
TAKEN_BACK = [
    "A paper wrote that Norway wants a wealth tax. It does not.",
    "We reported that Norway now backs a wealth tax. Norway does not.",
]
NOTHING = [
    "A wealth tax was debated. Nobody knew what would happen if Norway did not.",
    "A wealth tax was debated. No, the minister from Norway was not there.",
    "Would Norway introduce a wealth tax? Does it not?",
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_a_yes_or_no_answers_what_was_put_before(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(propose(text)) == expected


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_report_that_is_taken_back_is_no_stance_for_what_it_said(text: str) -> None:
    assert signs(propose(text)) == {}


@pytest.mark.parametrize("text", NOTHING)
def test_other_short_words_answer_nothing(text: str) -> None:
    assert propose(text) == []


def test_the_guest_of_an_interview_answers_its_questions() -> None:
    text = (
        "Jorge Sáez receives us at noon.\n\n"
        "Do you like Madrid?\n\nI do, in spring.\n\n"
        "Should there be a wealth tax?\n\nNo. I think it would be a mistake.\n\n"
        "And what comes next?\n\nI will read a book."
    )
    assert signs(propose(text)) == {"jorge-saez wealth-tax": -1}
