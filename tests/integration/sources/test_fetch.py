"""The one package that opens connections, against servers that misbehave."""

import gzip
import itertools
import resource
import socket
import ssl
import subprocess
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from sources.addresses import BadAddressError
from sources.fetch.following import safe_fetch
from sources.fetch.outcomes import FetchPostponedError, FetchRefusedError, Outcome
from sources.fetch.requests import FEED, PAGE, Validators
from sources.fetch.robots import check_robots
from tests.servers import Peer, redirect, reply

MB = 1024 * 1024
SHORT = replace(PAGE, total_seconds=1.5)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def refused(peer: Peer, path: str = "/") -> FetchRefusedError:
    """Fetch a path that must be refused."""
    with pytest.raises(FetchRefusedError) as caught:
        safe_fetch(peer.url(path))
    return caught.value


def postponed(peer: Peer, path: str = "/") -> FetchPostponedError:
    """Fetch a path that must fail in a way that may pass."""
    with pytest.raises(FetchPostponedError) as caught:
        safe_fetch(peer.url(path), budget=SHORT)
    return caught.value


# What works


def test_a_page_arrives_with_its_type_charset_and_validators(peer: Peer) -> None:
    peer.answers["/"] = reply(
        "Grüße", content_type="text/html; charset=UTF-8", ETag='W/"a b"'
    )
    answer = safe_fetch(peer.url())
    assert answer.content.decode() == "Grüße"
    assert (answer.content_type, answer.charset) == ("text/html", "utf-8")
    assert answer.validators == Validators(etag='W/"a b"')


def test_redirects_are_followed_and_the_last_address_is_told(peer: Peer) -> None:
    peer.answers.update(
        {"/": redirect("/b"), "/b": redirect("c"), "/c": reply("there")}
    )
    assert safe_fetch(peer.url()).url == peer.url("/c")


def test_compressed_answers_are_unpacked(peer: Peer) -> None:
    peer.answers["/"] = reply(gzip.compress(b"text"), Content_Encoding="gzip")
    assert safe_fetch(peer.url()).content == b"text"


def test_proxies_of_the_environment_are_ignored(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    peer.answers["/"] = reply("direct")
    assert safe_fetch(peer.url()).content == b"direct"


# Slow, endless, bombs


def test_a_body_that_drips_for_ever_ends_at_the_total_deadline(peer: Peer) -> None:
    peer.answers["/"] = peer.drip(CHUNKED, pieces=itertools.repeat(b"1\r\nx\r\n"))
    started = time.monotonic()
    assert postponed(peer).outcome == Outcome.TIMEOUT
    assert time.monotonic() - started < 5


def test_a_head_that_drips_for_ever_ends_at_the_total_deadline(peer: Peer) -> None:
    peer.answers["/"] = peer.drip(
        b"HTTP/1.1 200 OK\r\nX: ", pieces=itertools.repeat(b"x")
    )
    started = time.monotonic()
    assert postponed(peer).outcome == Outcome.TIMEOUT
    assert time.monotonic() - started < 5


def test_a_server_that_never_answers_times_out(peer: Peer) -> None:
    peer.answers["/"] = peer.drip(pieces=[b""], pause=10)
    assert postponed(peer).outcome == Outcome.TIMEOUT


def test_an_endless_body_is_too_large(peer: Peer) -> None:
    chunk = b"%x\r\n" % MB + b"x" * MB + b"\r\n"
    peer.answers["/"] = peer.drip(CHUNKED, pieces=itertools.repeat(chunk), pause=0)
    assert refused(peer).outcome == Outcome.TOO_LARGE


def test_a_gzip_bomb_is_too_large_and_costs_little_memory(peer: Peer) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(MB)) for _ in range(512)) + packer.flush()
    peer.answers["/"] = reply(bomb, Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(peer).outcome == Outcome.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_an_unknown_compression_is_bad_content(peer: Peer) -> None:
    peer.answers["/"] = reply(b"\x01\x02", Content_Encoding="br")
    assert refused(peer).outcome == Outcome.BAD_CONTENT


def test_a_body_shorter_than_announced_is_no_article(peer: Peer) -> None:
    peer.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nHalf an art"
    error = postponed(peer)
    assert error.outcome == Outcome.BAD_CONTENT
    assert "incomplete" in str(error)


@pytest.mark.parametrize("status", ["200 OK", "204 No Content"])
def test_an_empty_answer_is_bad_content(peer: Peer, status: str) -> None:
    peer.answers["/"] = reply(status=status)
    with pytest.raises((FetchRefusedError, FetchPostponedError)) as caught:
        safe_fetch(peer.url())
    error = caught.value
    assert isinstance(error, FetchRefusedError | FetchPostponedError)
    assert error.outcome == Outcome.BAD_CONTENT


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nBad\x00Name: x\r\n\r\n",
        b"",
    ],
    ids=["no HTTP", "too many headers", "bad header", "nothing"],
)
def test_broken_heads_are_bad_content(peer: Peer, answer: bytes) -> None:
    peer.answers["/"] = answer
    assert postponed(peer).outcome == Outcome.BAD_CONTENT


# Status


@pytest.mark.parametrize(
    ("status", "outcome", "words"),
    [
        ("404 Not Found", Outcome.HTTP_4XX, "no page at this address"),
        ("403 Forbidden", Outcome.HTTP_4XX, "paste the text"),
        ("410 Gone", Outcome.GONE, "removed for good"),
    ],
)
def test_what_does_not_come_back_is_refused(
    peer: Peer, status: str, outcome: Outcome, words: str
) -> None:
    peer.answers["/"] = reply(status=status)
    error = refused(peer)
    assert error.outcome == outcome
    assert words in str(error)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3600", 3600), ("99999999", 86400), ("-1", None), ("x", None)],
)
def test_a_busy_server_says_how_long_to_wait(
    peer: Peer, header: str, seconds: float | None
) -> None:
    peer.answers["/"] = reply(status="429 Too Many", Retry_After=header)
    error = postponed(peer)
    assert (error.outcome, error.retry_after) == (Outcome.RATE_LIMITED, seconds)


def test_a_refused_connection_may_pass(settings: Settings) -> None:
    settings.FETCH_ALLOW_LOOPBACK = True
    with Peer() as closed:
        url = closed.url()
    with pytest.raises(FetchPostponedError) as caught:
        safe_fetch(url)
    assert caught.value.outcome == Outcome.CONNECT_FAIL


def test_an_invalid_certificate_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.FETCH_ALLOW_LOOPBACK = True
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(  # noqa: S603 - fixed words
        [*command.split(), *files], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Peer({"/": reply("secret")}, context=context) as peer:
        error = refused(peer)
    assert error.outcome == Outcome.TLS_FAIL
    assert "certificate" in str(error)


# Redirects


def test_a_redirect_loop_ends_after_five(peer: Peer) -> None:
    peer.answers["/"] = redirect("/")
    assert refused(peer).outcome == Outcome.TOO_MANY_REDIRECTS
    assert len(peer.requests) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "javascript:alert(1)"]
)
def test_redirects_away_from_the_web_are_blocked(peer: Peer, target: str) -> None:
    peer.answers["/"] = redirect(target)
    assert refused(peer).outcome == Outcome.BLOCKED_POLICY


def test_a_redirect_to_nowhere_is_refused(peer: Peer) -> None:
    peer.answers["/"] = redirect("")
    assert refused(peer).outcome == Outcome.BAD_CONTENT


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://192.0.2.1:5432/",
    ],
)
def test_a_redirect_to_a_private_place_is_blocked(peer: Peer, target: str) -> None:
    peer.answers["/"] = redirect(target)
    assert refused(peer).outcome == Outcome.BLOCKED_POLICY


# Where to connect


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "0",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "１２７.0.0.1",  # noqa: RUF001 - full-width digits, which resolvers accept
        "127。0。0。1",
        "[::ffff:127.0.0.1]",
        "localhost",
    ],
)
def test_this_machine_is_blocked_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchRefusedError) as caught:
        safe_fetch(f"http://{host}/")
    assert caught.value.outcome == Outcome.BLOCKED_POLICY


def test_a_name_with_one_private_address_is_blocked(peer: Peer) -> None:
    with pytest.raises(FetchRefusedError) as caught:
        safe_fetch(
            peer.url(host="both.example"),
            resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"],
        )
    assert caught.value.outcome == Outcome.BLOCKED_POLICY
    assert not peer.requests


def test_the_checked_address_is_the_connected_one(peer: Peer) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    peer.answers["/"] = reply("first")
    url = peer.url(host="rebinding.example")
    assert safe_fetch(url, resolve=lambda host, port: next(answers)).content == b"first"
    assert f"Host: rebinding.example:{peer.port}".encode() in peer.requests[0]
    with pytest.raises(FetchRefusedError):
        safe_fetch(url, resolve=lambda host, port: next(answers))


def test_other_ports_are_blocked_for_public_addresses() -> None:
    with pytest.raises(FetchRefusedError, match="ports 80 and 443"):
        safe_fetch("http://gazette.example:22/", resolve=lambda host, port: ["8.8.8.8"])


@pytest.mark.parametrize(
    ("errno", "outcome"),
    [
        (socket.EAI_AGAIN, Outcome.DNS_TEMP),
        (socket.EAI_NONAME, Outcome.DNS_FAIL),
    ],
)
def test_a_name_that_does_not_exist_differs_from_a_silent_name_server(
    errno: int, outcome: Outcome
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(errno, "")

    with pytest.raises(FetchPostponedError) as caught:
        safe_fetch("http://nowhere.example/", resolve=resolve)
    assert caught.value.outcome == outcome


@pytest.mark.parametrize(
    "url",
    [
        "http://user:pw@gazette.example/",
        "http://good.example@evil.example/",
        "http://evil.example\\@good.example/",
        "http://gazette.example/a\r\nX: y",
        "http://gaz\tette.example/",
        "ftp://gazette.example/",
        "file:///etc/passwd",
        "http:///",
        "http://" + "a" * 3000,
    ],
)
def test_what_is_no_plain_web_address_is_refused_before_any_look_up(url: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(BadAddressError):
        safe_fetch(url, resolve=resolve)


# Asking whether anything has changed


def test_validators_are_sent_verbatim_and_new_ones_returned(peer: Peer) -> None:
    peer.answers["/"] = reply(status="304 Not Modified", ETag='"new"')
    asked = Validators(etag="unquoted", last_modified="Tue, 05 Mar 2024 10:00:00 GMT")
    answer = safe_fetch(peer.url(), budget=FEED, validators=asked)
    assert answer.outcome == Outcome.NOT_MODIFIED
    assert answer.validators == Validators('"new"', asked.last_modified)
    assert b"If-None-Match: unquoted\r\n" in peer.requests[0]
    assert b"If-Modified-Since: Tue, 05 Mar 2024 10:00:00 GMT" in peer.requests[0]


def test_nothing_has_changed_is_an_error_where_it_was_not_asked(peer: Peer) -> None:
    peer.answers["/"] = reply(status="304 Not Modified")
    assert postponed(peer).outcome == Outcome.BAD_CONTENT


def test_absurdly_long_validators_are_dropped(peer: Peer) -> None:
    peer.answers["/"] = reply("x", ETag=f'"{"e" * 4000}"')
    assert safe_fetch(peer.url()).validators == Validators()


# robots.txt


def test_a_page_that_robots_may_not_read_is_refused(peer: Peer) -> None:
    peer.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /private")
    with pytest.raises(FetchRefusedError) as caught:
        check_robots(peer.url("/private/1"))
    assert caught.value.outcome == Outcome.ROBOTS_DENIED
    check_robots(peer.url("/open"))
    assert len(peer.asked("/robots.txt")) == 1


def test_no_robots_file_is_permission(peer: Peer) -> None:
    check_robots(peer.url("/page"))
    assert len(peer.asked("/robots.txt")) == 1


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Too Many"])
def test_a_robots_file_that_cannot_be_read_now_is_no_permission(
    peer: Peer, status: str
) -> None:
    peer.answers["/robots.txt"] = reply(status=status)
    with pytest.raises(FetchPostponedError):
        check_robots(peer.url("/page"))
