"""Claims, evidence, stances and suggestions, with their invariants in the database."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now, Upper

from actors.models import Actor
from sources.models import Document, Precision


class ClaimStatus(models.TextChoices):
    """Whether a claim is being coded."""

    DRAFT = "draft", "draft"
    ACTIVE = "active", "tracked"
    CLOSED = "closed", "closed"


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


class SuggestionState(models.TextChoices):
    """What an analyst made of a suggestion."""

    OPEN = "open", "to review"
    ACCEPTED = "accepted", "accepted"
    AMENDED = "amended", "accepted with changes"
    REJECTED = "rejected", "rejected"


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


@pghistory.track()
class Claim(models.Model):
    """A proposition one can support or oppose: the codebook's entry."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    proposition = models.TextField(
        help_text="One sentence that an actor can support or oppose"
    )
    coding_rule = models.TextField(
        blank=True, default="", help_text="When to code which value"
    )
    status = models.CharField(
        max_length=6, choices=ClaimStatus.choices, default=ClaimStatus.ACTIVE
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claims_claim_status_known",
                condition=Q(status__in=ClaimStatus.values),
            ),
            models.CheckConstraint(
                name="claims_claim_worded",
                condition=Q(title__regex=r"\S", proposition__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ExamplePhrase(models.Model):
    """Words by which texts speak of a claim; extraction matches with them."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "claim", Upper("text"), name="claims_examplephrase_once_per_claim"
            ),
            models.CheckConstraint(
                name="claims_examplephrase_worded", condition=Q(text__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return self.text


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
        Actor, on_delete=models.PROTECT, related_name="suggestions"
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
        help_text="Every span used: [{role, start, end}], roles source, cue, content, condition",
    )
    score = models.FloatField(help_text="The extractor's confidence, 0 to 1")
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


class ModelUse(models.Model):
    """What the language-model engine used up on one day (UTC), calls under way included."""

    day = models.DateField(db_default=Cast(Now(), models.DateField()))
    tokens_in = models.BigIntegerField(default=0)
    tokens_out = models.BigIntegerField(default=0)
    calls = models.BigIntegerField(default=0)
    cost = models.DecimalField(
        max_digits=14,
        decimal_places=6,
        default=0,
        help_text="In the currency of the prices in the environment",
    )

    class Meta:
        verbose_name_plural = "model use"
        constraints = [
            models.UniqueConstraint(
                name="claims_modeluse_one_row_a_day", fields=["day"]
            ),
            models.CheckConstraint(
                name="claims_modeluse_counts_never_negative",
                condition=Q(
                    tokens_in__gte=0, tokens_out__gte=0, calls__gte=0, cost__gte=0
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Use of the language model on {self.day}"
