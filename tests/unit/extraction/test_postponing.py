"""Answers put off, on a claim that the words around them name."""

import pytest

from extraction.interface import Value
from tests.unit.extraction.test_engine import propose

TOPIC = "A wealth tax was debated on Monday. "
PUT_OFF = [
    "Norway has yet to make up its mind.",
    "Norway has not taken a view.",
    "Norway has not yet decided.",
    "Norway would not be drawn.",
    "Norway asked for more time.",
    "Norway will decide after the election.",
    "Norway reserved its judgment.",
    "Norway is waiting for a report.",
    "Norway is undecided.",
    "Norway would neither recommend it nor advise against it.",
    "Norway will look at it after the election on taxes.",
    "Karl Lindqvist said it was too early to say.",
    'Karl Lindqvist said: "We will come back to that after the summer."',
    "Karl Lindqvist would give an answer once the courts had given theirs.",
]
NAMED = [
    "Norway had not made up its mind whether a wealth tax should be introduced.",
    "It is too early to say whether there will be a wealth tax, according to Norway.",
    "Karl Lindqvist declined to say whether he wanted a tax on large fortunes.",
]
NOTHING = [
    "Norway declined to comment.",
    "Norway has yet to decide on the colour of the bridge.",
    "Has Norway made up its mind?",
    "Norway will not say who paid for the dinner.",
    "Unless Norway has decided by then, the ferry will stop.",
    "Norway did not hesitate to send flowers.",
    "We take no position on that, the archive said.",
]


@pytest.mark.parametrize("words", PUT_OFF)
def test_an_answer_put_off_is_undecided_on_what_was_debated(words: str) -> None:
    found = propose(TOPIC + words)
    assert {(one.claim, one.value) for one in found} == {
        ("wealth-tax", Value.AMBIGUOUS)
    }


@pytest.mark.parametrize("text", NAMED)
def test_an_answer_put_off_may_name_its_claim(text: str) -> None:
    assert {(one.claim, one.value) for one in propose(text)} == {
        ("wealth-tax", Value.AMBIGUOUS)
    }


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_left_open_may_be_something_else(words: str) -> None:
    assert propose(TOPIC + words) == []


def test_no_decision_is_no_refusal() -> None:
    text = "No decision has been taken on a wealth tax, Karl Lindqvist told a paper."
    assert [one.value for one in propose(text)] == [Value.AMBIGUOUS]
