"""Which processes a supervisor started, written down so that others can end them.

The record lies in the var folder. Three readers use it: the guardian, when its supervisor
died without a word; the next start, for whatever even the guardian left; and the tests.
Only the standard library is used: the guardian must start within milliseconds.
"""

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

PROC = Path("/proc")
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Identity:
    """A process beyond doubt: numbers are used again, number and birth together are not."""

    pid: int
    born: str

    def is_running(self) -> bool:
        """Whether it lives; a zombie does not."""
        return birth(self.pid) == self.born


@dataclass(frozen=True)
class Child:
    """One started program: the leader of its own process group."""

    name: str
    identity: Identity
    stop_signal: int
    patience: float
    is_server: bool = False
    folder: str = ""


@dataclass(frozen=True)
class Record:
    """A supervisor and what it has running."""

    supervisor: Identity
    children: tuple[Child, ...] = field(default=())


def identify(pid: int) -> Identity:
    """Name a living process beyond doubt."""
    return Identity(pid, birth(pid) or "")


def birth(pid: int) -> str | None:
    """When the process began, unique with its number; None when it is dead or a zombie."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{boot_id()}:{fields[19]}"


def boot_id() -> str:
    """Tell this boot of the machine from others: ticks since boot repeat."""
    with contextlib.suppress(OSError):
        return (PROC / "sys/kernel/random/boot_id").read_text(encoding="utf8").strip()
    return ""


def write_record(path: Path, record: Record) -> None:
    """Replace the record in one step, so that no reader sees half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(record)), encoding="utf8")
    fresh.replace(path)


def read_record(path: Path) -> Record | None:
    """Return what was last written; None when nothing readable is there."""
    try:
        raw = json.loads(path.read_text(encoding="utf8"))
        children = tuple(
            Child(**{**child, "identity": Identity(**child["identity"])})
            for child in raw["children"]
        )
        return Record(Identity(**raw["supervisor"]), children)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def stop_children(children: Sequence[Child]) -> None:
    """End all of them and everything in their groups: the servers after what uses them."""
    stop_wave([child for child in children if not child.is_server])
    stop_wave([child for child in children if child.is_server])


def stop_wave(children: Sequence[Child]) -> None:
    """Ask each to stop, wait as long as the most patient allows, then kill what is left."""
    for child in children:
        signal_group(child, child.stop_signal)
    patience = max((child.patience for child in children), default=0)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any_runs(children):
        time.sleep(POLL_SECONDS)
    for child in children:
        sweep_away(child)


def any_runs(children: Iterable[Child]) -> bool:
    """Whether at least one of them still lives."""
    return any(child.identity.is_running() for child in children)


def sweep_away(child: Child) -> None:
    """Kill what is left of the child: its group, and what still sits in its folder."""
    signal_group(child, signal.SIGKILL)
    if child.folder:
        kill_inside(Path(child.folder))


def signal_group(child: Child, number: int) -> None:
    """Signal the child's group, unless its number now belongs to somebody else."""
    pid = child.identity.pid
    if birth(pid) not in {None, child.identity.born}:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def kill_inside(folder: Path) -> None:
    """Kill every process whose working folder this is.

    PostgreSQL's backends lead sessions of their own, and a busy one outlives a killed
    postmaster for a while; all of them sit in the data folder.
    """
    deadline = time.monotonic() + 10
    while (pids := inside(folder)) and time.monotonic() < deadline:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(POLL_SECONDS)


def inside(folder: Path) -> list[int]:
    """Numbers of the living processes whose working folder this is."""
    wanted = str(folder.resolve())
    return [pid for pid in living() if working_folder(pid) == wanted]


def living() -> list[int]:
    """Numbers of all processes on this machine."""
    if not PROC.is_dir():
        return []
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def working_folder(pid: int) -> str:
    """Where a process sits; nothing when it is dead, a zombie, or not ours to ask."""
    with contextlib.suppress(OSError):
        return str((PROC / str(pid) / "cwd").readlink())
    return ""
