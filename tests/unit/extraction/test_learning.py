"""Learning from decisions: what is recovered, what is refused, when it is switched on."""

from collections.abc import Mapping
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.features import CONFIDENCE
from extraction.learning import (
    FREE,
    LEAST_DECISIONS,
    LEAST_OF_EACH,
    Example,
    Form,
    Lesson,
    TooFewDecisionsError,
    fold_of,
    learn,
    ridge,
)
from extraction.weights import Weights


def decisions(
    odds_of: Weights,
    *,
    count: int = 1200,
    a_text: int = 3,
    seed: int = 1,
) -> list[Example]:
    """Return decisions that follow ``odds_of``: half the proposals are of an odd kind."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        features: dict[str, float] = {CONFIDENCE: float(chance.uniform(0.2, 0.95))}
        if chance.random() < 0.5:
            features["kind_attitude"] = 1.0
        if chance.random() < 0.3:
            features["words_many"] = 1.0
        features["sure_voice"] = float(chance.uniform(0.3, 1.0))
        right = bool(chance.random() < odds_of.probability(features))
        found.append(Example(f"text-{number // a_text}", features, right))
    return found


TRUE = Weights(0.4, {CONFIDENCE: 0.5, "kind_attitude": -2.0, "sure_voice": 1.5})


def test_weights_that_made_the_decisions_are_found_again() -> None:
    lesson = learn(decisions(TRUE, count=6000))
    assert lesson.form is Form.LEARNED
    found = lesson.weights
    assert found.base == pytest.approx(TRUE.base, abs=0.2)
    for name, weight in TRUE.by_input.items():
        assert found.by_input[name] == pytest.approx(weight, abs=0.25)
    assert found.by_input["words_many"] == pytest.approx(0, abs=0.15)


def test_what_is_learned_says_how_much_better_it_is_on_held_out_decisions() -> None:
    lesson = learn(decisions(TRUE))
    shipped, learned = (
        lesson.trial.judged[Form.SHIPPED],
        lesson.trial.judged[Form.LEARNED],
    )
    gain = lesson.trial.against_shipped[Form.LEARNED]
    assert learned.log_loss < shipped.log_loss
    assert learned.brier < shipped.brier
    assert learned.ranking > shipped.ranking
    assert learned.better_half > shipped.better_half
    assert gain.log_loss.size == pytest.approx(shipped.log_loss - learned.log_loss)
    assert gain.ranking.size == pytest.approx(learned.ranking - shipped.ranking)


def test_the_same_decisions_in_any_order_give_the_same_lesson() -> None:
    given_so = decisions(TRUE, count=400)
    assert learn(given_so) == learn(given_so[::-1])


def test_a_confidence_that_is_right_already_is_left_alone() -> None:
    lesson = learn(decisions(Weights()))
    assert lesson.form is Form.SHIPPED
    assert lesson.weights == Weights()


def test_a_confidence_that_only_boasts_is_calibrated() -> None:
    boasting = Weights(-1.5, {CONFIDENCE: 1.0})
    lesson = learn(decisions(boasting))
    assert lesson.form is Form.CALIBRATED
    assert set(lesson.weights.by_input) == {CONFIDENCE}
    assert lesson.weights.base == pytest.approx(-1.5, abs=0.3)
    calibrated, shipped = (
        lesson.trial.judged[Form.CALIBRATED],
        lesson.trial.judged[Form.SHIPPED],
    )
    assert calibrated.ranking == shipped.ranking
    assert calibrated.log_loss < shipped.log_loss


@pytest.mark.parametrize("seed", range(5))
def test_decisions_by_the_toss_of_a_coin_never_teach_weights(seed: int) -> None:
    lesson = learn(decisions(Weights(0.0, {}), count=300, seed=seed))
    assert lesson.form is not Form.LEARNED


def test_decisions_that_a_feature_separates_give_finite_weights() -> None:
    given_so = [
        Example(
            f"text-{n // 2}",
            {CONFIDENCE: 0.6} | ({"condition": 1.0} if n % 2 else {}),
            n % 2 == 1,
        )
        for n in range(400)
    ]
    lesson = learn(given_so)
    assert lesson.form is Form.LEARNED
    assert np.isfinite([lesson.weights.base, *lesson.weights.by_input.values()]).all()
    assert lesson.weights.probability({CONFIDENCE: 0.6, "condition": 1.0}) > 0.9
    assert lesson.weights.probability({CONFIDENCE: 0.6}) < 0.1


def test_what_is_seen_rarely_stays_near_nothing() -> None:
    rare = [
        Example(f"rare-{n}", {CONFIDENCE: 0.6, "claim=new": 1.0}, right=False)
        for n in range(5)
    ]
    lesson = learn([*decisions(TRUE), *rare])
    assert -1.5 < lesson.weights.by_input["claim=new"] < 0
    assert "claim=newer" not in lesson.weights.by_input


def few(right: int, wrong: int, texts: int = 1000) -> list[Example]:
    """Return so many decisions."""
    outcomes = [True] * right + [False] * wrong
    return [
        Example(f"text-{n % texts}", {CONFIDENCE: 0.5}, outcome)
        for n, outcome in enumerate(outcomes)
    ]


@pytest.mark.parametrize(
    ("given_so", "missing"),
    [
        (few(0, 0), f"0 decisions on proposals, of the {LEAST_DECISIONS} it takes"),
        (few(50, 49), f"99 decisions on proposals, of the {LEAST_DECISIONS}"),
        (few(200, 0), f"0 proposals that were not kept, of the {LEAST_OF_EACH}"),
        (few(19, 200), f"19 proposals that were kept, of the {LEAST_OF_EACH}"),
        (few(100, 100, texts=4), "4 texts with decisions, of the 20"),
    ],
)
def test_too_few_decisions_are_refused_in_words(
    given_so: list[Example], missing: str
) -> None:
    with pytest.raises(TooFewDecisionsError, match=missing):
        learn(given_so)


def lesson_of_copies(copies: int) -> Lesson:
    """Learn from coin tosses of which each text repeats its own so many times."""
    chance = np.random.default_rng(3)
    found = []
    for text in range(40):
        kind = {f"kind_{text % 8}": 1.0}
        right = bool(chance.random() < 0.5)
        features = {CONFIDENCE: 0.5} | kind
        found += [Example(f"text-{text}", features, right)] * copies
    return learn(found)


def test_many_decisions_on_one_text_count_as_one_when_chance_is_weighed() -> None:
    lesson = lesson_of_copies(20)
    gain = lesson.trial.against_shipped[Form.LEARNED]
    assert lesson.form is Form.SHIPPED
    assert gain.ranking.error > 0.04  # 800 free tosses would give half of that


def test_a_text_always_falls_into_the_same_fold() -> None:
    assert [fold_of(f"{n}", "outer", 10) for n in range(8)] == [
        fold_of(f"{n}", "outer", 10) for n in range(8)
    ]
    assert {fold_of(f"{n}", "outer", 10) for n in range(200)} == set(range(10))


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(
        st.tuples(st.floats(-20, 20), st.floats(-20, 20), st.booleans()),
        min_size=1,
        max_size=30,
    )
)
def test_ridge_ends_where_no_direction_is_better(
    rows: list[tuple[float, float, bool]],
) -> None:
    x = np.array([[1.0, a, b] for a, b, _ in rows])
    right = np.array([outcome for _, _, outcome in rows])
    shipped, penalties = np.array([0.0, 1.0, 0.0]), np.array([FREE, FREE, 3.0])
    found = ridge(x, right, shipped, penalties)
    said = 1 / (1 + np.exp(-np.clip(x @ found, -500, 500)))
    slope = x.T @ (right - said) - penalties * (found - shipped)
    assert np.abs(slope).max() < 1e-2


@given(
    features=st.dictionaries(
        st.sampled_from([CONFIDENCE, "sure_voice", "condition", "unheard_of"]),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
    )
)
def test_a_score_is_always_a_probability(features: Mapping[str, float]) -> None:
    assert (
        0
        <= Weights(0.3, {CONFIDENCE: 2.0, "condition": 9.0}).probability(features)
        <= 1
    )


@given(confidence=st.floats(0.02, 0.98))
def test_without_learning_the_score_is_the_engines_own(confidence: float) -> None:
    assert Weights().probability({CONFIDENCE: confidence}) == pytest.approx(confidence)


def test_a_part_of_the_confidence_is_raised_to_the_power_of_its_weight() -> None:
    weights = Weights(0.0, {"sure_voice": 2.0})
    assert weights.probability({"sure_voice": 0.5}) == pytest.approx(
        1 / (1 + np.exp(-2 * log(0.5)))
    )


def test_weights_survive_storing() -> None:
    assert Weights.from_json(TRUE.as_json()) == TRUE
