"""The row is the queue: one ``Job`` for each piece of background work."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

MAX_ERROR_LENGTH = 2000


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "waiting"
    LEASED = "leased", "running"
    DONE = "done", "done"
    DEAD = "dead", "failed for good"


class JobQuerySet(models.QuerySet["Job"]):
    """Reads that workers and the admin share."""

    def due(self) -> "JobQuerySet":
        """Jobs that a worker may take now, by the database's clock."""
        return self.filter(
            Q(state=JobState.QUEUED, run_after__lte=Now())
            | Q(state=JobState.LEASED, lease_until__lt=Now())
        )

    def unfinished(self) -> "JobQuerySet":
        """Jobs still waiting or running."""
        return self.filter(state__in=[JobState.QUEUED, JobState.LEASED])


class Job(models.Model):
    """One piece of background work, leased by compare-and-set."""

    kind = models.CharField(max_length=50)
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - NULL is "no key", "" would collide
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    run_after = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=300, blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="jobs_job_state_known", condition=Q(state__in=JobState.values)
            ),
            models.CheckConstraint(
                name="jobs_job_lease_paired",
                condition=Q(
                    state=JobState.LEASED,
                    lease_until__isnull=False,
                    lease_token__isnull=False,
                )
                | (
                    ~Q(state=JobState.LEASED)
                    & Q(lease_until__isnull=True, lease_token__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="jobs_job_finished_paired",
                condition=Q(
                    state__in=[JobState.DONE, JobState.DEAD], finished_at__isnull=False
                )
                | Q(
                    state__in=[JobState.QUEUED, JobState.LEASED],
                    finished_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="jobs_job_dead_has_reason",
                condition=~Q(state=JobState.DEAD) | ~Q(last_error=""),
            ),
            models.CheckConstraint(
                name="jobs_job_attempts_bounded",
                condition=Q(attempt__lte=F("max_attempts")),
            ),
            models.UniqueConstraint(
                name="jobs_job_one_open_per_key",
                fields=["kind", "dedupe_key"],
                condition=Q(state__in=[JobState.QUEUED, JobState.LEASED]),
            ),
        ]
        indexes = [
            # JobQuerySet.due(): the sweep and the workers
            models.Index(
                name="jobs_job_due",
                fields=["run_after"],
                condition=Q(state__in=["queued", "leased"]),
            ),
            # the admin's job list, newest first
            models.Index(name="jobs_job_newest", fields=["-created_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def retry_delay_seconds(self) -> int:
        """Exponential backoff before the next attempt, in seconds: 10, 40, 160, ..., at most 1 hour."""
        return int(min(3600, 10 * 4 ** max(0, self.attempt - 1)))

    def is_open(self) -> bool:
        """Say whether the job still waits or runs."""
        return self.state in {JobState.QUEUED, JobState.LEASED}
