"""Texts as ingested, with what is known about them."""

from textwrap import shorten

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Substr

from sources.models.publishers import Source

TEXT_IS_IMMUTABLE = """
RAISE EXCEPTION 'The text of a document never changes: ingest the new text as a new version.'
USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_document_text_immutable';
"""


class Precision(models.TextChoices):
    """How exactly a date is known; the stored day is the period's first."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


@pghistory.track(
    pghistory.UpdateEvent("corrected", row=pghistory.Old),
    fields=[
        "title",
        "byline",
        "source",
        "published_on",
        "published_precision",
        "language",
    ],
    obj_field=pghistory.ObjForeignKey(related_name="corrections"),
    model_name="DocumentEvent",
)
class Document(models.Model):
    """One text as ingested: its body never changes; a changed text is a new version.

    What is known about it can be corrected: its history keeps what stood before.
    """

    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    title = models.CharField(max_length=500, blank=True, default="")
    byline = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField()
    opening = models.GeneratedField(
        expression=Substr("body", 1, 80),
        output_field=models.CharField(max_length=80),
        db_persist=True,
        help_text="First words, to name a text without a title in lists",
    )
    url = models.URLField(max_length=2048, blank=True, default="")
    canonical_url = models.URLField(max_length=2048, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    previous = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next",
        help_text="The version of the same address before this one",
    )
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(
        max_length=5, choices=Precision.choices, blank=True, default=""
    )
    language = models.CharField(
        max_length=10, blank=True, default="", help_text="ISO 639-1; empty when unknown"
    )
    content_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the body"
    )
    raw_hash = models.CharField(
        max_length=64, blank=True, default="", help_text="SHA-256 of the bytes taken in"
    )
    shingle_bands = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        editable=False,
        help_text="MinHash band keys for finding near-duplicates",
    )
    near_duplicate_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="near_duplicates",
    )
    similarity = models.FloatField(
        null=True, blank=True, help_text="Share of common 5-word shingles with the twin"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sources_document_body_present", condition=Q(body__regex=r"\S")
            ),
            models.CheckConstraint(
                name="sources_document_precision_known",
                condition=Q(
                    published_on__isnull=False,
                    published_precision__in=Precision.values,
                )
                | Q(published_on__isnull=True, published_precision=""),
            ),
            models.CheckConstraint(
                name="sources_document_hash_shape",
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="sources_document_version_paired",
                condition=Q(version=1, previous__isnull=True)
                | Q(version__gt=1, previous__isnull=False),
            ),
            models.CheckConstraint(
                name="sources_document_twin_paired",
                condition=Q(near_duplicate_of__isnull=True, similarity__isnull=True)
                | Q(
                    near_duplicate_of__isnull=False,
                    similarity__gt=0,
                    similarity__lte=1,
                ),
            ),
            models.CheckConstraint(
                name="sources_document_not_own_twin",
                condition=Q(near_duplicate_of__isnull=True)
                | ~Q(near_duplicate_of=F("id")),
            ),
            models.UniqueConstraint(
                name="sources_document_url_version",
                fields=["canonical_url", "version"],
                condition=~Q(canonical_url=""),
            ),
        ]
        indexes = [
            # near-duplicate candidates: shingle_bands && {...}
            GinIndex(name="sources_document_bands", fields=["shingle_bands"]),
            # document list, newest first
            models.Index(
                name="sources_document_newest", fields=["-recorded_at", "-id"]
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="text_is_immutable",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("body", "content_hash", "raw_hash"),
                func=TEXT_IS_IMMUTABLE,
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.first_words or f"Document {self.pk}"

    @property
    def first_words(self) -> str:
        """The opening on one line, cut at a word."""
        words = " ".join(self.opening.split())
        return shorten(words, 61, placeholder="…") if words else ""

    def quote(self, start: int, end: int) -> str:
        """Return the words between two code-point offsets."""
        return self.body[start:end]
