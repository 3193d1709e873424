"""Stances taken over from somebody else, in all the wordings of taking a side."""

import pytest

from tests.unit.extraction.test_engine import propose, signs

FOR = "Inès Moreau backs a wealth tax. "
AGAINST = "Inès Moreau rejects a wealth tax. "
SAME = [
    "Norway agrees.",
    "Karl Lindqvist agreed with her.",
    "Karl Lindqvist agreed with Moreau.",
    "Norway takes the same line.",
    "Norway is of the same mind.",
    "Norway sided with Moreau.",
    "Norway followed suit.",
    "Norway shares her view.",
    "The minister's view is shared by Norway.",
    "Norway echoed the minister.",
    "Norway welcomed her decision.",
    "So does Norway.",
    "Norway thinks likewise.",
    "Norway too.",
    "Norway did so too.",
    "Norway applauded the decision.",
    "Norway sides with Moreau.",
    "Norway supports the French proposal.",
    "Norway does too.",
    "That is also Norway's position, and it is shared by Karl Lindqvist.",
]
OPPOSITE = [
    "Norway sees it differently.",
    "Norway disagrees.",
    "Karl Lindqvist disagreed with her.",
    "Norway does not share her view.",
    "Norway takes the opposite view.",
    "Norway does not.",
    "Norway criticised her stance.",
]
NEITHER = [
    "Norway and Moreau met in Oslo.",
    "Does Norway agree with her?",
    "Norway is said to agree with her.",
    "Norway agreed to a treaty on fish.",
    "Norway agreed with Moreau on fishing quotas.",
    "Karl Lindqvist was with her in Oslo.",
    "Norway took the same train.",
    "If Norway agreed with her, nobody would know.",
]


def values(text: str) -> dict[str, int]:
    """Return what ``text`` shows of anybody but the minister."""
    found = signs(propose(text))
    return {key: sign for key, sign in found.items() if "moreau" not in key}


@pytest.mark.parametrize("words", SAME)
def test_whoever_takes_a_side_holds_its_value(words: str) -> None:
    assert set(values(FOR + words).values()) == {1}
    assert set(values(AGAINST + words).values()) == {-1}


@pytest.mark.parametrize("words", OPPOSITE)
def test_whoever_contradicts_holds_the_opposite(words: str) -> None:
    assert set(values(FOR + words).values()) == {-1}
    assert set(values(AGAINST + words).values()) == {1}


@pytest.mark.parametrize("words", NEITHER)
def test_no_side_is_taken(words: str) -> None:
    assert values(FOR + words) == {}


def test_the_guest_of_an_interview_takes_the_side_of_whom_he_is_asked_about() -> None:
    text = (
        "Jorge Sáez receives us at noon.\n\n"
        "Do you like Madrid?\n\nI do, in spring.\n\n"
        "Inès Moreau wants a wealth tax. Do you?\n\nSo do I.\n\n"
        "And what comes next?\n\nI will read a book."
    )
    assert values(text) == {"jorge-saez wealth-tax": 1}


def test_all_of_a_list_take_the_side() -> None:
    found = values(FOR + "So do Norway, Latvia and Finland.")
    assert found == {"no wealth-tax": 1, "lv wealth-tax": 1, "fi wealth-tax": 1}


def test_a_side_taken_on_another_claim_is_the_stance_on_that_claim() -> None:
    text = "Inès Moreau rejects a wealth tax and backs state aid for new reactors. "
    found = values(text + "Norway sided with her on new reactors.")
    assert found == {"no new-reactors": 1}
