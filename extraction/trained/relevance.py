"""Which claims are worth asking the network about in a window: cheap, and generous."""

from collections.abc import Mapping, Sequence

from extraction.trained.facts import Facts, any_between, distance
from extraction.trained.likeness import Likeness
from extraction.trained.windows import Window

MOST = 5  # claims asked about at once
LEAST = 1.0  # what a claim must score to be asked about
READ, NEAR, ALIKE, ALIKER = 1.4, 2.3, 4.4, 2.7  # fitted: training/README.md


class Relevance:
    """Scores the claims of a text, given as ids, by what is known of it and by its words."""

    def __init__(self, facts: Facts, claims: Mapping[str, Sequence[int]]) -> None:
        self.facts = facts
        self.likeness = Likeness(claims)

    def claims(self, window: Window) -> list[str]:
        """Return the claims that ``window`` may be about, the likeliest first."""
        return asked(self.scores(window))

    def scores(self, window: Window) -> dict[str, float]:
        """Return how likely ``window`` is about each claim, the likeliest first."""
        alike = self.likeness.of(window.ids)
        mean = sum(alike.values()) / max(1, len(alike))
        scores = {
            claim: self._known(claim, window) + ALIKE * share + ALIKER * (share - mean)
            for claim, share in alike.items()
        }
        ranked = sorted(scores, key=lambda claim: (-scores[claim], claim))
        return {claim: scores[claim] for claim in ranked}

    def _known(self, claim: str, window: Window) -> float:
        """What the rules saw: a stance in the window, and how near the claim is named."""
        first, last = window.first, window.last
        read = self.facts.read_at.get(claim, [])
        named = [self.facts.named.get(claim, []), self.facts.hinted.get(claim, [])]
        far = min(distance(places, first, last) for places in named)
        return READ * any_between(read, first, last) + NEAR / (1 + far)


def asked(scores: Mapping[str, float]) -> list[str]:
    """Return the claims to ask about, of ``scores`` in order."""
    return [claim for claim, score in scores.items() if score >= LEAST][:MOST]
