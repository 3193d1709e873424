"""Enqueue, lease, run, retry and sweep jobs; all times are the database's."""

import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerUnreachableError

from jobs.heartbeat import Heartbeat
from jobs.kinds import (
    TRANSIENT,
    Commit,
    NotNowError,
    PermanentError,
    TransientError,
    reason_of,
    work_of,
)
from jobs.models import MAX_ERROR_LENGTH, Job, JobState

RUN_TASK = "jobs.tasks.run"
MESSAGE_EXPIRES_SECONDS = 600  # the sweep re-sends what is still due then
SWEEP_LIMIT = 1000
ONE_OPEN_PER_KEY = "jobs_job_one_open_per_key"
WORKER_LOST = "The worker stopped before it had finished, {attempt} times."

log = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """Another worker has taken the job over: nothing of this run may be stored."""


class JobNotFailedError(Exception):
    """Only a job that failed for good can be retried."""


class JobStillOpenError(Exception):
    """A newer job with the same key waits or runs."""


@dataclass(frozen=True)
class Lease:
    """One worker's hold on one job, for one attempt."""

    job: Job
    token: UUID

    def update(self, **changes: Any) -> None:
        """Change the job while it is still this worker's; raises LeaseLostError."""
        held = Job.objects.filter(
            pk=self.job.pk, state=JobState.LEASED, lease_token=self.token
        )
        if not held.update(**changes):
            raise LeaseLostError(str(self.job))

    def release(self, state: JobState, **changes: Any) -> None:
        """Let go of the job in its next state; raises LeaseLostError."""
        self.update(state=state, lease_token=None, lease_until=None, **changes)

    def renew(self) -> None:
        """Push the end of the lease further away; raises LeaseLostError."""
        self.update(lease_until=lease_end())


@dataclass(frozen=True)
class Sweep:
    """What one sweep found."""

    sent: int
    buried: int


# Putting work in


def enqueue(
    *,
    kind: str,
    payload: Mapping[str, Any],
    by: AbstractBaseUser | None = None,
    dedupe_key: str | None = None,
    run_after: datetime | Combinable | None = None,
    max_attempts: int = 3,
) -> Job:
    """Add a job inside the caller's transaction; a worker hears of it on commit.

    With a ``dedupe_key``, a waiting or running job of the same kind and key is returned
    instead of a second one. A broker that cannot be reached is no error: the sweep
    sends the message later.
    """
    job, created = open_job(
        Job(
            kind=kind,
            payload=dict(payload),
            created_by_id=by.pk if by else None,
            dedupe_key=dedupe_key,
            max_attempts=max_attempts,
            **({"run_after": run_after} if run_after else {}),
        )
    )
    if created:
        announce(job)
    return job


def open_job(job: Job) -> tuple[Job, bool]:
    """Save ``job``, or return the open one with its key, and whether it was saved."""
    twins = Job.objects.unfinished().filter(kind=job.kind, dedupe_key=job.dedupe_key)
    while True:
        if job.dedupe_key is not None and (twin := twins.first()):
            return twin, False
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError as error:
            if constraint_of(error) != ONE_OPEN_PER_KEY:
                raise
        else:
            return job, True


def constraint_of(error: IntegrityError) -> str:
    """Name the constraint that a statement broke, or ``""``."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""


def announce(job: Job) -> None:
    """Send the job's id to the workers once the transaction is committed."""
    transaction.on_commit(lambda: publish(job.pk), robust=True)


def publish(job_id: int) -> bool:
    """Send a job's id to the workers; say whether the broker took it."""
    try:
        current_app.send_task(
            RUN_TASK,
            kwargs={"job_id": job_id},
            expires=MESSAGE_EXPIRES_SECONDS,
            retry=False,
        )
    except (BrokerUnreachableError, OSError) as error:
        log.warning("Broker unreachable, job %s waits for the sweep: %s", job_id, error)
        return False
    return True


def retry(*, job: Job, by: AbstractBaseUser | None) -> Job:
    """Queue a failed job again, with all its attempts; raises JobNotFailedError.

    Raises JobStillOpenError when newer work with its key waits or runs already.
    """
    with transaction.atomic():
        if not reopen(job):
            msg = f"{job} has not failed, so there is nothing to retry."
            raise JobNotFailedError(msg)
        announce(job)
    log.info("%s queued again by %s", job, by)
    job.refresh_from_db()
    return job


def reopen(job: Job) -> bool:
    """Make a failed job wait again; say whether it had failed."""
    failed = Job.objects.filter(pk=job.pk, state=JobState.DEAD)
    try:
        with transaction.atomic():
            return bool(
                failed.update(
                    state=JobState.QUEUED, attempt=0, run_after=Now(), finished_at=None
                )
            )
    except IntegrityError as error:
        if constraint_of(error) != ONE_OPEN_PER_KEY:
            raise
        msg = f"{job}: a newer job for the same thing waits or runs already."
        raise JobStillOpenError(msg) from error


# Doing the work


def run_job(job_id: int) -> JobState | None:
    """Lease and run a job; return how it ended, or None when it is not this worker's.

    Running the same id twice, at once or one after the other, has one effect.
    """
    lease = take(job_id)
    if lease is None:
        return None
    try:
        with Heartbeat(lease.renew, LeaseLostError):
            return attempt(lease)
    except LeaseLostError:
        log.warning("%s was taken over by another worker", lease.job)
        return None


def take(job_id: int) -> Lease | None:
    """Lease a due job by compare-and-set, before any work is done."""
    token = uuid4()
    taken = (
        Job.objects.due()
        .filter(pk=job_id, attempt__lt=F("max_attempts"))
        .update(
            state=JobState.LEASED,
            attempt=F("attempt") + 1,
            lease_token=token,
            lease_until=lease_end(),
        )
    )
    if not taken:
        return None
    job = Job.objects.filter(pk=job_id, lease_token=token).first()
    return Lease(job, token) if job else None


def lease_end() -> Any:
    """When a lease given now runs out, by the database's clock."""
    return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def attempt(lease: Lease) -> JobState:
    """Do the work of a leased job once and record how it went; raises LeaseLostError."""
    try:
        complete(lease, work_of(lease.job.kind)(**lease.job.payload))
    except LeaseLostError:
        raise
    except NotNowError as turn:
        return await_turn(lease, turn)
    except TRANSIENT as error:
        log.warning("%s failed: %s", lease.job, error)
        if not connection.in_atomic_block:  # as in tests
            connection.close_if_unusable_or_obsolete()
        return postpone(lease, error)
    except PermanentError as error:
        log.info("%s failed for good: %s", lease.job, error)
        return bury(lease, reason_of(error))
    except Exception as error:  # a bug must end in the ledger too
        log.exception("%s failed for good", lease.job)
        return bury(lease, reason_of(error))
    return JobState.DONE


def complete(lease: Lease, commit: Commit) -> None:
    """Store the results and mark the job done, both or neither; raises LeaseLostError."""
    with transaction.atomic():
        outcome = commit()
        lease.release(
            JobState.DONE, outcome=outcome[:300], last_error="", finished_at=Now()
        )


def postpone(lease: Lease, error: Exception) -> JobState:
    """Queue the job for its next attempt, or bury it after the last one."""
    if lease.job.attempt >= lease.job.max_attempts:
        times = f" Given up after {lease.job.attempt} attempts."
        return bury(lease, reason_of(error) + times)
    lease.release(
        JobState.QUEUED,
        run_after=Now() + timedelta(seconds=delay_before_retry(lease.job, error)),
        last_error=reason_of(error)[:MAX_ERROR_LENGTH],
    )
    return JobState.QUEUED


def await_turn(lease: Lease, turn: NotNowError) -> JobState:
    """Queue the job again as if this attempt had not been made."""
    lease.release(
        JobState.QUEUED,
        attempt=F("attempt") - 1,
        run_after=Now() + timedelta(seconds=turn.seconds),
        last_error=str(turn)[:MAX_ERROR_LENGTH],
    )
    return JobState.QUEUED


def delay_before_retry(job: Job, error: Exception) -> float:
    """Seconds to wait: the backoff with jitter, or longer where the other side said so."""
    asked = error.retry_after if isinstance(error, TransientError) else None
    jitter = random.uniform(1, 1.25)  # noqa: S311 - spreads retries, hides nothing
    return max(job.retry_delay_seconds() * jitter, asked or 0)


def bury(lease: Lease, reason: str) -> JobState:
    """Set the job aside with a reason in words."""
    lease.release(
        JobState.DEAD, last_error=reason[:MAX_ERROR_LENGTH], finished_at=Now()
    )
    return JobState.DEAD


# Looking after what was lost


def sweep() -> Sweep:
    """Bury jobs whose workers died on every attempt, and send all others that are due.

    A message for a job that a worker already has does nothing, so sending once too
    often is harmless.
    """
    buried = bury_exhausted()
    sent = 0
    for job_id in due_ids():
        if not publish(job_id):
            break
        sent += 1
    return Sweep(sent=sent, buried=buried)


def due_ids() -> list[int]:
    """Jobs that a worker may take now, longest waiting first."""
    due = Job.objects.due().filter(attempt__lt=F("max_attempts"))
    return list(
        due.order_by("run_after", "pk").values_list("pk", flat=True)[:SWEEP_LIMIT]
    )


def bury_exhausted() -> int:
    """Set aside jobs whose last lease ran out; returns how many."""
    lost = Job.objects.due().filter(
        state=JobState.LEASED, attempt__gte=F("max_attempts")
    )
    buried = 0
    for job in lost.order_by("pk")[:SWEEP_LIMIT]:
        buried += lost.filter(pk=job.pk, lease_token=job.lease_token).update(
            state=JobState.DEAD,
            lease_token=None,
            lease_until=None,
            finished_at=Now(),
            last_error=WORKER_LOST.format(attempt=job.attempt),
        )
    return buried
