"""Stances and the evidence that shows them, with their invariants in the database."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from actors.models import Actor
from claims.models.codebook import Claim
from sources.models import Document, Precision


class StanceValue(models.TextChoices):
    """The ordered scale, -2 to 2."""

    OPPOSE = "oppose", "oppose"
    CONDITIONAL_OPPOSE = "conditional_oppose", "conditional oppose"
    AMBIGUOUS = "ambiguous", "ambiguous"
    CONDITIONAL_SUPPORT = "conditional_support", "conditional support"
    SUPPORT = "support", "support"


CONDITIONAL_VALUES = [StanceValue.CONDITIONAL_OPPOSE, StanceValue.CONDITIONAL_SUPPORT]


class StanceState(models.TextChoices):
    """A stance is published once a coder stands by it; retracted, never deleted."""

    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    RETRACTED = "retracted", "retracted"


EVIDENCE_EQUALS_TEXT = """
IF NEW.quote IS DISTINCT FROM (
    SELECT substring(body FROM NEW.start + 1 FOR NEW."end" - NEW.start)
    FROM sources_document WHERE id = NEW.document_id
) THEN
    RAISE EXCEPTION 'The quoted words are not those of the document at these offsets.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_evidence_quote_equals_text';
END IF;
RETURN NEW;
"""
EVIDENCE_IS_IMMUTABLE = """
RAISE EXCEPTION 'Evidence never changes: choose another span instead.'
USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_evidence_immutable';
"""
STANCES_ARE_RETRACTED = """
RAISE EXCEPTION 'Stances are retracted with a reason, never deleted.'
USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_stance_never_deleted';
"""


class Evidence(models.Model):
    """A span of a document's body and the words it holds; offsets are code points, half open."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="evidence"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="claims_evidence_span_ordered", condition=Q(start__lt=F("end"))
            ),
            models.UniqueConstraint(
                name="claims_evidence_once_per_span",
                fields=["document", "start", "end"],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="quote_equals_text",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=EVIDENCE_EQUALS_TEXT,
            ),
            pgtrigger.Trigger(
                name="evidence_is_immutable",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=EVIDENCE_IS_IMMUTABLE,
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]


class StanceQuerySet(models.QuerySet["Stance"]):
    """Reads of stances; public pages and the API start from ``published()``."""

    def published(self) -> "StanceQuerySet":
        """Stances that readers may see."""
        return self.filter(state=StanceState.PUBLISHED)

    def standing(self) -> "StanceQuerySet":
        """Stances not retracted: drafts and published ones."""
        return self.exclude(state=StanceState.RETRACTED)

    def with_parts(self) -> "StanceQuerySet":
        """Join what a list row shows, in one query."""
        return self.select_related(
            "actor",
            "speaks_for",
            "claim",
            "coder",
            "evidence__document__source",
        )


@pghistory.track()
class Stance(models.Model):
    """One logged act: who stood where on a claim on a day, on which evidence.

    ``stated_on`` is the day in the world (the first day of the period where only the
    month or year is known), ``recorded_at`` the moment in this database.
    """

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="stances")
    speaks_for = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stances_spoken_for",
        help_text="Country, organisation or group for which the actor spoke",
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="stances")
    value = models.CharField(max_length=20, choices=StanceValue.choices)
    condition = models.TextField(
        blank=True, default="", help_text="Only for conditional values"
    )
    stated_on = models.DateField()
    stated_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="stances"
    )
    occasion = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="", help_text="The coder's note")
    state = models.CharField(
        max_length=10, choices=StanceState.choices, default=StanceState.PUBLISHED
    )
    retraction_reason = models.TextField(blank=True, default="")
    suggestion = models.OneToOneField(
        "Suggestion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stance",
        help_text="The machine's proposal that this stance came from",
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stances",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = StanceQuerySet.as_manager()

    class Meta:
        permissions = [
            ("retract_stance", "Can retract any stance"),
            ("import_stance", "Can import stances in bulk"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claims_stance_value_known",
                condition=Q(value__in=StanceValue.values),
            ),
            models.CheckConstraint(
                name="claims_stance_state_known",
                condition=Q(state__in=StanceState.values),
            ),
            models.CheckConstraint(
                name="claims_stance_precision_known",
                condition=Q(stated_precision=Precision.DAY)
                | Q(stated_precision=Precision.MONTH, stated_on__day=1)
                | Q(
                    stated_precision=Precision.YEAR,
                    stated_on__day=1,
                    stated_on__month=1,
                ),
            ),
            models.CheckConstraint(
                name="claims_stance_condition_is_conditional",
                condition=Q(condition="") | Q(value__in=CONDITIONAL_VALUES),
            ),
            models.CheckConstraint(
                name="claims_stance_retraction_has_reason",
                condition=Q(state=StanceState.RETRACTED, retraction_reason__regex=r"\S")
                | (~Q(state=StanceState.RETRACTED) & Q(retraction_reason="")),
            ),
            models.UniqueConstraint(
                name="claims_stance_logged_once",
                fields=["actor", "claim", "evidence"],
                condition=~Q(state=StanceState.RETRACTED),
            ),
        ]
        indexes = [
            # a claim's positions and timeline
            models.Index(
                name="claims_stance_by_claim",
                fields=["claim", "speaks_for", "-stated_on", "-id"],
                condition=Q(state="published"),
            ),
            # an actor's page
            models.Index(
                name="claims_stance_by_actor", fields=["actor", "-stated_on", "-id"]
            ),
            # lists, newest statement first
            models.Index(name="claims_stance_newest", fields=["-stated_on", "-id"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_deleted",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=STANCES_ARE_RETRACTED,
            ),
        ]

    def __str__(self) -> str:
        return f"Stance {self.pk}"

    def is_standing(self) -> bool:
        """Say whether the stance has not been retracted."""
        return self.state != StanceState.RETRACTED
