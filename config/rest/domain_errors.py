"""Which status each error of the operations becomes in the API."""

from claims.operations.stances import (
    StanceAlreadyLoggedError,
    StanceChangedMeanwhileError,
    StanceRetractedError,
)
from claims.operations.suggestions import SuggestionDecidedError
from claims.refusals import StanceRefusedError
from jobs.operations import JobNotFailedError, JobStillOpenError
from sources.operations import FeedPausedError, UploadTooLargeError
from sources.refusals import IntakeRefusedError

STATUSES: dict[type[Exception], int] = {
    JobNotFailedError: 409,
    JobStillOpenError: 409,
    FeedPausedError: 409,
    UploadTooLargeError: 413,
    IntakeRefusedError: 422,
    StanceAlreadyLoggedError: 409,
    StanceRetractedError: 409,
    StanceChangedMeanwhileError: 412,
    StanceRefusedError: 422,
    SuggestionDecidedError: 409,
}


def domain_status(exc: Exception) -> int | None:
    """Return the HTTP status of a domain error, None for any other exception."""
    return next(
        (STATUSES[kind] for kind in type(exc).__mro__ if kind in STATUSES), None
    )
