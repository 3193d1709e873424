"""The rows of the app by subject; Django and the other apps look for them here."""

from claims.models.codebook import Claim, ClaimStatus, ExamplePhrase
from claims.models.learning import Decision, LearnedWeights
from claims.models.model_use import ModelUse
from claims.models.stances import (
    CONDITIONAL_VALUES,
    Evidence,
    Stance,
    StanceQuerySet,
    StanceState,
    StanceValue,
)
from claims.models.suggestions import Suggestion, SuggestionState

__all__ = [
    "CONDITIONAL_VALUES",
    "Claim",
    "ClaimStatus",
    "Decision",
    "Evidence",
    "ExamplePhrase",
    "LearnedWeights",
    "ModelUse",
    "Stance",
    "StanceQuerySet",
    "StanceState",
    "StanceValue",
    "Suggestion",
    "SuggestionState",
]
