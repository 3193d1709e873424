"""One request to one checked address, and the HTTP library's errors in plain words."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2

from sources.fetch.deadlines import Deadline
from sources.fetch.outcomes import FetchPostponedError, FetchRefusedError, Outcome
from sources.fetch.requests import Budget, Validators, request_headers


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
