"""Where to connect: the addresses of a name, all checked before one is used."""

import socket
from collections.abc import Callable
from threading import Thread
from urllib.parse import urlsplit

from django.conf import settings

from sources.fetch.deadlines import Deadline
from sources.fetch.outcomes import FetchPostponedError, FetchRefusedError, Outcome
from sources.networks import may_connect

Resolver = Callable[[str, int], list[str]]


def resolve_host(host: str, port: int) -> list[str]:
    """Return all addresses of a name, as the system's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


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
