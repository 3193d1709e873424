"""Real workers that are killed, frozen or left without their broker's memory."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import connection

from config.celery import app
from jobs.models import Job, JobState
from sources.models import Document, Ingestion
from sources.operations import request_paste, request_url
from tests.servers import Answer, Peer, article, reply

PROJECT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 4
PATIENCE = 120
TEXT = "Nothing must be ruled out, the president said in Paris. This is text {}."

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, and fail with its name when it does not come true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"not within {PATIENCE} s: {what}"
        time.sleep(0.1)


def database_url() -> str:
    """Address of the test database, for other processes."""
    known = connection.settings_dict
    password = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    host = quote(known["HOST"] or "", safe="")
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgres://{known['USER']}{password}@{host}{port}/{known['NAME']}"


def environment(**changes: str) -> dict[str, str]:
    """Environment of a process that works on the test database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.functional.worker_settings",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        "STANDPOINT_SECRET_KEY": settings.SECRET_KEY,
        "STANDPOINT_LEASE_SECONDS": str(LEASE_SECONDS),
        "STANDPOINT_SWEEP_SECONDS": "1",
        **changes,
    }


class Worker:
    """A Celery worker with one child, or a beat, in a process group of its own."""

    def __init__(self, folder: Path, name: str, words: str, sign: str) -> None:
        """Start, and wait until its log shows the sign that it is ready."""
        self.log = folder / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 - fixed words
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "config",
                    *words.split(),
                    "-l",
                    "INFO",
                ],
                cwd=PROJECT,
                env=environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        eventually(lambda: self.said(sign), f"{name} ready: {self.log}")

    def said(self, words: str) -> bool:
        """Whether its log holds these words."""
        return words in self.log.read_text(errors="replace")

    def children(self) -> list[int]:
        """Processes of its pool."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text().split()]

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the worker and all its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send(signal.SIGKILL)
        self.process.wait(30)


Starter = Callable[[str], Worker]


@pytest.fixture
def start(transactional_db: None, tmp_path: Path) -> Iterator[Starter]:
    """Start workers; none is left after the test, and the broker is empty."""
    forget_everything()
    beat = f"beat --schedule {tmp_path / 'schedule'} --pidfile="
    started = [Worker(tmp_path, "beat", beat, "beat: Starting")]

    def start_one(name: str) -> Worker:
        words = f"worker --concurrency 1 -n {name}@%h"
        started.append(Worker(tmp_path, name, words, " ready."))
        return started[-1]

    yield start_one
    for worker in started:
        worker.send(signal.SIGCONT)
        worker.kill()
    forget_everything()


def forget_everything() -> None:
    """Make the broker lose its whole memory."""
    url = settings.CELERY_BROKER_URL
    if url.startswith(("redis", "unix")):
        client = redis.Redis.from_url(url.replace("redis+socket://", "unix://"))
        client.flushdb()
        client.close()
        return
    with app.connection_for_write() as broker, suppress(*broker.channel_errors):
        broker.default_channel.queue_purge("celery")  # type: ignore[attr-defined]


class SlowPage:
    """A page that arrives only when it is let go."""

    def __init__(self) -> None:
        """Hold it back."""
        self.let_go = threading.Event()

    def answer(self, peer: Peer) -> Answer:
        """Answer late, whether or not anybody still listens."""

        def late(connection: object) -> None:
            while not (self.let_go.wait(0.1) or peer.ended.is_set()):
                continue
            connection.sendall(reply(article()))  # type: ignore[attr-defined]

        return late


@pytest.fixture
def slow() -> Iterator[tuple[Peer, SlowPage]]:
    """A server with a page that is held back."""
    page = SlowPage()
    with Peer() as peer:
        peer.answers["/slow"] = page.answer(peer)
        yield peer, page
        page.let_go.set()


def job_of(ingestion: Ingestion) -> Job:
    """The job as it is now."""
    return Job.objects.get(pk=ingestion.job_id)


def assert_ended_once(ingestion: Ingestion, attempts: int) -> None:
    """Check that a request ended in one document after so many attempts."""
    ingestion.refresh_from_db()
    job = job_of(ingestion)
    assert (job.state, job.attempt) == (JobState.DONE, attempts)
    assert ingestion.outcome == "stored"
    assert Document.objects.get() == ingestion.document


@pytest.mark.parametrize("victim", ["worker", "child"])
def test_an_ingestion_whose_worker_was_killed_ends_once(
    start: Starter, slow: tuple[Peer, SlowPage], victim: str
) -> None:
    peer, page = slow
    worker = start("first")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    assert job_of(ingestion).state == JobState.LEASED
    if victim == "worker":
        worker.kill()
        start("second")
    else:
        os.kill(worker.children()[0], signal.SIGKILL)
    page.let_go.set()
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    assert_ended_once(ingestion, attempts=2)
    assert len(peer.asked("/slow")) == 2


def test_a_frozen_worker_that_wakes_up_stores_nothing(
    start: Starter, slow: tuple[Peer, SlowPage]
) -> None:
    peer, page = slow
    frozen = start("frozen")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    frozen.send(signal.SIGSTOP)
    start("second")
    eventually(lambda: len(peer.asked("/slow")) == 2, "another worker took over")
    page.let_go.set()
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    frozen.send(signal.SIGCONT)
    eventually(lambda: frozen.said("was taken over"), "the first worker noticed")
    assert_ended_once(ingestion, attempts=2)


def test_the_brokers_memory_may_be_lost_with_work_pending(start: Starter) -> None:
    ingestions = [request_paste(text=TEXT.format(n), by=None) for n in range(3)]
    forget_everything()
    start("after")
    eventually(lambda: not Job.objects.unfinished().exists(), "all jobs ended")
    for ingestion in ingestions:
        ingestion.refresh_from_db()
        assert ingestion.outcome in {"stored", "near_duplicate"}
    assert Document.objects.count() == 3


def test_a_broker_that_is_down_does_not_disturb_who_hands_a_text_in(
    transactional_db: None, tmp_path: Path, start: Starter
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT.format("of a file"))
    down = environment(CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    command = [sys.executable, "manage.py", "ingest", "--no-wait", str(text)]
    done = subprocess.run(  # noqa: S603 - fixed words
        command, cwd=PROJECT, env=down, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert Job.objects.get().state == JobState.QUEUED
    start("later")
    eventually(lambda: not Job.objects.unfinished().exists(), "the sweep sent it")
    assert Document.objects.count() == 1
