"""How a fetch can end, and the errors that say so."""

from enum import StrEnum

from jobs.kinds import TransientError
from sources.refusals import IntakeRefusedError


class Outcome(StrEnum):
    """How a fetch can end; the closed list that is stored and counted."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    GONE = "gone"
    HTTP_4XX = "http_4xx"
    RATE_LIMITED = "rate_limited"
    HTTP_5XX = "http_5xx"
    DNS_TEMP = "dns_temp"
    DNS_FAIL = "dns_fail"
    CONNECT_FAIL = "connect_fail"
    TLS_FAIL = "tls_fail"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_CONTENT = "bad_content"
    BLOCKED_POLICY = "blocked_policy"
    ROBOTS_DENIED = "robots_denied"
    PARSE_ERROR = "parse_error"
    JOB_KILLED = "job_killed"


class FetchRefusedError(IntakeRefusedError):
    """Fetching failed in a way that trying again does not change."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        """Keep the outcome beside the reason in words."""
        super().__init__(reason)
        self.outcome = outcome


class FetchPostponedError(TransientError):
    """Fetching failed in a way that may pass."""

    def __init__(
        self, outcome: Outcome, reason: str, *, retry_after: float | None = None
    ) -> None:
        """Keep the outcome beside the reason, and how long the other side wants to be left."""
        super().__init__(reason, retry_after=retry_after)
        self.outcome = outcome
