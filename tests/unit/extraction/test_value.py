"""The value that words give a claim."""

import pytest

from extraction.chain import climb
from extraction.claims import ClaimMatcher
from extraction.cues import Cue
from extraction.interface import KnownClaim, Value
from extraction.parsing import load_model, parse
from extraction.state import State, apply, negate
from extraction.value import Orientation, Reading, orientation_of, read, relative

CLAIMS = {
    "tax": KnownClaim("tax", "A wealth tax", "The state should introduce a wealth tax"),
    "exit": KnownClaim("exit", "Nuclear exit", "Nuclear power should be phased out"),
    "open": KnownClaim(
        "open",
        "A bridge tax",
        "The city should keep open the option of charging a bridge tax",
    ),
    "ban": KnownClaim(
        "ban", "Short flights", "The EU should introduce a ban on short flights"
    ),
}


def value_of(claim: str, text: str) -> Reading:
    """Return what ``text`` as a whole says of ``claim``."""
    matcher = ClaimMatcher(load_model(), [CLAIMS[claim]])
    anchor = matcher.anchors(parse(text))[-1]
    chain = climb(anchor.token)
    orientation = orientation_of(matcher.profiles[claim].anchor)
    return read(chain, chain.state, orientation)


@pytest.mark.parametrize(
    ("claim", "text", "value"),
    [
        ("tax", "Lena Brandt wants to introduce a wealth tax.", Value.SUPPORT),
        ("tax", "Brandt has rejected a wealth tax.", Value.OPPOSE),
        ("tax", "The chancellor ruled out a wealth tax.", Value.OPPOSE),
        (
            "tax",
            "The chancellor did not rule out a wealth tax.",
            Value.CONDITIONAL_SUPPORT,
        ),
        (
            "tax",
            "The chancellor refuses to rule out a wealth tax.",
            Value.CONDITIONAL_SUPPORT,
        ),
        (
            "tax",
            "The cabinet has no plans to introduce a wealth tax.",
            Value.CONDITIONAL_OPPOSE,
        ),
        (
            "tax",
            "The cabinet has no intention of introducing a wealth tax.",
            Value.OPPOSE,
        ),
        ("tax", "The cabinet will not introduce a wealth tax.", Value.OPPOSE),
        ("tax", "The cabinet is considering a wealth tax.", Value.CONDITIONAL_SUPPORT),
        ("tax", "The cabinet is open to a wealth tax.", Value.CONDITIONAL_SUPPORT),
        ("tax", "Brandt denied that she backed a wealth tax.", Value.OPPOSE),
        ("tax", "No wealth tax will be introduced.", Value.OPPOSE),
        ("tax", "No vote, not even to introduce a wealth tax.", Value.OPPOSE),
        (
            "tax",
            "There will be no vote, not even to introduce a wealth tax.",
            Value.OPPOSE,
        ),
        ("tax", "A wealth tax would be a mistake.", Value.OPPOSE),
        ("tax", "A wealth tax is out of the question.", Value.OPPOSE),
        ("tax", "A wealth tax is not off the table.", Value.CONDITIONAL_SUPPORT),
        ("tax", "Neither party sees any need for a wealth tax.", Value.OPPOSE),
        ("tax", "I do not think that a wealth tax is the answer.", Value.OPPOSE),
        (
            "tax",
            "It is too early to say whether a wealth tax will come.",
            Value.AMBIGUOUS,
        ),
        (
            "tax",
            "She has not yet decided whether to back a wealth tax.",
            Value.AMBIGUOUS,
        ),
        ("exit", "The Greens want to phase out nuclear power.", Value.SUPPORT),
        ("exit", "Sweden wants to build nuclear power plants.", Value.OPPOSE),
        ("exit", "The minister opposes the phase-out of nuclear power.", Value.OPPOSE),
        ("exit", "Nuclear power must stay.", Value.OPPOSE),
        ("open", "The mayor did not rule out a bridge tax.", Value.SUPPORT),
        ("ban", "The airline wants the ban on short flights scrapped.", Value.OPPOSE),
        ("ban", "Short flights should be banned.", Value.SUPPORT),
    ],
)
def test_words_give_a_value(claim: str, text: str, value: Value) -> None:
    assert value_of(claim, text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "They discussed a wealth tax.",
        "If a wealth tax came, she would leave.",
        "She never said that a wealth tax should come.",
    ],
)
def test_no_value_rather_than_a_guess(text: str) -> None:
    assert value_of("tax", text).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "She backs a wealth tax provided that firms are spared.",
            Value.CONDITIONAL_SUPPORT,
        ),
        ("She backs a wealth tax only if firms are spared.", Value.CONDITIONAL_SUPPORT),
        ("She opposes a wealth tax unless firms are spared.", Value.CONDITIONAL_OPPOSE),
        (
            "She backs a wealth tax as long as firms are spared.",
            Value.CONDITIONAL_SUPPORT,
        ),
    ],
)
def test_a_condition_weakens_the_value_and_is_kept(text: str, value: Value) -> None:
    reading = value_of("tax", text)
    assert reading.value == value
    assert reading.condition is not None
    assert reading.condition.text(text).endswith("firms are spared")


@pytest.mark.parametrize(
    "text",
    [
        "She backs a wealth tax even if firms complain.",
        "She backs a wealth tax once again.",
        "She backs a wealth tax.",
    ],
)
def test_what_is_no_condition_weakens_nothing(text: str) -> None:
    assert value_of("tax", text) == value_of("tax", text)
    assert value_of("tax", text).value == Value.SUPPORT


def test_for_now_weakens_a_refusal() -> None:
    text = "She rejects a wealth tax for now."
    assert value_of("tax", text).value == Value.CONDITIONAL_OPPOSE


def test_a_reading_gives_its_reasons_in_words() -> None:
    reasons = value_of("tax", "Brandt did not rule out a wealth tax.").reasons
    assert any("rule" in reason for reason in reasons)
    assert any("negated" in reason for reason in reasons)


def test_denying_a_refusal_is_openness_and_denying_support_is_refusal() -> None:
    assert negate(apply(State(), Cue.OPPOSE)).number == 1
    assert negate(apply(State(), Cue.SUPPORT)).number == -2
    assert negate(apply(State(), Cue.PLAN)).number == -1
    assert negate(apply(State(), Cue.SAY)).void


def test_a_claim_to_keep_something_open_is_met_by_openness() -> None:
    openness = apply(State(), Cue.OPENNESS)
    assert relative(openness, Orientation(1, 1)) == 2
    assert relative(openness, Orientation(1, 2)) == 1
    assert relative(openness, Orientation(-1, 2)) == -1
