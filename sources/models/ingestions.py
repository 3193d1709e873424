"""Requests to take a text in, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from jobs.models import Job
from sources.models.documents import Document, Precision
from sources.models.publishers import FeedEntry, Source


class IngestionKind(models.TextChoices):
    """How a text comes in."""

    PASTE = "paste", "pasted"
    UPLOAD = "upload", "uploaded file"
    URL = "url", "web address"
    FEED_ENTRY = "feed_entry", "feed entry"


class IngestionOutcome(models.TextChoices):
    """What became of a request that has ended well."""

    PENDING = "", "not decided yet"
    STORED = "stored", "stored as a new document"
    NEW_VERSION = "new_version", "stored as a new version"
    DUPLICATE = "duplicate", "same text as a document we have"
    NEAR_DUPLICATE = "near_duplicate", "stored, nearly the same as another document"


class Ingestion(models.Model):
    """One request to take a text in: what was asked, by whom, and what became of it.

    Its state, attempts and last error are those of its job.
    """

    kind = models.CharField(max_length=12, choices=IngestionKind.choices)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feed_entry = models.ForeignKey(
        FeedEntry,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ingestions",
    )
    url = models.CharField(max_length=2048, blank=True, default="")
    file_name = models.CharField(max_length=255, blank=True, default="")
    raw = models.BinaryField(
        null=True, blank=True, editable=False, help_text="The bytes as handed in"
    )
    title = models.CharField(max_length=500, blank=True, default="")
    byline = models.CharField(max_length=300, blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(
        max_length=5, choices=Precision.choices, blank=True, default=""
    )
    language = models.CharField(max_length=10, blank=True, default="")
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, related_name="ingestion", editable=False
    )
    outcome = models.CharField(
        max_length=15, choices=IngestionOutcome.choices, blank=True, default=""
    )
    document = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ingestions",
        editable=False,
    )
    note = models.TextField(
        blank=True, default="", help_text="What the intake noticed, in words"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    requested_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sources_ingestion_kind_known",
                condition=Q(kind__in=IngestionKind.values),
            ),
            models.CheckConstraint(
                name="sources_ingestion_has_input",
                condition=Q(
                    kind__in=[IngestionKind.PASTE, IngestionKind.UPLOAD],
                    raw__isnull=False,
                )
                | (
                    Q(kind__in=[IngestionKind.URL, IngestionKind.FEED_ENTRY])
                    & ~Q(url="")
                ),
            ),
            models.CheckConstraint(
                name="sources_ingestion_outcome_paired",
                condition=Q(outcome="", document__isnull=True)
                | (~Q(outcome="") & Q(document__isnull=False)),
            ),
            models.CheckConstraint(
                name="sources_ingestion_precision_paired",
                condition=Q(
                    published_on__isnull=False,
                    published_precision__in=Precision.values,
                )
                | Q(published_on__isnull=True, published_precision=""),
            ),
        ]
        indexes = [
            # ingestion list, newest first
            models.Index(
                name="sources_ingestion_newest", fields=["-requested_at", "-id"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
