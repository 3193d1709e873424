"""How well scores tell right proposals from wrong ones, and whether one way is better.

Log loss and Brier score (G. Brier, 1950) ask whether the numbers can be believed, the
ranking (area under the ROC curve) whether right proposals stand above wrong ones. The
standard errors count decisions on one text as one observation: for the log loss the
clustered variance of a mean difference, for the ranking that of Obuchowski
("Nonparametric analysis of clustered ROC curve data", Biometrics 1997).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_GAIN = 0.01
ERRORS = 2  # a gain is clear above so many of its standard errors
SHOWN = 0.6  # a score the queue can be filtered by
SURE = 0.99  # beyond it nothing is believed: one wrong 1.0 would outweigh all else

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Judged:
    """How one way of scoring did; all but ``shown`` between 0 and 1, losses aside."""

    log_loss: float
    brier: float
    ranking: float
    better_half: float  # share of right ones in the better half of the queue
    shown: int  # decisions scored SHOWN or more
    shown_right: float  # and the share of right ones among them


@dataclass(frozen=True)
class Gain:
    """By how much one way of scoring is better than another, with its standard error."""

    size: float
    error: float

    @property
    def is_clear(self) -> bool:
        """Whether it is worth having and more than chance would give."""
        return self.size >= LEAST_GAIN and self.size >= ERRORS * self.error


@dataclass(frozen=True)
class Comparison:
    """What one way of scoring gains over another."""

    log_loss: Gain
    ranking: Gain


def judge(scores: Numbers, right: Flags) -> Judged:
    """Return how ``scores`` did where ``right`` says which proposals were right."""
    shown = scores >= SHOWN
    half = np.argsort(-scores, kind="stable")[: max(1, len(scores) // 2)]
    return Judged(
        log_loss=float(log_losses(scores, right).mean()),
        brier=float(((scores - right) ** 2).mean()),
        ranking=ranking(scores, right),
        better_half=float(right[half].mean()),
        shown=int(shown.sum()),
        shown_right=float(right[shown].mean()) if shown.any() else 0.0,
    )


def log_losses(scores: Numbers, right: Flags) -> Numbers:
    """Return each decision's surprise: minus the logarithm of what was said of it."""
    said = np.clip(scores, 1 - SURE, SURE)
    return np.asarray(-np.log(np.where(right, said, 1 - said)))


def ranking(scores: Numbers, right: Flags) -> float:
    """Return how often a right proposal stands above a wrong one; ties count half."""
    return float(placements(scores, right)[right].mean())


def placements(scores: Numbers, right: Flags) -> Numbers:
    """Return for each proposal the share of the other kind that it is rightly ranked to.

    For a right one the wrong ones below it, for a wrong one the right ones above it.
    """
    wrongs, rights = np.sort(scores[~right]), np.sort(scores[right])
    below = _share_below(wrongs, scores)
    above = 1 - _share_below(rights, scores)
    return np.asarray(np.where(right, below, above))


def _share_below(ordered: Numbers, scores: Numbers) -> Numbers:
    ends = [np.searchsorted(ordered, scores, side=side) for side in ("left", "right")]
    return np.asarray((ends[0] + ends[1]) / 2 / max(1, len(ordered)))


def compare_scores(
    scores: Numbers, others: Numbers, right: Flags, texts: Sequence[str]
) -> Comparison:
    """Return what ``scores`` gain over ``others`` on the same decisions."""
    saved = log_losses(others, right) - log_losses(scores, right)
    placed = placements(scores, right) - placements(others, right)
    size = float(placed[right].mean())
    shares = np.where(right, 1 / right.sum(), 1 / (~right).sum())
    return Comparison(
        Gain(
            float(saved.mean()),
            standard_error((saved - saved.mean()) / len(saved), texts),
        ),
        Gain(size, standard_error((placed - size) * shares, texts)),
    )


def standard_error(parts: Numbers, texts: Sequence[str]) -> float:
    """Return the error of a sum of ``parts``, where those of one text hang together."""
    _, of_text = np.unique(np.array(texts), return_inverse=True)
    sums = np.bincount(of_text, weights=parts)
    count = len(sums)
    return float(np.sqrt((sums**2).sum() * count / max(1, count - 1)))
