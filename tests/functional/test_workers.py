"""Real workers that are killed, frozen or left without their broker's memory."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.models import Job, JobState
from jobs.operations import WORKER_LOST
from sources.models import Document, Ingestion
from sources.operations import request_paste, request_url
from tests.functional.workers import (
    PROJECT,
    Crew,
    SlowPage,
    environment,
    eventually,
    forget_everything,
    job_of,
)
from tests.servers import Peer

TEXT = "Nothing must be ruled out, the president said in Paris. This is text {}."

pytestmark = pytest.mark.django_db(transaction=True)


def assert_ended_once(ingestion: Ingestion, attempts: int) -> None:
    """Check that a request ended in one document after so many attempts."""
    assert job_of(ingestion).attempt == attempts
    assert_one_document(ingestion)


def assert_one_document(ingestion: Ingestion) -> None:
    """Check that a request ended in one document, however often it was tried."""
    ingestion.refresh_from_db()
    assert job_of(ingestion).state == JobState.DONE
    assert ingestion.outcome == "stored"
    assert Document.objects.get() == ingestion.document


@pytest.mark.parametrize("victim", ["worker", "child"])
def test_an_ingestion_whose_worker_was_killed_ends_once(
    crew: Crew, slow: tuple[Peer, SlowPage], victim: str
) -> None:
    peer, page = slow
    worker = crew.start("first")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    assert job_of(ingestion).state == JobState.LEASED
    if victim == "worker":
        worker.kill()
        crew.start("second")
    else:
        os.kill(worker.children()[0], signal.SIGKILL)
    page.let_go.set()
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    assert_ended_once(ingestion, attempts=2)
    assert len(peer.asked("/slow")) == 2


def test_a_job_past_the_hard_time_limit_is_tried_again_and_ends_once(
    crew: Crew, slow: tuple[Peer, SlowPage]
) -> None:
    peer, page = slow
    worker = crew.start("limited", HARD_LIMIT="6")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    worker.wait_for("Hard time limit (6s) exceeded")
    page.let_go.set()
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    assert_one_document(ingestion)
    assert job_of(ingestion).attempt in {2, 3}  # a busy machine may lose one more
    assert len(peer.asked("/slow")) >= 2


def test_a_job_past_the_hard_time_limit_each_time_is_dead_with_a_reason(
    crew: Crew, slow: tuple[Peer, SlowPage]
) -> None:
    peer, _ = slow
    crew.start("limited", HARD_LIMIT="2", STANDPOINT_LEASE_SECONDS="2")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    job = job_of(ingestion)
    assert (job.state, job.attempt) == (JobState.DEAD, 3)
    assert job.last_error == WORKER_LOST.format(attempt=3)
    assert len(peer.asked("/slow")) == 3
    assert not Document.objects.exists()


def test_a_frozen_worker_that_wakes_up_stores_nothing(
    crew: Crew, slow: tuple[Peer, SlowPage]
) -> None:
    peer, page = slow
    frozen = crew.start("frozen")
    ingestion = request_url(url=peer.url("/slow"), by=None)
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    frozen.send(signal.SIGSTOP)
    crew.start("second")
    eventually(lambda: len(peer.asked("/slow")) == 2, "another worker took over")
    page.let_go.set()
    eventually(lambda: not job_of(ingestion).is_open(), "the job ended")
    frozen.send(signal.SIGCONT)
    eventually(lambda: frozen.said("was taken over"), "the first worker noticed")
    assert_ended_once(ingestion, attempts=2)


def test_the_brokers_memory_may_be_lost_with_work_pending(crew: Crew) -> None:
    ingestions = [request_paste(text=TEXT.format(n), by=None) for n in range(3)]
    forget_everything()
    crew.start("after")
    eventually(lambda: not Job.objects.unfinished().exists(), "all jobs ended")
    for ingestion in ingestions:
        ingestion.refresh_from_db()
        assert ingestion.outcome in {"stored", "near_duplicate"}
    assert Document.objects.count() == 3


def test_a_broker_that_is_down_does_not_disturb_who_hands_a_text_in(
    transactional_db: None, tmp_path: Path, crew: Crew
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
    crew.start("later")
    eventually(lambda: not Job.objects.unfinished().exists(), "the sweep sent it")
    assert Document.objects.count() == 1
