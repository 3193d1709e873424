"""Decisions kept to learn from, and the weights that were learned from them."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.codebook import Claim
from claims.models.suggestions import Suggestion, SuggestionState

OUTCOMES = [
    SuggestionState.ACCEPTED,
    SuggestionState.AMENDED,
    SuggestionState.REJECTED,
]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of decisions."""

    def standing(self) -> "DecisionQuerySet":
        """Decisions that nobody undid."""
        return self.filter(undone_at__isnull=True)


class Decision(models.Model):
    """What a person made of a suggestion, with what was known of it at that moment.

    It outlives the suggestion and later changes of the stance: it is what is learned from.
    """

    suggestion = models.ForeignKey(
        Suggestion, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    actor_kind = models.CharField(max_length=12)
    text = models.BigIntegerField(
        help_text="Number of the text, or of the text that it nearly repeats"
    )
    extractor = models.CharField(max_length=50)
    extractor_version = models.CharField(max_length=50)
    features = models.JSONField(
        default=dict, help_text="Named numbers; empty where the machine gave none"
    )
    outcome = models.CharField(max_length=10, choices=SuggestionState.choices)
    amended = models.JSONField(
        default=list, help_text="Names of what the person changed"
    )
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claims_decision_outcome_known",
                condition=Q(outcome__in=OUTCOMES),
            ),
            models.CheckConstraint(
                name="claims_decision_amendments_named",
                condition=Q(outcome=SuggestionState.AMENDED) & ~Q(amended=[])
                | ~Q(outcome=SuggestionState.AMENDED) & Q(amended=[]),
            ),
            models.UniqueConstraint(
                name="claims_decision_one_standing",
                fields=["suggestion"],
                condition=Q(undone_at__isnull=True),
            ),
        ]
        indexes = [
            # what one engine's weights are learned from, the newest first
            models.Index(
                name="claims_decision_by_engine",
                fields=["extractor", "extractor_version", "-decided_at", "-id"],
                condition=Q(undone_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="decision_is_kept",
                exclude=["suggestion", "decided_by", "undone_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


@pghistory.track()
class LearnedWeights(models.Model):
    """What one run of ``manage.py learn`` found for one engine: never changed, only used or not."""

    version = models.PositiveIntegerField(unique=True)
    extractor = models.CharField(max_length=50)
    extractor_version = models.CharField(max_length=50)
    decisions = models.PositiveIntegerField(help_text="How many were learned from")
    fingerprint = models.CharField(
        max_length=64, help_text="Of the method and the decisions"
    )
    form = models.CharField(
        max_length=10, help_text="shipped, calibrated or learned: which one stands"
    )
    weights = models.JSONField()
    report = models.JSONField(help_text="How each form did on held-out decisions")
    is_active = models.BooleanField(
        default=False, help_text="Whether it scores this engine's suggestions"
    )
    trained_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "learned weights"
        constraints = [
            models.UniqueConstraint(
                name="claims_learnedweights_one_active",
                fields=["extractor"],
                condition=Q(is_active=True),
            ),
            models.CheckConstraint(
                name="claims_learnedweights_form_known",
                condition=Q(form__in=["shipped", "calibrated", "learned"]),
            ),
            models.CheckConstraint(
                name="claims_learnedweights_active_helps",
                condition=Q(is_active=False) | ~Q(form="shipped"),
            ),
            models.UniqueConstraint(
                name="claims_learnedweights_learned_once",
                fields=["extractor", "extractor_version", "fingerprint"],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="weights_are_kept", exclude=["is_active"]),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}, {self.extractor} {self.extractor_version}"
