"""The moment by which a fetch is over."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

from sources.fetch.outcomes import FetchPostponedError, Outcome


class Deadline:
    """The moment by which a fetch is over, and the sockets to cut then.

    A read timeout never fires on a drip of single bytes, so a timer cuts the
    connection itself.
    """

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds = seconds
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None

    def left(self) -> float:
        """Seconds that are left; raises FetchPostponedError when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends

    def passed(self) -> FetchPostponedError:
        """Build the error that says that the time is up."""
        msg = f"The server did not finish its answer within {self.seconds:.0f} seconds."
        return FetchPostponedError(Outcome.TIMEOUT, msg)

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """Remember the socket of a new connection (called by the HTTP library)."""
        if event == "connection.connect_tcp.complete":
            self._socket = info["return_value"].get_extra_info("socket")

    @contextmanager
    def enforced(self) -> Iterator[None]:
        """Cut the connection when the time is up."""
        timer = Timer(self.left(), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        try:
            if self._socket:
                self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it was closed in the meantime
