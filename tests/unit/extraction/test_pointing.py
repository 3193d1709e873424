"""Stances on what a text only points to: pronouns, general nouns, left-out words."""

import pytest

from tests.unit.extraction.test_engine import propose, signs

TAX = "wealth-tax"
POINTED = [
    (
        "The cabinet discussed a wealth tax. Norway is against it.",
        {"no wealth-tax": -1},
    ),
    (
        "The summit was about a tax on large fortunes. Switzerland sees it as a mistake.",
        {"ch wealth-tax": -1},
    ),
    (
        "Crossings with Belarus may be closed at the border. Latvia wants them kept open.",
        {"lv border-closure": -1},
    ),
    (
        "Several countries have a wealth tax. Belgium is against introducing one.",
        {"be wealth-tax": -1},
    ),
    (
        "A tax on large fortunes was debated. The Greens have asked for that for years.",
        {"greens wealth-tax": 1},
    ),
    (
        'Asked about a wealth tax, Inès Moreau smiled. "We have no such plans," she said.',
        {"ines-moreau wealth-tax": -1},
    ),
    (
        "Experts proposed new subsidies for nuclear reactors. Finland plans to.",
        {"fi new-reactors": 1},
    ),
    (
        "Poland debated closing the border with Belarus. Latvia supports a closure.",
        {"lv border-closure": 1},
    ),
    (
        "A wealth tax was put to the vote. Norway voted in favour, Switzerland against.",
        {"no wealth-tax": 1, "ch wealth-tax": -1},
    ),
    (
        "A wealth tax was debated. The Greens are opposed.",
        {"greens wealth-tax": -1},
    ),
    (
        "A wealth tax was debated. Most states are behind the plan. Few said more. "
        "Lunch was late. Norway is against it.",
        {"no wealth-tax": -1},
    ),
    (
        "Inheritance tax is low. Petra Lund opposes any rise.",
        {"petra-lund inheritance-tax": -1},
    ),
]
OTHER = [
    "A wealth tax was debated. Norway bought a bridge, a fence and a train.",
    "A wealth tax was debated. The team in white, opposed to Norway, won.",
    "Norway has a wealth tax. The bridge was long, and Switzerland paid for it.",
    "A wealth tax was debated. Those who oppose fishing quotas met in Norway.",
    "Should there be a wealth tax? Would Norway reject it?",
    "A wealth tax was debated. Norway has always been open to visitors, and it is proud of them.",
    "The wealth tax is old. Inès Moreau said it was raining before it and after it.",
]


@pytest.mark.parametrize(("text", "expected"), POINTED)
def test_what_is_said_of_a_pointing_word_is_said_of_the_claim(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(propose(text)) == expected


@pytest.mark.parametrize("text", OTHER)
def test_words_that_point_to_something_else_give_no_proposal(text: str) -> None:
    assert propose(text) == []


def test_a_claim_named_far_back_is_no_longer_meant() -> None:
    between = "The ministers had fish. It was served cold. Nobody complained at all. "
    assert propose(f"A wealth tax exists. {between} Norway is against it.") == []
