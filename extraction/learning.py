"""Learns from decisions which proposals are right: penalised logistic regression in numpy.

Two forms are fitted. *Calibrated*: the confidence alone, so that 0.7 comes to mean that 7
of 10 are kept (Platt scaling: J. Platt, "Probabilistic outputs for support vector
machines", 1999). *Learned*: every feature, by maximum likelihood with a quadratic penalty
on the distance from the shipped score (ridge: le Cessie and van Houwelingen, "Ridge
estimators in logistic regression", 1992; Newton's method), then calibrated in the same
way on decisions that the fit did not see. What few decisions show, a single claim for
one, stays near 0.

Nothing is random: texts are dealt into folds by a hash of their key, and decisions are
put in order first, so the same decisions always give the same weights.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extraction.evaluation import Comparison, Judged, compare_scores, judge, log_losses
from extraction.features import CONFIDENCE
from extraction.weights import Weights, inputs

METHOD = "1"  # goes up when the same decisions would give other weights
LEAST_DECISIONS, LEAST_OF_EACH, LEAST_TEXTS = 100, 20, 20
LEAST_SEEN = 5  # decisions with a feature before it gets a weight
FOLDS, INNER_FOLDS = 10, 5
PENALTIES = (100.0, 30.0, 10.0, 3.0)
FREE = 0.1  # penalty on base and confidence: little, but never none
NEWTON_STEPS, PRECISE = 50, 1e-9

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Form(StrEnum):
    """Which score stands: the engine's own, the same calibrated, or the learned one."""

    SHIPPED = "shipped"
    CALIBRATED = "calibrated"
    LEARNED = "learned"


class TooFewDecisionsError(ValueError):
    """There is not enough to learn from; the message says what is missing."""


@dataclass(frozen=True)
class Example:
    """One decision; those with the same ``text`` are learned from or held out together."""

    text: str
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True)
class Trial:
    """How each form did on decisions held out from its fit, and what it gains."""

    judged: Mapping[Form, Judged]
    against_shipped: Mapping[Form, Comparison]


@dataclass(frozen=True)
class Lesson:
    """What was learned: the form that stands, its weights and the trial that chose it."""

    form: Form
    weights: Weights
    decisions: int
    right: int
    texts: int
    trial: Trial


def learn(examples: Iterable[Example]) -> Lesson:
    """Fit both forms and choose by held-out decisions; raises TooFewDecisionsError."""
    table = _Table.of(examples)
    refuse_too_few(table)
    trial = _trial(table)
    calibrated = fit_calibrated(table)
    form = chosen(trial.against_shipped, calibrated)
    learned = fit_learned(table) if form is Form.LEARNED else Weights()
    return Lesson(
        form=form,
        weights=calibrated if form is Form.CALIBRATED else learned,
        decisions=len(table.right),
        right=int(table.right.sum()),
        texts=len(set(table.texts)),
        trial=trial,
    )


def try_out(examples: Iterable[Example]) -> Trial:
    """Return how each form would do on texts it has not seen, however few they are."""
    return _trial(_Table.of(examples))


def _trial(table: "_Table") -> Trial:
    held_out = {
        Form.SHIPPED: table.confidence,
        Form.CALIBRATED: held_out_scores(table, fit_calibrated),
        Form.LEARNED: held_out_scores(table, fit_learned),
    }
    return Trial(_judged(held_out, table.right), _against_shipped(held_out, table))


def _judged(held_out: Mapping[Form, Numbers], right: Flags) -> dict[Form, Judged]:
    judged = {form: judge(scores, right) for form, scores in held_out.items()}
    shipped = judged[Form.SHIPPED]
    # one calibration keeps the order; only those of different folds put together do not
    judged[Form.CALIBRATED] = replace(
        judged[Form.CALIBRATED],
        ranking=shipped.ranking,
        better_half=shipped.better_half,
    )
    return judged


def _against_shipped(
    held_out: Mapping[Form, Numbers], table: "_Table"
) -> dict[Form, Comparison]:
    shipped = held_out[Form.SHIPPED]
    return {
        form: compare_scores(scores, shipped, table.right, table.texts)
        for form, scores in held_out.items()
        if form != Form.SHIPPED
    }


def chosen(compared: Mapping[Form, Comparison], calibrated: Weights) -> Form:
    """Return the form that clearly helps, the learned one first.

    The learned score must say more surely which are right and order them better.
    Calibration keeps the order, so only the former is asked of it.
    """
    learned = compared[Form.LEARNED]
    if learned.log_loss.is_clear and learned.ranking.is_clear:
        return Form.LEARNED
    keeps_order = calibrated.by_input[CONFIDENCE] > 0
    if keeps_order and compared[Form.CALIBRATED].log_loss.is_clear:
        return Form.CALIBRATED
    return Form.SHIPPED


# -- the decisions as a table ---------------------------------------------------


@dataclass(frozen=True)
class _Table:
    """Decisions by features: a row each, in an order that only they determine."""

    names: tuple[str, ...]
    x: Numbers
    right: Flags
    confidence: Numbers
    texts: tuple[str, ...]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> "_Table":
        rows = sorted(examples, key=_order)
        weighed = [inputs(row.features) for row in rows]
        names = _learnable(weighed)
        return cls(
            names=names,
            x=np.array(
                [[1.0, *(w.get(name, 0.0) for name in names)] for w in weighed]
            ).reshape(len(rows), len(names) + 1),
            right=np.array([row.right for row in rows], dtype=np.bool_),
            confidence=np.array([row.features.get(CONFIDENCE, 0.5) for row in rows]),
            texts=tuple(row.text for row in rows),
        )

    def only(self, kept: Flags) -> "_Table":
        """Return the rows that ``kept`` marks."""
        return replace(
            self,
            x=self.x[kept],
            right=self.right[kept],
            confidence=self.confidence[kept],
            texts=tuple(t for t, keep in zip(self.texts, kept, strict=True) if keep),
        )

    def scored_with(self, weights: Weights) -> Numbers:
        """Return the log odds that ``weights`` give each row."""
        by_column = [weights.by_input.get(name, 0.0) for name in self.names]
        return np.asarray(self.x @ np.array([weights.base, *by_column]))


def _order(example: Example) -> tuple[str, str, bool]:
    features = json.dumps(dict(example.features), sort_keys=True)
    return example.text, features, example.right


def _learnable(rows: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """Confidence first, then what varies and was seen often enough."""
    seen: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            if value:
                seen.setdefault(name, []).append(value)
    kept = {
        name
        for name, values in seen.items()
        if len(values) >= LEAST_SEEN
        and (len(values) < len(rows) or min(values) < max(values))
    }
    return (CONFIDENCE, *sorted(kept - {CONFIDENCE}))


def refuse_too_few(table: _Table) -> None:
    """Raise TooFewDecisionsError, in words, where held-out figures would mean nothing."""
    right = int(table.right.sum())
    for count, least, what in (
        (len(table.right), LEAST_DECISIONS, "decisions on proposals"),
        (right, LEAST_OF_EACH, "proposals that were kept"),
        (len(table.right) - right, LEAST_OF_EACH, "proposals that were not kept"),
        (len(set(table.texts)), LEAST_TEXTS, "texts with decisions"),
    ):
        if count < least:
            raise TooFewDecisionsError(f"{count} {what}, of the {least} it takes")


# -- fitting --------------------------------------------------------------------


def fit_calibrated(table: _Table) -> Weights:
    """Fit base and confidence alone."""
    base, slope = ridge(
        table.x[:, :2], table.right, np.array([0.0, 1.0]), np.array([FREE, FREE])
    )
    return Weights(float(base), {CONFIDENCE: float(slope)})


def fit_learned(table: _Table) -> Weights:
    """Fit every feature, as freely as decisions of other texts bear out, and calibrate."""
    best_loss, best = np.inf, (PENALTIES[0], np.zeros(len(table.right)))
    for penalty in PENALTIES:
        fit = partial(fit_ridge, penalty=penalty)
        odds = held_out_odds(table, fit, salt="inner", folds=INNER_FOLDS)
        loss = float(log_losses(_logistic(odds), table.right).mean())
        if loss < best_loss - PRECISE:
            best_loss, best = loss, (penalty, odds)
    penalty, odds = best
    return calibrated_on(fit_ridge(table, penalty), odds, table.right)


def fit_ridge(table: _Table, penalty: float) -> Weights:
    """Fit every feature with ``penalty`` on all but base and confidence."""
    count = table.x.shape[1]
    shipped = np.zeros(count)
    shipped[1] = 1.0
    penalties = np.full(count, penalty)
    penalties[:2] = FREE
    fitted = ridge(table.x, table.right, shipped, penalties)
    by_input = zip(table.names, map(float, fitted[1:]), strict=True)
    return Weights(float(fitted[0]), dict(by_input))


def calibrated_on(weights: Weights, odds: Numbers, right: Flags) -> Weights:
    """Return ``weights`` scaled as decisions held out from them ask for."""
    column = np.stack([np.ones(len(odds)), odds], axis=1)
    shift, slope = ridge(column, right, np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    return Weights(
        float(shift + slope * weights.base),
        {name: float(slope * weight) for name, weight in weights.by_input.items()},
    )


def ridge(x: Numbers, right: Flags, shipped: Numbers, penalties: Numbers) -> Numbers:
    """Maximise likelihood less ``penalties / 2`` times the squared way from ``shipped``.

    Newton's method with halved steps; every penalty above 0 keeps it finite, separable
    decisions included.
    """
    weights, loss = shipped.copy(), np.inf
    step = np.zeros_like(shipped)
    for _ in range(NEWTON_STEPS):
        tried = weights + step
        tried_loss = _penalised(tried, x, right, shipped, penalties)
        if tried_loss > loss:
            step = step / 2
            continue
        if loss - tried_loss < PRECISE and np.isfinite(loss):
            return np.asarray(tried)
        weights, loss = tried, tried_loss
        step = _newton_step(weights, x, right, shipped, penalties)
    return weights


def _penalised(
    weights: Numbers, x: Numbers, right: Flags, shipped: Numbers, penalties: Numbers
) -> float:
    odds = x @ weights
    loss = np.logaddexp(0.0, np.where(right, -odds, odds)).sum()
    return float(loss + (penalties * (weights - shipped) ** 2).sum() / 2)


def _newton_step(
    weights: Numbers, x: Numbers, right: Flags, shipped: Numbers, penalties: Numbers
) -> Numbers:
    said = _logistic(x @ weights)
    slope = x.T @ (right - said) - penalties * (weights - shipped)
    curve = (x.T * (said * (1 - said))) @ x + np.diag(penalties)
    return np.asarray(np.linalg.solve(curve, slope))


def _logistic(odds: Numbers) -> Numbers:
    return np.asarray(np.exp(-np.logaddexp(0.0, -odds)))


# -- holding out ----------------------------------------------------------------


def held_out_scores(table: _Table, fit: Callable[[_Table], Weights]) -> Numbers:
    """Return each decision's score by weights fitted without any decision on its text."""
    return _logistic(held_out_odds(table, fit, salt="outer", folds=FOLDS))


def held_out_odds(
    table: _Table, fit: Callable[[_Table], Weights], *, salt: str, folds: int
) -> Numbers:
    """Return each decision's log odds by a fit on the other folds."""
    dealt = np.array([fold_of(text, salt, folds) for text in table.texts])
    odds = np.zeros(len(dealt))
    for fold in sorted(set(dealt)):
        held = dealt == fold
        odds[held] = table.only(held).scored_with(fit(table.only(~held)))
    return odds


def fold_of(text: str, salt: str, folds: int) -> int:
    """Deal a text into a fold by a hash of its key: the same at every run."""
    digest = hashlib.sha256(f"{salt}:{text}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % folds
