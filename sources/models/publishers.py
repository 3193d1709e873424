"""Who publishes, and the feeds in which they do."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

COUNTRY_CODE = r"^[A-Z]{2}$"


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
