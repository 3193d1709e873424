"""What the network says of one holder, claim and sentence."""

from dataclasses import dataclass, replace

import numpy as np

from extraction.agreement import SIGNS
from extraction.interface import Value
from extraction.trained.facts import ORDER, Key
from extraction.trained.network import Probabilities
from extraction.trained.units import Holder

LEAST_AGAINST = 0.6  # probability of another sign from which the rules are overruled
LEAST_AGAIN = 0.5  # probability of a stance from which a doubtful sign is asked again
DOUBTFUL = 0.7  # share of the stance's probability below which its likeliest sign is so
BY_SIGN = tuple(  # the network's classes against, undecided and for
    tuple(n for n, value in enumerate(ORDER, 1) if SIGNS[value] == sign)
    for sign in (-1, 0, 1)
)


@dataclass(frozen=True)
class Judged:
    """What the network says of one holder, claim and sentence."""

    holder: Holder
    claim: str
    sentence: int
    odds: Probabilities

    @property
    def key(self) -> Key:
        """Actor, claim and sentence: what tells one judgement from another."""
        return self.holder.slug, self.claim, self.sentence

    @property
    def stance(self) -> float:
        """How likely there is a stance at all."""
        return 1.0 - float(self.odds[0])

    @property
    def sureness(self) -> float:
        """How likely there is a stance of the likeliest sign."""
        return float(sum(self.odds[n] for n in self._sign))

    def likely(self, value: Value | None) -> float:
        """How likely there is a stance of the sign of ``value``."""
        number = ORDER.index(value) + 1 if value else 0
        sign = next((classes for classes in BY_SIGN if number in classes), self._sign)
        return float(sum(self.odds[n] for n in sign))

    def ruling(self, read: Value) -> Value:
        """The value to propose where the rules read ``read``: theirs, unless overruled."""
        agreed = self.likely(read) >= self.sureness
        return read if agreed or self.sureness < LEAST_AGAINST else self.value

    @property
    def doubtful(self) -> bool:
        """Whether there is likely a stance, and it is unclear of which sign."""
        return self.stance >= LEAST_AGAIN and self.sureness < DOUBTFUL * self.stance

    def averaged(self, other: "Judged") -> "Judged":
        """As likely to be a stance, each value by the geometric mean of both readings."""
        both = np.sqrt(self.odds[1:]) * np.sqrt(other.odds[1:])
        values = self.stance * both / both.sum()
        return replace(self, odds=np.array([self.odds[0], *values], np.float32))

    @property
    def value(self) -> Value:
        """The likeliest value of the likeliest sign."""
        return ORDER[max(self._sign, key=lambda n: self.odds[n]) - 1]

    @property
    def _sign(self) -> tuple[int, ...]:
        return max(BY_SIGN, key=lambda classes: sum(self.odds[n] for n in classes))
