"""Suggestions: what machines propose, kept apart from stances until a person decides."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

from actors.models import Actor, ActorKind
from claims.models.codebook import Claim
from claims.models.stances import Evidence, StanceValue
from extraction.features import CONFIDENCE
from sources.models import Precision


class SuggestionState(models.TextChoices):
    """What an analyst made of a suggestion."""

    OPEN = "open", "to review"
    ACCEPTED = "accepted", "accepted"
    AMENDED = "amended", "accepted with changes"
    REJECTED = "rejected", "rejected"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Reads of suggestions."""

    def open(self) -> "SuggestionQuerySet":
        """Suggestions that wait for a decision."""
        return self.filter(state=SuggestionState.OPEN)

    def with_parts(self) -> "SuggestionQuerySet":
        """Join what a queue row shows, in one query."""
        return self.select_related(
            "actor", "speaks_for", "claim", "evidence__document__source", "decided_by"
        )


@pghistory.track()
class Suggestion(models.Model):
    """A proposed stance from a machine, kept apart from stances until a person decides."""

    actor = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
        help_text="Empty while the speaker is unknown; then mention names him",
    )
    mention = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="The speaker as the text names him, where he was unknown",
    )
    mention_kind = models.CharField(
        max_length=12,
        choices=ActorKind.choices,
        blank=True,
        default="",
        db_default="",
        help_text="What an unknown speaker seems to be",
    )
    mention_description = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="What the text calls an unknown speaker: an office, a body",
    )
    actor_guesses = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="Slugs of actors that an unknown speaker may be, the likeliest first",
    )
    claim_guesses = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="Slugs of other claims that the words fit, the best first",
    )
    speaks_for = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions_spoken_for",
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="suggestions"
    )
    value = models.CharField(
        max_length=20,
        choices=StanceValue.choices,
        blank=True,
        default="",
        help_text="Empty where the machine could not tell",
    )
    condition = models.TextField(blank=True, default="")
    stated_on = models.DateField(null=True, blank=True)
    stated_precision = models.CharField(
        max_length=5, choices=Precision.choices, blank=True, default=""
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="suggestions"
    )
    kind = models.CharField(
        max_length=10,
        blank=True,
        default="",
        help_text="direct, mixed, indirect, attitude",
    )
    spans = models.JSONField(
        default=list,
        help_text="Every span used: [{role, start, end}], roles source, cue, content, condition, also",
    )
    score = models.FloatField(
        help_text="How likely it is right, 0 to 1: the extractor's confidence, or learned"
    )
    features = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="Named numbers to learn from, the extractor's confidence among them",
    )
    reasons = models.JSONField(default=list, help_text="Why, in words")
    extractor = models.CharField(max_length=50)
    extractor_version = models.CharField(max_length=50)
    state = models.CharField(
        max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        permissions = [
            ("decide_suggestion", "Can accept, amend and reject suggestions")
        ]
        constraints = [
            models.CheckConstraint(
                name="claims_suggestion_value_known",
                condition=Q(value="") | Q(value__in=StanceValue.values),
            ),
            models.CheckConstraint(
                name="claims_suggestion_state_known",
                condition=Q(state__in=SuggestionState.values),
            ),
            models.CheckConstraint(
                name="claims_suggestion_score_bounded",
                condition=Q(score__gte=0, score__lte=1),
            ),
            models.CheckConstraint(
                name="claims_suggestion_decision_paired",
                condition=Q(state=SuggestionState.OPEN, decided_at__isnull=True)
                | (~Q(state=SuggestionState.OPEN) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="claims_suggestion_precision_paired",
                condition=Q(stated_on__isnull=True, stated_precision="")
                | Q(stated_on__isnull=False, stated_precision__in=Precision.values),
            ),
            models.UniqueConstraint(
                name="claims_suggestion_one_open",
                fields=["claim", "actor", "evidence"],
                condition=Q(state=SuggestionState.OPEN),
            ),
            models.UniqueConstraint(
                name="claims_suggestion_one_open_of_unknown",
                fields=["claim", "mention", "evidence"],
                condition=Q(state=SuggestionState.OPEN, actor__isnull=True),
            ),
            models.CheckConstraint(
                name="claims_suggestion_speaker_named",
                condition=Q(actor__isnull=False) | ~Q(mention=""),
            ),
            models.CheckConstraint(
                name="claims_suggestion_mention_paired",
                condition=Q(mention="", mention_kind="")
                | (~Q(mention="") & Q(mention_kind__in=ActorKind.values)),
            ),
        ]
        indexes = [
            # the review queue, best first
            models.Index(
                name="claims_suggestion_queue",
                fields=["-score", "-id"],
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"

    @property
    def speaker(self) -> str:
        """Who said it, in words; join ``actor`` first."""
        return str(self.actor) if self.actor else f"unknown: {self.mention}"

    @property
    def speaker_kind(self) -> str:
        """What the speaker is, or seems to be; join ``actor`` first."""
        return self.actor.kind if self.actor else self.mention_kind

    @property
    def confidence(self) -> float:
        """The extractor's own confidence, whatever was learned since."""
        return float(self.features.get(CONFIDENCE, self.score))

    @property
    def is_learned(self) -> bool:
        """Whether the score is another than the extractor's own."""
        return abs(self.score - self.confidence) > 0.001
