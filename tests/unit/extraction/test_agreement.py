"""Two engines on one document: what agreement and disagreement do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.agreement import compare, joint
from extraction.interface import Candidate, Kind, Span, Value

NAMES = ("rules", "model")


def candidate(**changes: object) -> Candidate:
    """Return norway's support, half sure."""
    parts: dict = {
        "kind": Kind.INDIRECT,
        "content": (Span(10, 40),),
        "claim": "tax",
        "actor": "norway",
        "value": Value.SUPPORT,
        "confidence": 0.5,
        "reasons": ("said so",),
    }
    return Candidate(**parts | changes)


def test_agreement_raises_both_by_the_stated_formula() -> None:
    found = compare(
        [candidate(confidence=0.6)],
        [candidate(confidence=0.5, content=(Span(30, 60),))],
        NAMES,
    )
    expected = 0.6 + 0.4 * 0.5 * 0.5
    assert [c.confidence for c in found.first] == pytest.approx([expected])
    assert [c.confidence for c in found.second] == pytest.approx([expected])
    assert found.first[0].reasons == (
        "said so",
        "The engine “model” agrees: it reads support",
    )


def test_other_places_of_an_act_count_too() -> None:
    first = candidate(content=(Span(70, 90),), also=(Span(10, 40),))
    found = compare([first], [candidate()], NAMES)
    assert found.first[0].confidence == found.second[0].confidence > 0.5


def test_a_conditional_value_of_the_same_sign_agrees() -> None:
    other = candidate(value=Value.CONDITIONAL_SUPPORT)
    found = compare([candidate()], [other], NAMES)
    assert found.first[0].confidence > 0.5
    assert "it reads conditional support" in found.first[0].reasons[-1]


@pytest.mark.parametrize("value", [Value.OPPOSE, Value.AMBIGUOUS])
def test_disagreement_is_shown_in_both_and_changes_no_confidence(value: Value) -> None:
    found = compare([candidate()], [candidate(value=value)], NAMES)
    assert found.first[0].confidence == found.second[0].confidence == 0.5
    assert found.first[0].reasons[-1].startswith("The engine “model” disagrees")
    assert found.second[0].reasons[-1] == (
        "The engine “rules” disagrees: it reads support"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": "sweden"},
        {"claim": "whaling"},
        {"content": (Span(40, 50),)},
        {"value": None},
    ],
)
def test_another_act_or_no_value_leaves_both_as_they_were(changes: dict) -> None:
    one, other = candidate(), candidate(**changes)
    found = compare([one], [other], NAMES)
    assert (found.first, found.second) == ([one], [other])


def test_unknown_speakers_are_never_the_same_act() -> None:
    one = candidate(actor="")
    assert compare([one], [one], NAMES).first == [one]


@given(st.floats(0, 1), st.floats(0, 1))
def test_agreeing_never_lowers_and_stays_a_share(one: float, other: float) -> None:
    assert max(one, other) <= joint(one, other) <= 1
    assert joint(one, other) == joint(other, one)
