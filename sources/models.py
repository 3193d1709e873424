"""Sources, feeds, documents and ingestions, with their invariants in the database."""

from textwrap import shorten

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Substr

from jobs.models import Job

COUNTRY_CODE = r"^[A-Z]{2}$"
TEXT_IS_IMMUTABLE = """
RAISE EXCEPTION 'The text of a document never changes: ingest the new text as a new version.'
USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_document_text_immutable';
"""


class Precision(models.TextChoices):
    """How exactly a date is known; the stored day is the period's first."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class SourceKind(models.TextChoices):
    """What sort of publisher a source is."""

    NEWSPAPER = "newspaper", "newspaper"
    AGENCY = "agency", "news agency"
    BROADCASTER = "broadcaster", "broadcaster"
    GOVERNMENT = "government", "government"
    MINISTRY = "ministry", "ministry"
    PARLIAMENT = "parliament", "parliament"
    ORGANISATION = "organisation", "international organisation"
    THINK_TANK = "think_tank", "think tank"
    BLOG = "blog", "blog"
    OTHER = "other", "other"


class Source(models.Model):
    """Who publishes: newspaper, agency, ministry, parliament, think tank."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    home_page = models.URLField(max_length=500, blank=True, default="")
    country = models.CharField(
        max_length=2, blank=True, default="", help_text="ISO 3166-1 alpha-2, e.g. FR"
    )
    reliability_note = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sources_source_kind_known",
                condition=Q(kind__in=SourceKind.values),
            ),
            models.CheckConstraint(
                name="sources_source_country_code",
                condition=Q(country="") | Q(country__regex=COUNTRY_CODE),
            ),
            models.CheckConstraint(name="sources_source_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """An RSS or Atom address of a source that is polled."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    url = models.URLField(max_length=2048, unique=True)
    active = models.BooleanField(default=True)
    poll_minutes = models.PositiveIntegerField(
        default=60, help_text="Minutes between two polls, 10 to 1440"
    )
    next_poll_at = models.DateTimeField(db_default=Now())
    etag = models.CharField(max_length=1024, blank=True, default="", editable=False)
    last_modified = models.CharField(
        max_length=200, blank=True, default="", editable=False
    )
    last_checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_outcome = models.CharField(max_length=30, blank=True, default="")
    last_error = models.TextField(blank=True, default="")
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_unconditional_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it was last fetched whole, whatever its validators said",
    )
    distrusts_validators = models.BooleanField(
        default=False,
        editable=False,
        help_text="Its server says that nothing has changed when something has",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sources_feed_interval_bounded",
                condition=Q(poll_minutes__gte=10, poll_minutes__lte=1440),
            ),
        ]
        indexes = [
            # feeds that are due, read by the beat every minute
            models.Index(
                name="sources_feed_due",
                fields=["next_poll_at"],
                condition=Q(active=True),
            ),
        ]

    def __str__(self) -> str:
        return self.url


class FeedEntry(models.Model):
    """A sighting of an entry in a feed, so that each is taken in once."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    entry_key = models.CharField(
        max_length=64, help_text="SHA-256 of the entry's guid, else of its link"
    )
    url = models.URLField(max_length=2048, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    updated = models.CharField(
        max_length=100,
        blank=True,
        default="",
        help_text="When the feed says it was changed, verbatim",
    )
    first_seen_at = models.DateTimeField(db_default=Now(), editable=False)
    last_seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(
                name="sources_feedentry_once_per_feed", fields=["feed", "entry_key"]
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


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
