"""Sentences that a known speaker says under a topic, with no path to the claim."""

import pytest

from tests.unit.extraction.test_engine import propose, signs

DISPUTED = "Belgium supports a wealth tax. "
REMARKS = [
    ("Norway, one of its first users, is opposed.", {"no wealth-tax": -1}),
    ("Switzerland has yet to make up its mind.", {"ch wealth-tax": 0}),
    ("Norway condemned the vote.", {"no wealth-tax": -1}),
]
ELSEWHERE = [
    "Norway had opposed it for years.",
    "Norway supports the new bridge.",
    "Would Norway be opposed?",
    "A rumour that Norway was opposed made the rounds.",
    "Experts are opposed, and Norway has fjords.",
]


@pytest.mark.parametrize(("remark", "expected"), REMARKS)
def test_a_speakers_own_cue_is_read_on_the_claim_under_discussion(
    remark: str, expected: dict[str, int]
) -> None:
    assert signs(propose(DISPUTED + remark)) == {"be wealth-tax": 1} | expected


@pytest.mark.parametrize("remark", ELSEWHERE)
def test_past_or_other_matters_are_not_read_on_the_claim(remark: str) -> None:
    assert signs(propose(DISPUTED + remark)) == {"be wealth-tax": 1}


def test_a_claim_named_just_before_is_under_discussion() -> None:
    text = "Ministers discussed a wealth tax on Monday. Norway is in favour."
    assert signs(propose(text)) == {"no wealth-tax": 1}


def test_in_a_longer_text_a_deed_alone_is_background() -> None:
    around = "The sun shone. It rained. The train was late. Nobody came. It was cold. "
    deed = "Latvia is building a fence along its border with Belarus."
    wish = "Norway wants the border with Belarus closed."
    assert propose(around + deed) == []
    assert len(propose(f"{around}{deed} {wish}")) == 2
