"""The embedded servers where starting them is hard."""

import os
import signal
from pathlib import Path

import psycopg

from config import postgres
from config.embedded import Embedded, prepared
from config.processes import inside
from config.supervisor import Supervisor
from tests.functional.runtime.stack import eventually


def count(embedded: Embedded) -> int:
    """How many rows the application stored."""
    with psycopg.connect(embedded.database_url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
        assert row is not None
        return int(row[0])


def store(embedded: Embedded) -> None:
    """Store a row as the application's role."""
    with psycopg.connect(embedded.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")


def test_data_survives_a_killed_postmaster_a_stale_lock_and_a_lost_runtime_file(
    var: Path, supervisor: Supervisor
) -> None:
    embedded = prepared(var)
    supervisor.start_and_wait(postgres.postgres(embedded))
    store(embedded)

    running = supervisor.running["PostgreSQL"]
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    (embedded.data / "postmaster.pid").write_text(f"{os.getpid()}\n{embedded.data}\n")
    supervisor.stop()
    (var / "runtime.json").unlink()

    again = prepared(var)
    assert again.database_url != embedded.database_url
    supervisor.start_and_wait(postgres.postgres(again))
    assert count(again) == 1


def test_the_database_compares_text_alike_on_every_machine(
    var: Path, supervisor: Supervisor
) -> None:
    embedded = prepared(var)
    supervisor.start_and_wait(postgres.postgres(embedded))
    with psycopg.connect(embedded.database_url) as connection:
        row = connection.execute(
            "SELECT datlocprovider, datlocale, upper('é'), pg_encoding_to_char(encoding)"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8", "É", "UTF8")


def test_the_application_is_no_superuser_and_may_make_its_extensions(
    var: Path, supervisor: Supervisor
) -> None:
    embedded = prepared(var)
    supervisor.start_and_wait(postgres.postgres(embedded))
    with psycopg.connect(embedded.database_url) as connection:
        row = connection.execute("SELECT current_setting('is_superuser')").fetchone()
        for name in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION {name}")
    assert row == ("off",)


def test_nothing_sits_in_the_data_folder_after_a_stop(
    var: Path, supervisor: Supervisor
) -> None:
    embedded = prepared(var)
    supervisor.start_and_wait(postgres.postgres(embedded))
    supervisor.stop()
    eventually(lambda: inside(embedded.data) == [], "the server is gone", within=10)
