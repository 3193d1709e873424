"""Score suggestions: by learned weights where some are in use, else as their engine does."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from claims.models import LearnedWeights, Suggestion
from extraction.features import CONFIDENCE
from extraction.weights import Weights

SCORES = 7_403_118_831  # any number that no other advisory lock of this database has


@dataclass(frozen=True)
class Scorer:
    """How one engine's suggestions are scored at the moment."""

    weights: Weights | None

    def score(
        self, features: Mapping[str, float], *, claim: str, actor_kind: str
    ) -> float:
        """Return how likely a suggestion is right, 0 to 1."""
        if self.weights is None:
            return min(1.0, max(0.0, features[CONFIDENCE]))
        known = in_context(features, claim=claim, actor_kind=actor_kind)
        return round(self.weights.probability(known), 4)

    def score_of(self, suggestion: Suggestion) -> float:
        """Return the score of a stored suggestion that has features."""
        return self.score(
            suggestion.features,
            claim=suggestion.claim.slug,
            actor_kind=suggestion.speaker_kind,
        )


def scorer_in_use(extractor: str, version: str) -> Scorer:
    """Return how to score, and hold a switch to other weights back until the commit.

    Weights that were learned for another version of the engine do not count.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SCORES])
    return scorer_of(extractor, version)


def scorer_of(extractor: str, version: str) -> Scorer:
    """Return how suggestions of an engine's version are scored."""
    row = LearnedWeights.objects.filter(
        extractor=extractor, extractor_version=version, is_active=True
    ).first()
    return Scorer(Weights.from_json(row.weights) if row else None)


def in_context(
    features: Mapping[str, float], *, claim: str, actor_kind: str
) -> dict[str, float]:
    """Add what the database knows: which claim, and what kind of actor."""
    return {**features, f"claim={claim}": 1.0, f"actor_kind={actor_kind}": 1.0}
