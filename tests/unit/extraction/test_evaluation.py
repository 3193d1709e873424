"""How scores are judged, against slow and obvious counting."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.evaluation import (
    ERRORS,
    LEAST_GAIN,
    Gain,
    compare_scores,
    judge,
    ranking,
    standard_error,
)

SCORED = st.lists(
    st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()),
    min_size=2,
    max_size=25,
).filter(lambda rows: len({right for _, right in rows}) == 2)


@given(rows=SCORED)
def test_ranking_is_the_share_of_pairs_in_the_right_order(
    rows: list[tuple[float, bool]],
) -> None:
    pairs = [
        (one > other) + (one == other) / 2
        for (one, right), (other, wrong) in product(rows, rows)
        if right and not wrong
    ]
    scores = np.array([score for score, _ in rows])
    right = np.array([outcome for _, outcome in rows])
    assert ranking(scores, right) == pytest.approx(sum(pairs) / len(pairs))


@given(rows=SCORED)
def test_scores_gain_nothing_over_themselves(rows: list[tuple[float, bool]]) -> None:
    scores = np.array([score for score, _ in rows])
    right = np.array([outcome for _, outcome in rows])
    texts = [str(n) for n in range(len(rows))]
    found = compare_scores(scores, scores, right, texts)
    assert (found.log_loss, found.ranking) == (Gain(0.0, 0.0), Gain(0.0, 0.0))


def test_judged_by_hand() -> None:
    found = judge(np.array([0.9, 0.6, 0.5, 0.2]), np.array([True, False, True, False]))
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.25 + 0.04) / 4)
    assert found.log_loss == pytest.approx(
        -(np.log(0.9) + np.log(0.4) + np.log(0.5) + np.log(0.8)) / 4
    )
    assert (found.ranking, found.better_half) == (0.75, 0.5)
    assert (found.shown, found.shown_right) == (2, 0.5)


def test_one_wrong_certainty_does_not_outweigh_everything() -> None:
    found = judge(np.array([1.0, 1.0]), np.array([True, False]))
    assert found.log_loss == pytest.approx(-(np.log(0.99) + np.log(0.01)) / 2)


def test_the_error_of_a_mean_is_the_usual_one_where_each_text_has_one_decision() -> (
    None
):
    values = np.array([1.0, 2.0, 4.0, 9.0])
    parts = (values - values.mean()) / len(values)
    expected = values.std(ddof=1) / np.sqrt(len(values))
    assert standard_error(parts, ["a", "b", "c", "d"]) == pytest.approx(expected)


def test_repeating_every_decision_of_a_text_leaves_the_error_as_it_is() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    once = standard_error((values - 4) / 4, ["a", "b", "c", "d"])
    parts = np.repeat(values - 4, 5) / 20
    assert standard_error(parts, sorted("abcd" * 5)) == pytest.approx(once)


@pytest.mark.parametrize(
    ("gain", "clear"),
    [
        (Gain(0.05, 0.02), True),
        (Gain(0.05, 0.03), False),
        (Gain(LEAST_GAIN / 2, 0.0), False),
        (Gain(-0.5, 0.01), False),
        (Gain(ERRORS * 0.01, 0.01), True),
    ],
)
def test_a_gain_is_clear_when_worth_having_and_beyond_chance(
    gain: Gain, clear: object
) -> None:
    assert gain.is_clear is clear
