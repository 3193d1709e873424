"""The only module that opens connections to addresses that people or pages name.

A name is resolved once, every address it has must be public, and the connection goes to
one of the checked addresses while TLS is verified against the name; so again for each
redirect. A fetch ends at a total deadline however slowly the other side drips, and at a
size counted after decompression.
"""

import hashlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import StrEnum
from threading import Thread, Timer
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
from django.conf import settings
from django.core.cache import cache
from protego import Protego

from jobs.kinds import TransientError
from sources.addresses import BadAddressError, checked_url
from sources.networks import may_connect
from sources.refusals import IntakeRefusedError

MB = 1024 * 1024
USER_AGENT = "Standpoint/0.1"
ROBOT_NAME = "Standpoint"
MAX_REDIRECTS = 5
MAX_VALIDATOR_LENGTH = 1024
LONGEST_RETRY_AFTER = 24 * 3600
ROBOTS_KEPT_SECONDS = 24 * 3600
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


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


@dataclass(frozen=True)
class Fetched:
    """An answer with its body decompressed; empty when nothing has changed."""

    url: str
    outcome: Outcome
    content: bytes = b""
    content_type: str = ""
    charset: str = ""
    validators: Validators = field(default_factory=Validators)

    @property
    def raw_hash(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.content).hexdigest()


Resolver = Callable[[str, int], list[str]]


def resolve_host(host: str, port: int) -> list[str]:
    """Return all addresses of a name, as the system's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def safe_fetch(
    url: str,
    *,
    budget: Budget = PAGE,
    validators: Validators | None = None,
    resolve: Resolver = resolve_host,
) -> Fetched:
    """Fetch an address, following at most five redirects by hand.

    Raises BadAddressError for what is no web address, FetchRefusedError and
    FetchPostponedError with an outcome and a reason in plain words for all else.
    """
    deadline = Deadline(budget.total_seconds)
    conditional = validators or Validators()
    target = checked_url(url)
    for _ in range(MAX_REDIRECTS + 1):
        address = checked_address(target, deadline, resolve)
        with answering(target, address, budget, conditional, deadline) as response:
            if response.status_code not in REDIRECTS:
                return fetched(target, response, budget, conditional, deadline)
            target = redirect_target(target, response)
    msg = f"The address redirects more than {MAX_REDIRECTS} times."
    raise FetchRefusedError(Outcome.TOO_MANY_REDIRECTS, msg)


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


# Where to connect


def checked_address(url: str, deadline: Deadline, resolve: Resolver) -> str:
    """Return an address of the host to connect to, after checking all it has."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = resolved(host, port, deadline, resolve)
    for address in addresses:
        if not may_connect(address, port, allow_loopback=settings.FETCH_ALLOW_LOOPBACK):
            msg = (
                f"The address {host}:{port} is blocked: only public web servers on the "
                "ports 80 and 443 are fetched."
            )
            raise FetchRefusedError(Outcome.BLOCKED_POLICY, msg)
    return addresses[0]


def resolved(host: str, port: int, deadline: Deadline, resolve: Resolver) -> list[str]:
    """Look a name up without waiting longer than the deadline."""
    results: list[list[str] | OSError] = []

    def look_up() -> None:
        try:
            results.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            results.append(error if isinstance(error, OSError) else OSError(str(error)))

    thread = Thread(target=look_up, daemon=True, name="resolver")
    thread.start()
    thread.join(deadline.left())
    result = results[0] if results else socket.gaierror(socket.EAI_AGAIN, "timeout")
    if isinstance(result, OSError):
        raise name_error(host, result) from result
    return result


def name_error(host: str, error: OSError) -> FetchPostponedError:
    """Tell a name that does not exist from a name server that does not answer."""
    if error.errno == socket.EAI_AGAIN:
        msg = f"The name server did not answer for {host}."
        return FetchPostponedError(Outcome.DNS_TEMP, msg)
    msg = f"There is no server with the name {host}."
    return FetchPostponedError(Outcome.DNS_FAIL, msg)


# Talking


@contextmanager
def answering(
    url: str, address: str, budget: Budget, validators: Validators, deadline: Deadline
) -> Iterator[httpx2.Response]:
    """Send the request and give the answer's head; the body is still to be read."""
    timeout = httpx2.Timeout(budget.read_seconds, connect=budget.connect_seconds)
    with (
        plain_errors(url, deadline),
        deadline.enforced(),
        httpx2.Client(trust_env=False, timeout=timeout) as client,
    ):
        client.headers.clear()
        request = client.build_request(
            "GET",
            httpx2.URL(url).copy_with(host=address),
            headers=request_headers(url, budget, validators),
            extensions={
                "sni_hostname": urlsplit(url).hostname,
                "trace": deadline.watch,
                "timeout": timeout.as_dict(),
            },
        )
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            response.close()


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


@contextmanager
def plain_errors(url: str, deadline: Deadline) -> Iterator[None]:
    """Turn the HTTP library's errors into outcomes with reasons."""
    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        if deadline.is_over():
            raise deadline.passed() from error
        raise plain_error(urlsplit(url).hostname or url, error) from error


def plain_error(host: str, error: Exception) -> FetchPostponedError | FetchRefusedError:
    """Say in words what the HTTP library reports."""
    if isinstance(error.__cause__ and error.__cause__.__cause__, ssl.SSLError) or (
        isinstance(error, httpx2.ConnectError) and "SSL" in str(error)
    ):
        msg = f"The secure connection to {host} failed: its certificate is not valid."
        return FetchRefusedError(Outcome.TLS_FAIL, msg)
    if isinstance(error, httpx2.TimeoutException):
        msg = f"{host} did not answer in time."
        return FetchPostponedError(Outcome.TIMEOUT, msg)
    if isinstance(error, httpx2.ConnectError):
        msg = f"{host} refused the connection or could not be reached."
        return FetchPostponedError(Outcome.CONNECT_FAIL, msg)
    msg = f"{host} sent an answer that is broken or incomplete."
    return FetchPostponedError(Outcome.BAD_CONTENT, msg)


# Understanding the answer


def redirect_target(url: str, response: httpx2.Response) -> str:
    """Return where a redirect leads; raises FetchRefusedError."""
    location = response.headers.get("location", "")
    if not location.strip():
        msg = "The address redirects to nowhere."
        raise FetchRefusedError(Outcome.BAD_CONTENT, msg)
    try:
        return checked_url(urljoin(url, location))
    except (BadAddressError, ValueError) as error:
        msg = f"The address redirects to one that cannot be fetched: {error}"
        raise FetchRefusedError(Outcome.BLOCKED_POLICY, msg) from error


def fetched(
    url: str,
    response: httpx2.Response,
    budget: Budget,
    asked: Validators,
    deadline: Deadline,
) -> Fetched:
    """Read a final answer; raises FetchRefusedError and FetchPostponedError."""
    if response.status_code == 304:
        return not_modified(url, response, asked)
    refuse_bad_status(response)
    content = body(response, budget, deadline)
    if not content:
        msg = "The server sent an empty answer."
        raise FetchPostponedError(Outcome.BAD_CONTENT, msg)
    declared = Message()
    declared["content-type"] = response.headers.get("content-type", "")
    return Fetched(
        url=url,
        outcome=Outcome.OK,
        content=content,
        content_type=declared.get_content_type() if declared["content-type"] else "",
        charset=str(declared.get_content_charset() or ""),
        validators=validators_of(response),
    )


def not_modified(url: str, response: httpx2.Response, asked: Validators) -> Fetched:
    """Accept "nothing has changed" only where that was asked."""
    if not asked.headers():
        msg = "The server says that nothing has changed, though it was not asked that."
        raise FetchPostponedError(Outcome.BAD_CONTENT, msg)
    given = validators_of(response)
    kept = Validators(
        given.etag or asked.etag, given.last_modified or asked.last_modified
    )
    return Fetched(url=url, outcome=Outcome.NOT_MODIFIED, validators=kept)


def refuse_bad_status(response: httpx2.Response) -> None:
    """Raise for every status that brings no text."""
    status = response.status_code
    if status == 429:
        msg = "The server asks to be left alone for a while (429)."
        after = retry_after(response)
        raise FetchPostponedError(Outcome.RATE_LIMITED, msg, retry_after=after)
    if status >= 500:
        msg = f"The server has a problem of its own ({status})."
        after = retry_after(response)
        raise FetchPostponedError(Outcome.HTTP_5XX, msg, retry_after=after)
    if status == 410:
        msg = "The page was removed for good (410)."
        raise FetchRefusedError(Outcome.GONE, msg)
    if status >= 400:
        raise FetchRefusedError(Outcome.HTTP_4XX, words_for(status))
    if status != 200:
        msg = f"The server answered without a text ({status})."
        raise FetchRefusedError(Outcome.BAD_CONTENT, msg)


def words_for(status: int) -> str:
    """Say what the common refusals mean."""
    known = {
        401: "The page asks for a login (401): paste the text instead.",
        402: "The page asks for a payment (402): paste the text instead.",
        403: "The server refuses to show the page to a program (403): paste the text instead.",
        404: "There is no page at this address (404).",
        451: "The page may not be shown here for legal reasons (451).",
    }
    return known.get(status, f"The server refused the request ({status}).")


def body(response: httpx2.Response, budget: Budget, deadline: Deadline) -> bytes:
    """Read the decompressed body up to its limit, before the deadline."""
    refuse_unknown_encoding(response)
    chunks, size = [], 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        deadline.left()
        if size > budget.max_bytes:
            msg = f"The answer is larger than {budget.max_bytes / MB:g} MB."
            raise FetchRefusedError(Outcome.TOO_LARGE, msg)
    if deadline.is_over():
        raise deadline.passed()
    return b"".join(chunks)


def refuse_unknown_encoding(response: httpx2.Response) -> None:
    """Raise for compressions that were not asked for and cannot be undone."""
    codings = response.headers.get("content-encoding", "").lower().split(",")
    if any(coding.strip() not in ENCODINGS for coding in codings):
        msg = "The server compressed its answer in a way that it was not asked to."
        raise FetchRefusedError(Outcome.BAD_CONTENT, msg)


def validators_of(response: httpx2.Response) -> Validators:
    """Take the validators as they are; what is absurdly long is dropped."""
    etag = response.headers.get("etag", "")
    modified = response.headers.get("last-modified", "")
    return Validators(
        etag if len(etag) <= MAX_VALIDATOR_LENGTH else "",
        modified if len(modified) <= 200 else "",
    )


def retry_after(response: httpx2.Response) -> float | None:
    """Seconds the server asks to wait, at most a day; None when it does not say."""
    raw = response.headers.get("retry-after", "").strip()
    if raw.isascii() and raw.isdigit():
        return float(min(int(raw), LONGEST_RETRY_AFTER))
    try:
        seconds = parsedate_to_datetime(raw).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), float(LONGEST_RETRY_AFTER))


# Asking for permission


def check_robots(url: str) -> None:
    """Raise FetchRefusedError where the site's robots.txt forbids this page to programs.

    No robots.txt is permission. One that cannot be read now is none: then
    FetchPostponedError is raised (RFC 9309, 2.3.1).
    """
    parts = urlsplit(url)
    rules = robots_rules(f"{parts.scheme}://{parts.netloc}/robots.txt")
    if not Protego.parse(rules).can_fetch(url, ROBOT_NAME):
        msg = f"{parts.hostname} does not want programs to read this page (robots.txt)."
        raise FetchRefusedError(Outcome.ROBOTS_DENIED, msg)


def robots_rules(robots_url: str) -> str:
    """Return the text of a robots.txt, kept for a day; raises FetchPostponedError."""
    key = "robots:" + hashlib.sha256(robots_url.encode()).hexdigest()
    if (known := cache.get(key)) is not None:
        return str(known)
    try:
        rules = safe_fetch(robots_url, budget=ROBOTS).content.decode("utf8", "replace")
    except FetchRefusedError as error:
        if error.outcome not in {Outcome.HTTP_4XX, Outcome.GONE}:
            raise
        rules = ""
    cache.set(key, rules, ROBOTS_KEPT_SECONDS)
    return rules
