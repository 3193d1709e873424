"""What workers and the beat call; the work itself is in the operations."""

from typing import Any

from celery import shared_task

from jobs import operations


@shared_task(name="jobs.tasks.run")
def run(*, job_id: int, **_extra: Any) -> None:
    """Run one job, if it is due and nobody else has it."""
    operations.run_job(job_id)


@shared_task(name="jobs.tasks.sweep")
def sweep(**_extra: Any) -> None:
    """Re-send what is due or whose worker was lost."""
    operations.sweep()
