"""What the beat calls."""

from typing import Any

from celery import shared_task

from sources.operations import polling


@shared_task(name="sources.tasks.queue_due_feeds")
def queue_due_feeds(**_extra: Any) -> None:
    """Ask for a poll of each feed that is due."""
    polling.queue_due_feeds()
