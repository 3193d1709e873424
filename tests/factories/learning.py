"""Decisions to learn from, simulated: some kinds of proposals are mostly rejected."""

import random

from claims.models import Claim, Decision, LearnedWeights, SuggestionState
from extraction.features import CONFIDENCE
from extraction.weights import Weights
from tests.factories.claims import NOW, ClaimFactory

TASTE = Weights(0.3, {CONFIDENCE: 0.5, "kind_attitude": -2.5, "words_many": -1.0})


def decide(
    *,
    count: int = 300,
    taste: Weights = TASTE,
    version: str = "1",
    claim: Claim | None = None,
    seed: int = 1,
    first_text: int = 1,
) -> list[Decision]:
    """Store decisions by somebody who keeps what ``taste`` says."""
    chance = random.Random(seed)  # noqa: S311 - the same at every run
    claim = claim or ClaimFactory.create()
    rows = []
    for number in range(count):
        features = {CONFIDENCE: round(chance.uniform(0.2, 0.95), 3)}
        features |= {"kind_attitude": 1.0} if chance.random() < 0.5 else {}
        features |= {"words_many": 1.0} if chance.random() < 0.3 else {}
        kept = chance.random() < taste.probability(features)
        rows.append(
            Decision(
                claim=claim,
                actor_kind="person",
                text=first_text + number // 3,
                extractor="rules",
                extractor_version=version,
                features=features,
                outcome=SuggestionState.ACCEPTED if kept else SuggestionState.REJECTED,
                decided_at=NOW,
            )
        )
    return Decision.objects.bulk_create(rows)


def learned_weights(**given: object) -> LearnedWeights:
    """Store a version that helped, with the report of a run."""
    judged = {
        "log_loss": 0.6,
        "brier": 0.2,
        "ranking": 0.7,
        "better_half": 0.8,
        "shown": 40,
        "shown_right": 0.75,
    }
    gain = {"size": 0.05, "error": 0.01}
    fields: dict[str, object] = {
        "version": LearnedWeights.objects.count() + 1,
        "extractor": "rules",
        "extractor_version": "1",
        "decisions": 200,
        "fingerprint": f"{LearnedWeights.objects.count():064}",
        "form": "learned",
        "weights": TASTE.as_json(),
        "report": {
            "right": 120,
            "texts": 60,
            "judged": dict.fromkeys(("shipped", "calibrated", "learned"), judged),
            "gains": {
                form: {"log_loss": gain, "ranking": gain}
                for form in ("calibrated", "learned")
            },
        },
    }
    return LearnedWeights.objects.create(**fields | given)
