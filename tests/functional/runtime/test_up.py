"""`manage.py up` as on a fresh machine, in a folder with a space in its path."""

import contextlib
import os
import pwd
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.processes import living
from config.supervisor import Account
from tests.functional.runtime.stack import Stack, command_line, eventually

IS_ROOT = os.geteuid() == 0
CHILDREN = ["web", "worker", "beat", "Valkey", "PostgreSQL"]


def ordinary() -> Account:
    """An account without rights."""
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def interpreter_for(account: Account) -> str | None:
    """An interpreter that the account may run: ours, or the system's of the same version."""
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    packages = os.pathsep.join(path for path in sys.path if "-packages" in path)
    for interpreter in (sys.executable, system):
        with contextlib.suppress(OSError):
            if not subprocess.run(  # noqa: S603 - our own command
                [interpreter, "-c", "import django, psycopg, celery"],
                check=False,
                capture_output=True,
                cwd="/",
                env={"PYTHONPATH": packages},
                user=account.uid,
                group=account.gid,
                extra_groups=[],
            ).returncode:
                return interpreter
    return None


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A running Standpoint as the account of the tests; tests in this module take turns."""
    stack = Stack()
    stack.start()
    yield stack
    stack.remove()


def test_a_first_start_tells_its_steps_its_address_and_both_passwords(
    stack: Stack,
) -> None:
    told = stack.output()

    eventually(lambda: "logs:" in stack.output(), "the last line")
    assert told.index("Starting PostgreSQL") < told.index("Starting Valkey")
    assert told.index("Bringing the database up to date") < told.index(
        "Starting the web"
    )
    assert f"http://127.0.0.1:{stack.port}/" in stack.output()
    assert re.search(r"Account 'analyst', password [a-z0-9]{16} ", told)
    assert told.count("Account 'analyst', password ") == 1
    assert told.count("Account 'lead', password ") == 1


def test_secrets_are_readable_by_their_owner_alone(stack: Stack) -> None:
    assert (stack.var / "runtime.json").stat().st_mode & 0o077 == 0
    assert (stack.var / "postgres").stat().st_mode & 0o077 == 0


def test_no_password_shows_in_the_list_of_processes(stack: Stack) -> None:
    runtime = (stack.var / "runtime.json").read_text()
    listed = "\n".join(map(command_line, living()))

    secrets = [
        line.split('"')[3] for line in runtime.splitlines() if "_password" in line
    ]
    assert len(secrets) == 2
    assert [secret for secret in secrets if secret in listed] == []


@pytest.mark.parametrize("name", CHILDREN)
def test_a_killed_child_is_back_by_itself(stack: Stack, name: str) -> None:
    before = stack.children()[name].identity
    words = len(stack.log(name))

    stack.kill(before.pid)

    eventually(
        lambda: stack.children()[name].identity.pid != before.pid, f"{name} is back"
    )
    eventually(stack.children()[name].identity.is_running, f"{name} runs")
    eventually(lambda: len(stack.log(name)) > words, f"{name} speaks again")
    eventually(lambda: stack.status("/readyz") == 200, "the site is ready")
    assert f"{name} was killed by SIGKILL; starting it again" in stack.output()


def test_a_killed_guardian_is_back_by_itself(stack: Stack) -> None:
    eventually(lambda: stack.guardian() is not None, "the guardian runs")
    before = stack.guardian()
    assert before is not None

    stack.kill(before)

    eventually(lambda: stack.guardian() not in {None, before}, "the guardian is back")


def test_the_worker_and_beat_reach_the_broker(stack: Stack) -> None:
    eventually(lambda: " ready." in stack.log("worker"), "the worker is ready")
    eventually(lambda: "beat: Starting" in stack.log("beat"), "beat has started")


def test_a_second_start_in_the_same_folder_is_refused(stack: Stack) -> None:
    second = Stack.run(stack, "--port", "0")
    assert second.wait(timeout=180) == 1
    assert "Standpoint already runs from this folder (process " in stack.output()
    assert f") at http://127.0.0.1:{stack.port}/. Open that" in stack.output()
    assert stack.status("/readyz") == 200


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(
    stack: Stack,
) -> None:
    assert stack.process is not None
    assert len(stack.processes()) > 6

    stack.kill(stack.process.pid)
    stack.process.wait()

    eventually(lambda: stack.processes() == set(), "nothing is left running")
    took = stack.start()
    print(f"\nsecond start answered after {took:.1f} s")  # noqa: T201 - a measurement
    assert ", password " not in stack.output()
    assert "manage.py changepassword analyst" in stack.output()
    assert "Bringing the database up to date" not in stack.output()


def test_ctrl_c_stops_everything(stack: Stack) -> None:
    assert stack.interrupt() == 0
    assert stack.processes() == set()
    assert stack.output().rstrip().endswith("Stopped.")


def test_a_taken_port_gives_a_clear_message(stack: Stack) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert Stack.run(stack, "--port", str(taken)).wait(timeout=180) == 1

    assert f"Port {taken} on 127.0.0.1 is taken by another program." in stack.output()
    assert "make run PORT=9000" in stack.output()
    assert stack.processes() == set()


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another account")
def test_an_ordinary_account_starts_it_and_nothing_outlives_its_supervisor() -> None:
    interpreter = interpreter_for(ordinary())
    if interpreter is None:
        pytest.skip("the interpreter of these tests lies where others cannot read")
    stack = Stack(ordinary(), interpreter)
    try:
        stack.start("--no-demo")
        assert stack.process is not None
        assert {Path(f"/proc/{pid}").stat().st_uid for pid in stack.processes()} == {
            ordinary().uid
        }
        stack.kill(stack.process.pid)
        stack.process.wait()
        eventually(lambda: stack.processes() == set(), "nothing is left running")
    finally:
        stack.remove()
