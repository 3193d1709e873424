"""What one fetch asks for, and what it may cost."""

from dataclasses import dataclass
from urllib.parse import urlsplit

MB = 1024 * 1024
USER_AGENT = "Standpoint/0.1"


@dataclass(frozen=True)
class Budget:
    """What one fetch may cost."""

    max_bytes: int
    accept: str
    total_seconds: float = 30
    connect_seconds: float = 5
    read_seconds: float = 10


PAGE = Budget(20 * MB, "text/html,application/pdf,text/plain,*/*;q=0.5")
FEED = Budget(
    8 * MB, "application/atom+xml,application/rss+xml,application/xml,*/*;q=0.5"
)
ROBOTS = Budget(MB // 2, "text/plain,*/*;q=0.5", total_seconds=15)


@dataclass(frozen=True)
class Validators:
    """What the server gave to ask later whether anything has changed, verbatim."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """Headers of a conditional request."""
        given = {
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
        }
        return {name: value for name, value in given.items() if value}


def request_headers(url: str, budget: Budget, validators: Validators) -> dict[str, str]:
    """Headers of a request; the connection is used once."""
    return {
        "Host": urlsplit(url).netloc,
        "User-Agent": USER_AGENT,
        "Accept": budget.accept,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **validators.headers(),
    }
