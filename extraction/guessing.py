"""Which other tracked claims the words of a stance fit, ranked behind the one proposed."""

from extraction.claims import Anchor
from extraction.interface import Guess
from extraction.reading import Draft

MOST = 3  # other claims worth showing


class ClaimGuesses:
    """Ranks the claims that the sentences of one text fit."""

    def __init__(self, anchors: list[Anchor]) -> None:
        self._rivals: dict[tuple[int, str], dict[str, float]] = {}
        for anchor in anchors:
            key = (anchor.token.sent.start, anchor.claim)
            rivals = self._rivals.setdefault(key, {})
            for claim, score in anchor.rivals:
                rivals[claim] = max(score, rivals.get(claim, 0.0))

    def of(self, draft: Draft) -> tuple[Guess, ...]:
        """Return the claim of ``draft`` and what else its sentence fits, best first."""
        rivals = self._rivals.get((draft.at.sent.start, draft.claim), {})
        ranked = sorted(rivals.items(), key=lambda pair: (-pair[1], pair[0]))
        others = (
            Guess(claim, score, ("the sentence fits it less well",))
            for claim, score in ranked[:MOST]
        )
        return (Guess(draft.claim, draft.certainty, draft.reasons[:1]), *others)
