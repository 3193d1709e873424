"""A whole running Standpoint in a folder of its own, driven from outside as a person would."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from config.environment import BASE_DIR
from config.processes import (
    Child,
    Record,
    birth,
    inside,
    living,
    read_record,
)
from config.supervisor import RECORD_FILE, Account, dying_with_parent

LEFT_BEHIND = shutil.ignore_patterns(
    ".*", "var", "tests", "docs", "__pycache__", "*.lock", "shared"
)
START_SECONDS = 300
SERVER_VARIABLES = ("DATABASE_URL", "CELERY_BROKER_URL", "STANDPOINT_SECRET_KEY")


def eventually(condition: Callable[[], bool], what: str, within: float = 120) -> None:
    """Wait for a condition, and fail with its name when it does not come true."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not within {within} s: {what}"
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copied_project(account: Account | None) -> Path:
    """Copy the product into a fresh folder whose path has a space."""
    folder = Path(tempfile.mkdtemp(prefix="stand point "))
    folder.chmod(0o755)
    project = folder / "a project"
    shutil.copytree(BASE_DIR, project, ignore=LEFT_BEHIND)
    if account is not None:
        for path in [project, *project.rglob("*")]:
            os.chown(path, account.uid, account.gid)
    return project


class Stack:
    """`manage.py up` in a copied project, as an account."""

    def __init__(
        self, account: Account | None = None, interpreter: str = sys.executable
    ) -> None:
        """Copy the project; nothing is started yet."""
        self.account = account
        self.interpreter = interpreter
        self.project = copied_project(account)
        self.var = self.project / "var"
        self.port = free_port()
        self.output_file = self.project.parent / "output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *options: str) -> subprocess.Popen[bytes]:
        """Run `up` in a session of its own, its words going to a file."""
        account = self.account
        with self.output_file.open("wb") as output:
            return subprocess.Popen(  # noqa: S603 - our own command
                [self.interpreter, "manage.py", "up", *options],
                cwd=self.project,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                # an interrupted test run leaves nothing running either
                preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )

    def environment(self) -> dict[str, str]:
        """The environment of a fresh machine: no servers given."""
        kept = {k: v for k, v in os.environ.items() if k not in SERVER_VARIABLES}
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(
                path for path in sys.path if "-packages" in path
            ),
            "STANDPOINT_VAR": str(self.var),
            "STANDPOINT_HTTPS": "0",
            "HOME": str(self.project.parent),
        }

    def start(self, *options: str) -> float:
        """Start everything; return the seconds until the page answered."""
        begun = time.monotonic()
        self.process = self.run("--port", str(self.port), *options)
        eventually(self.page_answers, "the page answers", START_SECONDS)
        took = time.monotonic() - begun
        eventually(lambda: len(self.children()) == 5, "worker and beat are started")
        return took

    def page_answers(self) -> bool:
        """Whether the site is ready; fails at once when `up` has ended."""
        assert self.process is not None
        assert self.process.poll() is None, self.output()
        return self.status("/readyz") == 200

    def status(self, path: str) -> int:
        """HTTP status of a page; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def output(self) -> str:
        """What `up` has said so far."""
        return self.output_file.read_text(encoding="utf8")

    def log(self, name: str) -> str:
        """What a program has said so far."""
        return (self.var / "log" / f"{name}.log").read_text(encoding="utf8")

    def record(self) -> Record:
        """What the supervisor wrote down."""
        record = read_record(self.var / RECORD_FILE)
        assert record is not None
        return record

    def children(self) -> dict[str, Child]:
        """The running programs by name."""
        return {child.name: child for child in self.record().children}

    def guardian(self) -> int | None:
        """Number of the guardian's process."""
        found = [
            pid
            for pid in living()
            if "config.guardian" in command_line(pid)
            and str(self.var) in command_line(pid)
        ]
        return found[0] if found else None

    def kill(self, pid: int) -> None:
        """The death that nobody can prepare for."""
        os.kill(pid, signal.SIGKILL)

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=180)

    def processes(self) -> set[int]:
        """Everything alive that belongs to this project, asked of the kernel."""
        folders = (self.var / "postgres").glob("data-*")
        sitting = {pid for folder in folders for pid in inside(folder)}
        ours = {pid for pid in living() if self.owns(pid)}
        return {pid for pid in sitting | ours if birth(pid) is not None}

    def owns(self, pid: int) -> bool:
        """Whether a process was started with this project's var folder, or names it."""
        try:
            started_with = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            started_with = b""
        marks = f"STANDPOINT_VAR={self.var}".encode() in started_with
        return marks or str(self.var) in command_line(pid)

    def remove(self) -> None:
        """End whatever a failed test left, and delete the copy."""
        if self.process is not None and self.process.poll() is None:
            self.interrupt()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.project.parent, ignore_errors=True)


def command_line(pid: int) -> str:
    """The words that a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf8", errors="replace")
    except OSError:
        return ""
