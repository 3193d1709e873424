"""Real workers on a database, as processes that can be killed, and pages that make them wait."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote

import redis
from django.conf import settings
from django.db import connection

from config.celery import app
from jobs.models import Job
from sources.models import Ingestion
from tests.servers import Answer, Peer, article, reply

PROJECT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 4
PATIENCE = 120


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
    """A Celery worker or beat, in a process group of its own."""

    def __init__(
        self, folder: Path, name: str, words: str, variables: dict[str, str]
    ) -> None:
        """Start it; its words go to a log."""
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
                env=variables,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words: str) -> None:
        """Wait until its log holds these words."""
        eventually(lambda: self.said(words), f"“{words}” in {self.log}")

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


class Crew:
    """A beat and workers on one database; none is left in the end, and the broker is empty."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        """Start nothing yet."""
        self.folder, self.variables = folder, variables
        self.started: list[Worker] = []

    def __enter__(self) -> Self:
        """Start the beat."""
        forget_everything()
        schedule = self.folder / "schedule"
        self._start("beat", f"beat --schedule {schedule} --pidfile=", "beat: Starting")
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all, also those that are frozen."""
        for worker in self.started:
            worker.send(signal.SIGCONT)
            worker.kill()
        forget_everything()

    def start(self, name: str, **variables: str) -> Worker:
        """Start a worker with one child."""
        words = f"worker --concurrency 1 -n {name}@%h"
        return self._start(name, words, " ready.", **variables)

    def _start(self, name: str, words: str, sign: str, **variables: str) -> Worker:
        worker = Worker(self.folder, name, words, self.variables | variables)
        self.started.append(worker)
        worker.wait_for(sign)
        return worker


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


def job_of(ingestion: Ingestion) -> Job:
    """The job as it is now."""
    return Job.objects.get(pk=ingestion.job_id)
