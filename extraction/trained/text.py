"""A text as the rules read it, ready for the network; each language has its own."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from extraction.interface import CONDITIONAL, Candidate, KnownClaim, Span
from extraction.trained.facts import Anchored, facts_of
from extraction.trained.judged import Judged
from extraction.trained.units import Units


class Text(ABC):
    """Who may hold what where in one text, and how a stance in it is written down.

    ``candidates`` are what the rules propose; for ``anchors`` see ``facts_of``.
    ``least_read`` is the probability of a stance from which what the rules read is kept.
    """

    least_read: float

    def __init__(
        self,
        claims: list[KnownClaim],
        candidates: list[Candidate],
        units: Units,
        anchors: Iterable[Anchored],
    ) -> None:
        self.claims = {claim.slug: claim for claim in claims}
        self.candidates = candidates
        self.units = units
        self.facts = facts_of(anchors, candidates, units.starts)

    @abstractmethod
    def write(self, one: Judged) -> Candidate:
        """Return ``one`` as a candidate: its sentence, whose it is and since when."""

    @abstractmethod
    def _conditions(self, number: int) -> Iterator[Span]:
        """Where conditions stand in a sentence."""

    def condition(self, one: Judged) -> Span | None:
        """The first condition in the sentence, where the value has one."""
        if one.value not in CONDITIONAL:
            return None
        return next(self._conditions(one.sentence), None)
