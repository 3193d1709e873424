"""The ledger of background work: one effect, whatever happens to workers and messages."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models.functions import Now
from pytest_django import Settings

from jobs import kinds, tasks
from jobs.kinds import Commit, PermanentError, TransientError
from jobs.models import Job, JobState
from jobs.operations import (
    JobNotFailedError,
    JobStillOpenError,
    enqueue,
    retry,
    run_job,
    sweep,
)
from sources.models import Source
from tests.factories.sources import JobFactory

pytestmark = pytest.mark.django_db


def store_source(slug: str) -> str:
    """A result that would show if it were stored twice."""
    Source.objects.create(slug=slug, name=slug, kind="other")
    return f"Stored {slug}."


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[..., Commit]]:
    """The registry, put back after the test."""
    registry: dict[str, Callable[..., Commit]] = {
        "store": lambda slug: partial(store_source, slug)
    }
    monkeypatch.setattr(kinds, "_works", registry)
    return registry


def reloaded(job: Job) -> Job:
    """The row as it is now."""
    return Job.objects.get(pk=job.pk)


def make_due(job: Job) -> None:
    """Let the time before the next attempt pass."""
    Job.objects.filter(pk=job.pk).update(run_after=Now())


def lose_worker(job: Job) -> None:
    """Lease the job as a worker that was killed did."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.LEASED,
        attempt=job.attempt + 1,
        lease_token=uuid4(),
        lease_until=Now() - timedelta(seconds=1),
    )


# Running


def test_a_job_run_twice_has_one_effect(works: object) -> None:
    job = enqueue(kind="store", payload={"slug": "one"})
    tasks.run(job_id=job.pk, unknown="ignored")
    tasks.run(job_id=job.pk)
    assert Source.objects.count() == 1
    assert reloaded(job).state == JobState.DONE
    assert reloaded(job).outcome == "Stored one."


def test_a_job_that_waits_for_its_time_is_not_run(works: object) -> None:
    job = enqueue(
        kind="store", payload={"slug": "one"}, run_after=Now() + timedelta(hours=1)
    )
    assert run_job(job.pk) is None
    assert not Source.objects.exists()


def test_a_job_that_does_not_exist_is_nobodys(works: object) -> None:
    assert run_job(987654) is None


def test_a_refusal_buries_the_job_with_its_reason(works: dict[str, object]) -> None:
    def refuse() -> Commit:
        raise PermanentError("The page was removed.")

    works["refuse"] = refuse
    job = enqueue(kind="refuse", payload={})
    assert run_job(job.pk) == JobState.DEAD
    assert reloaded(job).last_error == "The page was removed."
    assert run_job(job.pk) is None


def test_a_failure_that_may_pass_is_tried_again_later_and_then_buried(
    works: dict[str, object],
) -> None:
    def fail() -> Commit:
        raise TransientError("The server is busy.", retry_after=500)

    works["fail"] = fail
    job = enqueue(kind="fail", payload={}, max_attempts=2)
    assert run_job(job.pk) == JobState.QUEUED
    assert run_job(job.pk) is None
    waits = Job.objects.filter(pk=job.pk, run_after__gt=Now() + timedelta(seconds=400))
    assert waits.exists()
    make_due(job)
    assert run_job(job.pk) == JobState.DEAD
    assert reloaded(job).last_error == "The server is busy. Given up after 2 attempts."


def test_a_busy_database_is_a_failure_that_may_pass(works: dict[str, object]) -> None:
    def fail() -> Commit:
        raise OperationalError("deadlock detected")

    works["fail"] = fail
    job = enqueue(kind="fail", payload={})
    assert run_job(job.pk) == JobState.QUEUED
    assert "database" in reloaded(job).last_error


def test_an_error_in_the_program_ends_in_the_ledger(works: dict[str, object]) -> None:
    works["broken"] = lambda: 1 // 0
    job = enqueue(kind="broken", payload={})
    assert run_job(job.pk) == JobState.DEAD
    assert "ZeroDivisionError" in reloaded(job).last_error


def test_a_kind_that_this_version_does_not_know_is_buried(works: object) -> None:
    job = enqueue(kind="from_the_future", payload={})
    assert run_job(job.pk) == JobState.DEAD
    assert "from_the_future" in reloaded(job).last_error


def test_a_payload_of_another_version_is_buried(works: object) -> None:
    job = enqueue(kind="store", payload={"other": 1})
    assert run_job(job.pk) == JobState.DEAD


def test_a_commit_that_fails_leaves_nothing_behind(works: dict[str, object]) -> None:
    def commit() -> str:
        store_source("half")
        raise TransientError("Lost the connection.")

    works["half"] = lambda: commit
    job = enqueue(kind="half", payload={})
    assert run_job(job.pk) == JobState.QUEUED
    assert not Source.objects.exists()


def test_a_worker_that_woke_up_late_stores_nothing(works: dict[str, object]) -> None:
    def work() -> Commit:
        lose_worker(job)  # another worker has taken over while this one was frozen
        return partial(store_source, "zombie")

    works["slow"] = work
    job = enqueue(kind="slow", payload={})
    assert run_job(job.pk) is None
    assert not Source.objects.exists()
    assert reloaded(job).state == JobState.LEASED


def test_follow_ups_are_rows_of_the_same_commit(works: dict[str, object]) -> None:
    def commit() -> str:
        enqueue(kind="store", payload={"slug": "next"})
        return store_source("first")

    works["first"] = lambda: commit
    run_job(enqueue(kind="first", payload={}).pk)
    follow_up = Job.objects.get(kind="store")
    assert run_job(follow_up.pk) == JobState.DONE
    assert Source.objects.count() == 2


# Putting in


def test_an_open_job_with_the_same_key_is_returned(works: object) -> None:
    first = enqueue(kind="store", payload={"slug": "one"}, dedupe_key="one")
    assert enqueue(kind="store", payload={"slug": "one"}, dedupe_key="one") == first
    other = enqueue(kind="other", payload={}, dedupe_key="one")
    assert other != first
    run_job(first.pk)
    assert enqueue(kind="store", payload={}, dedupe_key="one") != first


# Retrying by hand


def test_a_failed_job_is_retried_with_all_its_attempts(
    works: dict[str, object],
) -> None:
    works["broken"] = lambda: 1 // 0
    job = enqueue(kind="broken", payload={})
    run_job(job.pk)
    works["broken"] = lambda: partial(str, "Mended.")
    assert retry(job=job, by=None).attempt == 0
    assert run_job(job.pk) == JobState.DONE
    assert reloaded(job).last_error == ""


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.DONE])
def test_only_failed_jobs_are_retried(works: object, state: JobState) -> None:
    job = enqueue(kind="store", payload={"slug": "one"})
    if state == JobState.DONE:
        run_job(job.pk)
    with pytest.raises(JobNotFailedError):
        retry(job=job, by=None)


def test_a_failed_job_is_not_retried_beside_a_newer_one(works: object) -> None:
    failed = enqueue(kind="unknown", payload={}, dedupe_key="one")
    run_job(failed.pk)
    enqueue(kind="unknown", payload={}, dedupe_key="one")
    with pytest.raises(JobStillOpenError):
        retry(job=failed, by=None)


# Sweeping


def test_the_sweep_sends_what_is_due_and_leaves_the_rest(works: object) -> None:
    lost = enqueue(kind="store", payload={"slug": "lost"})
    lose_worker(lost)
    enqueue(kind="store", payload={"slug": "due"})
    enqueue(kind="store", payload={}, run_after=Now() + timedelta(hours=1))
    assert sweep().sent == 2
    assert run_job(lost.pk) == JobState.DONE


def test_a_job_that_always_kills_its_worker_is_buried_by_the_sweep(
    works: object,
) -> None:
    job = enqueue(kind="store", payload={"slug": "poison"}, max_attempts=3)
    for number in (1, 2, 3):
        lose_worker(reloaded(job))
        assert reloaded(job).attempt == number
    assert run_job(job.pk) is None
    tasks.sweep()
    assert reloaded(job).state == JobState.DEAD
    assert "stopped before it had finished, 3 times" in reloaded(job).last_error
    assert sweep().buried == 0


# Several workers at once


@pytest.fixture
def committed_job(transactional_db: None, works: dict[str, object]) -> Job:
    """A job that other connections see."""
    return enqueue(kind="store", payload={"slug": "one"})


def run_in_threads(number: int, job: Job) -> list[JobState | None]:
    """Run the same job in several workers at once."""
    barrier, ends = threading.Barrier(number), []

    def worker() -> None:
        barrier.wait(10)
        ends.append(run_job(job.pk))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def test_one_message_delivered_three_times_at_once_has_one_effect(
    committed_job: Job,
) -> None:
    ends = run_in_threads(3, committed_job)
    assert sorted(str(end) for end in ends) == ["None", "None", "done"]
    assert Source.objects.count() == 1


def test_two_requests_with_one_key_at_once_make_one_job(transactional_db: None) -> None:
    barrier, jobs = threading.Barrier(2), []

    def ask() -> None:
        barrier.wait(10)
        jobs.append(enqueue(kind="store", payload={}, dedupe_key="one"))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert jobs[0] == jobs[1]
    assert Job.objects.count() == 1


def test_the_lease_is_renewed_while_the_work_goes_on(
    committed_job: Job, works: dict[str, object], settings: Settings
) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    renewed = threading.Event()

    def work(slug: str) -> Commit:
        first = reloaded(committed_job).lease_until
        while not renewed.wait(0.05):
            if reloaded(committed_job).lease_until != first:
                renewed.set()
        return partial(store_source, slug)

    works["store"] = work
    assert run_job(committed_job.pk) == JobState.DONE
    assert renewed.is_set()


# The database's own rules


def broken(job_changes: dict[str, object], name: str) -> None:
    """Check that a change breaks the constraint of this name."""
    job = JobFactory.create()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**job_changes)


def test_a_job_has_a_known_state() -> None:
    broken({"state": "lost"}, "jobs_job_state_known|jobs_job_finished_paired")


def test_only_a_running_job_has_a_lease() -> None:
    broken({"lease_token": uuid4()}, "jobs_job_lease_paired")


def test_only_a_finished_job_has_an_end() -> None:
    broken({"finished_at": Now()}, "jobs_job_finished_paired")


def test_a_dead_job_says_why() -> None:
    broken({"state": JobState.DEAD, "finished_at": Now()}, "jobs_job_dead_has_reason")


def test_a_job_is_not_tried_too_often() -> None:
    broken({"attempt": 4}, "jobs_job_attempts_bounded")


def test_one_job_of_a_kind_and_key_is_open() -> None:
    JobFactory.create(dedupe_key="one")
    with pytest.raises(IntegrityError, match="jobs_job_one_open_per_key"):
        JobFactory.create(dedupe_key="one")
