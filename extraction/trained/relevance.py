"""Which claims are worth asking the network about in a window: cheap, and generous."""

from dataclasses import dataclass

from extraction.trained.facts import Facts, any_between
from extraction.trained.windows import Window

MOST = 3  # claims asked about at once
LEAST = 0.4  # what a claim must score to be asked about
READ, NAMED, HINTED, LATELY = 4.0, 2.0, 1.0, 1.0
REACH = 6  # sentences for which a claim stays under discussion
WORDS = 2.0  # for sharing all of the claim's weighty words
TITLED = 0.6
ELSEWHERE = 0.1  # for what the rest of the text shares with it
SHARED = 0.2  # of a claim's weight: what counts as touching on it


@dataclass(frozen=True)
class Relevance:
    """How much each sentence of a text touches on each claim."""

    facts: Facts
    shares: dict[str, list[float]]
    anywhere: dict[str, float]  # what the title and the text as a whole count

    def claims(self, window: Window) -> list[str]:
        """Return the claims that ``window`` may be about, the likeliest first."""
        scores = {claim: self._score(claim, window) for claim in self.shares}
        ranked = sorted(scores, key=lambda claim: (-scores[claim], claim))
        return [claim for claim in ranked if scores[claim] >= LEAST][:MOST]

    def _score(self, claim: str, window: Window) -> float:
        first, last = window.first, window.last
        named = self.facts.named.get(claim, [])
        hinted = self.facts.hinted.get(claim, [])
        read = self.facts.read_at.get(claim, [])
        shared = max(self.shares[claim][first : last + 1], default=0.0)
        lately = any(
            any_between(places, first - REACH, first - 1) for places in (named, hinted)
        )
        return (
            READ * any_between(read, first, last)
            + NAMED * any_between(named, first, last)
            + HINTED * any_between(hinted, first, last)
            + LATELY * lately
            + WORDS * (shared if shared >= SHARED else 0.0)
            + self.anywhere[claim]
        )


def relevance_of(facts: Facts, shares: dict[str, list[float]]) -> Relevance:
    """Return the relevance of a text of which ``facts`` are known.

    ``shares``: of each claim's weight, from 0 to 1, how much the heading's words share,
    then how much each sentence's do.
    """
    anywhere = {
        claim: TITLED * (title if title >= SHARED else 0.0)
        + ELSEWHERE * max(sentences, default=0.0)
        for claim, (title, *sentences) in shares.items()
    }
    return Relevance(facts, {c: each[1:] for c, each in shares.items()}, anywhere)
