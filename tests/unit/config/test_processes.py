"""Processes are told apart beyond doubt, and ended with everything in their groups."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.processes import (
    Child,
    Identity,
    Record,
    identify,
    inside,
    kill_inside,
    read_record,
    stop_children,
    write_record,
)

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-S",
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(60)",
]


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that leads its own group and sits in a folder of its own."""
    process = subprocess.Popen(SLEEP, cwd=tmp_path, start_new_session=True)  # noqa: S603
    yield process
    process.kill()
    process.wait()


def child_of(process: "subprocess.Popen[bytes]", **more: object) -> Child:
    """Describe a process as a supervisor would."""
    fields = {"stop_signal": signal.SIGTERM, "patience": 5.0, **more}
    return Child(name="it", identity=identify(process.pid), **fields)  # type: ignore[arg-type]


def test_a_living_process_is_recognised(sleeper: "subprocess.Popen[bytes]") -> None:
    assert identify(sleeper.pid).is_running()


def test_a_zombie_does_not_run(sleeper: "subprocess.Popen[bytes]") -> None:
    identity = identify(sleeper.pid)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert not identity.is_running()


def test_another_process_with_the_same_number_is_not_it(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    assert not Identity(sleeper.pid, "another boot:1").is_running()


def test_a_stranger_with_a_recorded_number_is_left_alone(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    stranger = Child("it", Identity(sleeper.pid, "another boot:1"), signal.SIGTERM, 0.1)
    stop_children([stranger])
    assert sleeper.poll() is None


def test_a_polite_child_ends_by_its_own_signal(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    stop_children([child_of(sleeper)])
    assert sleeper.wait() == -signal.SIGTERM


def test_a_stubborn_child_is_killed_when_patience_ends() -> None:
    with subprocess.Popen(  # noqa: S603
        STUBBORN, start_new_session=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"deaf\n"
        begun = time.monotonic()
        stop_children([child_of(process, patience=0.2)])
        assert process.wait() == -signal.SIGKILL
        assert time.monotonic() - begun >= 0.2


def test_whatever_sits_in_a_servers_folder_is_ended_with_it(
    sleeper: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    assert inside(tmp_path) == [sleeper.pid]
    kill_inside(tmp_path)
    assert inside(tmp_path) == []


def test_a_record_reads_back_as_written(tmp_path: Path) -> None:
    child = Child("web", Identity(7, "boot:9"), signal.SIGTERM, 10.0, folder="/a b")
    record = Record(Identity(5, "boot:8"), (child,))
    write_record(tmp_path / "record.json", record)
    assert read_record(tmp_path / "record.json") == record


@pytest.mark.parametrize("text", ["", "{", "[]", '{"children": [{"name": "web"}]}'])
def test_a_torn_record_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record.json").write_text(text)
    assert read_record(tmp_path / "record.json") is None


def test_no_record_counts_as_none(tmp_path: Path) -> None:
    assert read_record(tmp_path / "record.json") is None
