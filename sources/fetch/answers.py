"""What an answer says: a text, a redirect, that nothing has changed, or why there is none."""

import hashlib
import time
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx2

from sources.addresses import BadAddressError, checked_url
from sources.fetch.deadlines import Deadline
from sources.fetch.outcomes import FetchPostponedError, FetchRefusedError, Outcome
from sources.fetch.requests import MB, Budget, Validators

MAX_VALIDATOR_LENGTH = 1024
LONGEST_RETRY_AFTER = 24 * 3600
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


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
