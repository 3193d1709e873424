"""Servers on this machine that answer as they are told, badly too."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Answer = Callable[[socket.socket], None]


def reply(
    body: bytes | str = b"",
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """Build a well-formed answer; ``_`` in header names means ``-``."""
    content = body.encode() if isinstance(body, str) else body
    lines = {
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Build a redirect."""
    return reply(status=status, Location=location)


@dataclass
class Peer:
    """An HTTP server with an answer for each path; others are not found.

    An answer is bytes, or a function that does with the connection what it likes, or a
    list of these of which each is given once and the last for ever.
    """

    answers: dict[str, bytes | Answer | list[bytes]] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        """Listen on a free port."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop; answers that drip look at ``ended``."""
        self.ended.set()
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        scheme = "https" if self.context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[bytes]:
        """Return the heads of the requests for a path."""
        start = f"GET {path} ".encode()
        return [request for request in self.requests if request.startswith(start)]

    def _accept(self) -> None:
        while not self.ended.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(
                    target=self._serve, args=(connection,), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(20)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            request = read_head(connection)
            self.requests.append(request)
            path = request.split(b" ")[1].decode() if b" " in request else ""
            answer = self.answers.get(path, reply("Not here", status="404 Not Found"))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)

    def drip(
        self, start: bytes = b"", *, pieces: Iterable[bytes] = (), pause: float = 0.1
    ) -> Answer:
        """Answer with ``start`` and then a piece at a time, for ever when they repeat."""

        def answer(connection: socket.socket) -> None:
            connection.sendall(start)
            for piece in pieces:
                if self.ended.wait(pause):
                    return
                connection.sendall(piece)

        return answer


def read_head(connection: socket.socket) -> bytes:
    """Read a request up to its empty line."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            break
        head += piece
    return head


ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2024-02-27T09:30:00Z">
<link rel="canonical" href="{canonical}"></head><body><nav>Home News Sport</nav>
<article><h1>{title}</h1>{paragraphs}</article><footer>All rights reserved.</footer></body></html>"""
PARAGRAPHS = (
    "The president said after the meeting in Paris that nothing must be ruled out.",
    "There was no consensus among the allies about sending troops on the ground.",
    "The chancellor answered a day later that no soldiers would be sent from Europe.",
    "Observers called the exchange the sharpest disagreement of the past two years.",
)


def article(
    title: str = "Allies disagree",
    paragraphs: Iterable[str] = PARAGRAPHS,
    canonical: str = "",
) -> str:
    """A page with a navigation, an article and a footer."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return ARTICLE.format(title=title, canonical=canonical, paragraphs=text)
