"""Learned weights: from a proposal's features to how likely an analyst keeps it.

The log odds are a sum: ``base`` plus each feature's weight times its input. An engine's
confidence enters as its own log odds and the parts of the confidence as logarithms, so
that a weight of 1 on the confidence alone is what the engine says, and a weight on a part
is an exponent of that part. A feature without a weight says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

from extraction.features import CONFIDENCE, PART

SUREST, LEAST_PART = 0.98, 0.05


@dataclass(frozen=True)
class Weights:
    """A logistic score; ``Weights()`` gives the engine's own confidence back."""

    base: float = 0.0
    by_input: Mapping[str, float] = field(default_factory=lambda: {CONFIDENCE: 1.0})

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely a proposal with these features is right, between 0 and 1."""
        weighed = inputs(features)
        odds = self.base + sum(
            weight * weighed.get(name, 0.0) for name, weight in self.by_input.items()
        )
        return logistic(odds)

    def as_json(self) -> dict[str, Any]:
        """Return what ``from_json`` takes."""
        return {"base": self.base, "by_input": dict(self.by_input)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Weights":
        """Return stored weights."""
        return cls(stored["base"], dict(stored["by_input"]))


def inputs(features: Mapping[str, float]) -> dict[str, float]:
    """Return each feature as it enters the sum."""
    return {name: _input(name, value) for name, value in features.items()}


def _input(name: str, value: float) -> float:
    if name == CONFIDENCE:
        bounded = min(SUREST, max(1 - SUREST, value))
        return log(bounded / (1 - bounded))
    if name.startswith(PART):
        return log(min(1.0, max(LEAST_PART, value)))
    return value


def logistic(odds: float) -> float:
    """Return the probability of log ``odds``; never overflows."""
    if odds >= 0:
        return 1 / (1 + exp(-odds))
    return exp(odds) / (1 + exp(odds))
