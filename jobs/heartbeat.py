"""Renew a lease from a thread while the work goes on, so that short leases suffice."""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import OperationalError, connection

log = logging.getLogger(__name__)


class Heartbeat:
    """Calls ``renew`` three times per lease until the block ends.

    It stops after the hard time limit of a task, so that a stuck worker loses its job,
    and when ``renew`` raises ``lost``.
    """

    def __init__(self, renew: Callable[[], None], lost: type[Exception]) -> None:
        """Start nothing yet."""
        self._renew, self._lost = renew, lost
        self._ended = Event()
        self._thread = Thread(target=self._beat, daemon=True, name="lease-heartbeat")

    def __enter__(self) -> Self:
        """Start to beat."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and wait for a beat that is under way."""
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        pause = settings.JOB_LEASE_SECONDS / 3
        give_up_at = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT
        try:
            while not self._ended.wait(pause) and time.monotonic() < give_up_at:
                self._renew_once()
        except self._lost:
            log.warning("A lease was lost while its work went on")
        finally:
            connection.close()

    def _renew_once(self) -> None:
        try:
            self._renew()
        except OperationalError as error:
            connection.close()
            log.warning("A lease could not be renewed: %s", error)
