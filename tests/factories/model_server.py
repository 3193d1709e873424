"""A local server that speaks like a language model's, well or badly, as a test tells it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class ModelServer:
    """Answers each question by the next reply of its script, and keeps the questions."""

    url: str
    script: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def formats(self) -> list[str]:
        """Return which kind of JSON each question asked for."""
        return [q.get("response_format", {}).get("type", "plain") for q in self.asked]


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: dict[str, str] | None = None,
) -> None:
    """Send a whole response."""
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def completion(
    text: str, finish: str = "stop", tokens: tuple[int, int] = (100, 20)
) -> bytes:
    """Return a chat completion that says ``text``."""
    return json.dumps(
        {
            "id": "c",
            "object": "chat.completion",
            "created": 0,
            "model": "tiny",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": text},
                    "finish_reason": finish,
                }
            ],
            "usage": {
                "prompt_tokens": tokens[0],
                "completion_tokens": tokens[1],
                "total_tokens": sum(tokens),
            },
        }
    ).encode()


def says(text: str, finish: str = "stop", tokens: tuple[int, int] = (100, 20)) -> Reply:
    """Answer with ``text``."""
    return lambda handler, _question: send(
        handler, 200, completion(text, finish, tokens)
    )


def relevant(*pairs: tuple[int, str]) -> Reply:
    """Name the claims of paragraphs."""
    items = [{"paragraph": number, "claims": [slug]} for number, slug in pairs]
    return says(json.dumps({"paragraphs": items}))


def stances(*items: dict[str, Any]) -> Reply:
    """Report stances."""
    return says(json.dumps({"stances": list(items)}))


def fails(
    status: int, code: str = "", param: str = "", headers: dict[str, str] | None = None
) -> Reply:
    """Answer with an error of the API."""
    error = {"message": "No.", "type": "error", "code": code, "param": param}
    body = json.dumps({"error": error}).encode()
    return lambda handler, _question: send(handler, status, body, headers)


def raw(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Answer with any bytes."""
    return lambda handler, _question: send(handler, status, body, headers)


def slow(seconds: float) -> Reply:
    """Say nothing for a while, then something too late."""

    def reply(handler: BaseHTTPRequestHandler, _question: dict[str, Any]) -> None:
        time.sleep(seconds)
        send(handler, 200, completion('{"paragraphs": []}'))

    return reply


def drips(seconds: float) -> Reply:
    """Send a byte now and then, so that no single read takes long."""

    def reply(handler: BaseHTTPRequestHandler, _question: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return reply


def hangs_up(handler: BaseHTTPRequestHandler, _question: dict[str, Any]) -> None:
    """Break off in the middle of the body."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def without_schema(reply: Reply) -> Reply:
    """Refuse JSON schemas as older servers do, else answer by ``reply``."""
    return knowing({"json_object", "plain"}, reply)


def knowing(formats: set[str], reply: Reply) -> Reply:
    """Refuse all but some formats."""

    def choose(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
        asked = question.get("response_format", {}).get("type", "plain")
        known = asked in formats
        (reply if known else fails(400, param="response_format"))(handler, question)

    return choose


@contextmanager
def model_server(*script: Reply) -> Iterator[ModelServer]:
    """Serve a script on a free port; the last reply answers all that follows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    model = ModelServer(f"http://127.0.0.1:{server.server_port}/v1", list(script))
    server.model = model  # type: ignore[attr-defined]
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Answer one question."""
        model: ModelServer = self.server.model  # type: ignore[attr-defined]
        length = int(self.headers["Content-Length"])
        question = json.loads(self.rfile.read(length))
        script = model.script
        reply = script.pop(0) if len(script) > 1 else script[0]
        model.asked.append(question)
        model.headers.append({k.lower(): v for k, v in self.headers.items()})
        try:
            reply(self, question)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
