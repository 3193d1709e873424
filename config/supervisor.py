"""One process that starts the others, brings back what dies and leaves nothing behind.

Each program leads its own session and process group, so a Ctrl-C in the terminal reaches
only the supervisor, and a dead program takes its group with it. Three nets catch the death
of the supervisor itself: the kernel's parent-death signal, the guardian (config/guardian.py)
and the record that the next start reads (config/processes.py).
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.environment import BASE_DIR
from config.processes import (
    POLL_SECONDS,
    Child,
    Record,
    identify,
    read_record,
    stop_children,
    sweep_away,
    write_record,
)

RECORD_FILE = "processes.json"
LOCK_FILE = "supervisor.lock"
LOGS = "log"
PR_SET_PDEATHSIG = 1
LONGEST_LOG = 10_000_000
FIRST_DELAY = 0.2
LONGEST_DELAY = 10.0
LONG_ENOUGH = 10.0
FAILED_STARTS = 5

Say = Callable[[str], None]


class AlreadyRunningError(Exception):
    """Another supervisor uses this var folder."""


class ProgramFailedError(Exception):
    """A program died again and again, or never became ready."""


@dataclass(frozen=True)
class Account:
    """An operating system account to run a program as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """What to run, how to tell that it is ready, and how to stop it."""

    name: str
    command: Sequence[str]
    is_ready: Callable[[], bool] = lambda: True
    before_start: Callable[[], None] = lambda: None
    folder: Path = BASE_DIR
    environment: Mapping[str, str] | None = None
    account: Account | None = None
    told: str = ""
    stop_signal: int = signal.SIGTERM
    patience: float = 10.0
    ready_within: float = 120.0
    is_server: bool = False


@dataclass
class Running:
    """A program's present process, or the time of its next start."""

    program: Program
    process: subprocess.Popen[bytes]
    child: Child
    started: float
    delay: float = FIRST_DELAY
    next_start: float | None = None
    failures: int = 0


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the var folder's lock, which the kernel lets go however this process ends.

    Raises AlreadyRunningError when another process holds it.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / LOCK_FILE).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunningError(lock.read().strip() or "unknown") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def stop_leftovers(var: Path) -> list[str]:
    """End what an earlier supervisor left running; return the names of what was alive."""
    record = read_record(var / RECORD_FILE)
    if record is None:
        return []
    alive = [child.name for child in record.children if child.identity.is_running()]
    stop_children(record.children)
    return alive


@dataclass
class Supervisor:
    """Starts programs in order, watches them, stops them in reverse."""

    var: Path
    say: Say
    running: dict[str, Running] = field(default_factory=dict)
    guardian: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Note who we are, before anything is started."""
        self.identity = identify(os.getpid())
        (self.var / LOGS).mkdir(parents=True, exist_ok=True)
        self.write()
        self.summon_guardian()

    def start(self, program: Program) -> None:
        """Start a program without waiting for it."""
        self.running[program.name] = self.spawned(program)
        self.write()

    def start_and_wait(self, program: Program) -> None:
        """Start a program and return once it is ready."""
        self.start(program)
        self.wait_for(program)

    def wait_for(self, program: Program) -> None:
        """Return once a started program is ready.

        Raises ProgramFailedError when it keeps dying or its time is over.
        """
        begun = told = time.monotonic()
        while not program.is_ready():
            self.tend()
            now = time.monotonic()
            self.give_up_on(self.running[program.name], waited=now - begun)
            if now - told >= 5:
                told = now
                self.say(f"{program.name} is not ready yet ({now - begun:.0f} s)")
            time.sleep(POLL_SECONDS)

    def give_up_on(self, running: Running, *, waited: float) -> None:
        """Raise ProgramFailedError when waiting longer makes no sense."""
        name = running.program.name
        if running.failures >= FAILED_STARTS:
            msg = f"{name} ended {running.failures} times while starting."
        elif waited > running.program.ready_within:
            msg = f"{name} was not ready after {waited:.0f} s."
        else:
            return
        raise ProgramFailedError(f"{msg} Its last words:\n{self.last_words(name)}")

    def watch(self) -> None:
        """Bring back whatever dies, until a signal interrupts."""
        while True:
            self.tend()
            time.sleep(POLL_SECONDS * 4)

    def tend(self) -> None:
        """Look once at every program and start again what has died."""
        for running in list(self.running.values()):
            if running.next_start is None:
                self.note_death(running)
            elif time.monotonic() >= running.next_start:
                self.start_again(running)
        if self.guardian is not None and self.guardian.poll() is not None:
            self.summon_guardian()

    def note_death(self, running: Running) -> None:
        """When the process has ended, clear its group away and set the next start."""
        status = running.process.poll()
        if status is None:
            return
        sweep_away(running.child)
        if time.monotonic() - running.started > LONG_ENOUGH:
            running.delay, running.failures = FIRST_DELAY, 0
        running.failures += 1
        running.next_start = time.monotonic() + running.delay
        self.say(f"{running.program.name} {ending(status)}; starting it again")
        running.delay = min(running.delay * 2, LONGEST_DELAY)

    def start_again(self, running: Running) -> None:
        """Replace a dead process by a new one, keeping the count of its failures."""
        fresh = self.spawned(running.program)
        fresh.delay, fresh.failures = running.delay, running.failures
        self.running[running.program.name] = fresh
        self.write()

    def stop(self) -> None:
        """Stop everything, reap it, and let the guardian go."""
        stop_children([running.child for running in self.running.values()])
        for running in self.running.values():
            running.process.wait()
        self.running.clear()
        self.write()
        self.dismiss_guardian()

    def spawned(self, program: Program) -> Running:
        """Run the program in a session of its own, its words going to its log."""
        program.before_start()
        account = program.account
        with self.log_file(program.name).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own command
                program.command,
                cwd=program.folder,
                env=program.environment,
                stdin=subprocess.PIPE if program.told else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                # only prctl runs between fork and exec, after the change of user
                preexec_fn=dying_with_parent(program.stop_signal),  # noqa: PLW1509
            )
        tell(process, program.told)
        return Running(program, process, described(program, process), time.monotonic())

    def write(self) -> None:
        """Write down who runs, for the guardian and the next start."""
        children = tuple(running.child for running in self.running.values())
        write_record(self.var / RECORD_FILE, Record(self.identity, children))

    def summon_guardian(self) -> None:
        """Start the process that outlives this one and cleans up behind it."""
        command = [sys.executable, "-S", "-m", "config.guardian"]
        self.guardian = subprocess.Popen(  # noqa: S603 - our own command
            [*command, str(self.var / RECORD_FILE), str(self.identity.pid)],
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def dismiss_guardian(self) -> None:
        """Close the pipe: the record is empty now, so the guardian just leaves."""
        if self.guardian is not None and self.guardian.stdin is not None:
            self.guardian.stdin.close()
            self.guardian.wait()
        self.guardian = None

    def log_file(self, name: str) -> Path:
        """Return the program's log, an over-long one set aside first."""
        path = self.var / LOGS / f"{name}.log"
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        return path

    def last_words(self, name: str) -> str:
        """Return the end of the program's log."""
        text = self.log_file(name).read_text(encoding="utf8", errors="replace")
        return "\n".join(text.splitlines()[-15:])


def described(program: Program, process: subprocess.Popen[bytes]) -> Child:
    """Describe a started program for the record."""
    return Child(
        name=program.name,
        identity=identify(process.pid),
        stop_signal=program.stop_signal,
        patience=program.patience,
        is_server=program.is_server,
        folder=str(program.folder) if program.is_server else "",
    )


def tell(process: subprocess.Popen[bytes], words: str) -> None:
    """Give a program its configuration over standard input: nothing shows in `ps`."""
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError), process.stdin:
            process.stdin.write(words.encode())


def dying_with_parent(number: int) -> Callable[[], None] | None:
    """Return a call that asks the kernel for a signal when the parent dies (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, number) and None


def ending(status: int) -> str:
    """Say how a process ended."""
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return f"ended with status {status}"
