"""What each kind of job does: an app registers its work here when it is ready.

Work has two halves, so that nothing slow happens inside a transaction and a worker
that lost its lease cannot store anything. ``work(**payload)`` reads, fetches and
computes outside any transaction and returns a *commit*: a function without arguments
that writes the results and returns the outcome in words. The commit runs in the
transaction that also marks the job done; both happen, or neither.
"""

from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils.module_loading import import_string

Commit = Callable[[], str]
Work = Callable[..., Commit]


class PermanentError(Exception):
    """Trying again cannot help; ``str(error)`` is a reason that an analyst can read."""


class TransientError(Exception):
    """Trying again later may help; ``str(error)`` is a reason that an analyst can read."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        """Keep how many seconds to wait at least, where somebody said so."""
        super().__init__(reason)
        self.retry_after = retry_after


class NotNowError(Exception):
    """The work has to wait for its turn; this is no failure and counts no attempt."""

    def __init__(self, reason: str, *, seconds: float) -> None:
        """Keep how many seconds to wait before asking again."""
        super().__init__(reason)
        self.seconds = seconds


class UnknownKindError(PermanentError):
    """No app has registered work under this name."""


class KindAlreadyRegisteredError(Exception):
    """Two apps claim the same kind of job."""


TRANSIENT = (TransientError, OperationalError, SoftTimeLimitExceeded)

_works: dict[str, Work | str] = {}


def register(kind: str, work: Work | str) -> None:
    """Say what jobs of ``kind`` do; called from ``AppConfig.ready``.

    A dotted path is imported when the first job of the kind runs, so that web servers
    do not load what only workers need. Raises KindAlreadyRegisteredError when other
    work has this name.
    """
    if _works.setdefault(kind, work) != work:
        raise KindAlreadyRegisteredError(kind)


def work_of(kind: str) -> Work:
    """Return the work of ``kind``; raises UnknownKindError."""
    try:
        work = _works[kind]
    except KeyError:
        msg = f"This version of the program does not know jobs of the kind {kind!r}."
        raise UnknownKindError(msg) from None
    imported: Work = import_string(work) if isinstance(work, str) else work
    return imported


def reason_of(error: BaseException) -> str:
    """Say in words what stopped a job."""
    if isinstance(error, SoftTimeLimitExceeded):
        return "The work took longer than a job may take."
    if isinstance(error, OperationalError):
        return "The database could not be reached or was busy."
    if isinstance(error, PermanentError | TransientError):
        return str(error) or type(error).__name__
    return f"An error in the program ({type(error).__name__}): see the worker's log."
