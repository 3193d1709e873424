"""Read a file in a child process with limits on memory, processor time and wall time."""

import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from jobs.kinds import TransientError
from sources.parsing.found import File, Found, FoundEntry, FoundFeed
from sources.parsing.signature import Format
from sources.refusals import IntakeRefusedError

PROJECT = Path(__file__).resolve().parents[2]

log = logging.getLogger(__name__)


class UnreadableFileError(IntakeRefusedError):
    """No text can be had from the file."""


class ReaderKilledError(TransientError):
    """The child process ran into a limit or crashed."""


@dataclass(frozen=True)
class Limits:
    """What the child may use."""

    memory: int = 2 * 1024**3
    cpu_seconds: int = 60
    wall_seconds: float = 90


LIMITS = Limits()


def read_file(file: File, limits: Limits = LIMITS) -> Found:
    """Return text and metadata of a file.

    Raises UnreadableFileError with the reader's reason, ReaderKilledError when the
    child died of a limit or a crash.
    """
    return Found(**answer_of_child(file, limits))


def read_feed(file: File, limits: Limits = LIMITS) -> FoundFeed:
    """Return the entries of a feed; raises what ``read_file`` raises."""
    answer = answer_of_child(replace(file, format=Format.FEED.value), limits)
    entries = tuple(FoundEntry(**entry) for entry in answer.pop("entries"))
    return FoundFeed(entries=entries, **answer)


def answer_of_child(file: File, limits: Limits) -> dict[str, Any]:
    """Run the child process on a file; raises UnreadableFileError, ReaderKilledError."""
    bounds = [str(limits.memory), str(limits.cpu_seconds)]
    command = [sys.executable, "-m", "sources.parsing", *bounds]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=message(file),
            capture_output=True,
            check=False,
            cwd=PROJECT,
            env=child_environment(),
            timeout=limits.wall_seconds,
        )
    except subprocess.TimeoutExpired:
        msg = f"Reading the file took longer than {limits.wall_seconds:.0f} seconds."
        raise ReaderKilledError(msg) from None
    if child.returncode:
        log.warning("Reader ended with %s: %s", child.returncode, last_words(child))
        msg = "Reading the file took too much memory or time, or the reader crashed."
        raise ReaderKilledError(msg)
    answer: dict[str, Any] = json.loads(child.stdout)
    if reason := answer.get("refused"):
        raise UnreadableFileError(reason)
    return answer


def message(file: File) -> bytes:
    """What the child reads: a line of JSON, then the bytes."""
    header = {k: v for k, v in asdict(file).items() if k != "content"}
    return json.dumps(header).encode() + b"\n" + file.content


def child_environment() -> dict[str, str]:
    """Nothing of ours: no addresses, no secrets."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def last_words(child: subprocess.CompletedProcess[bytes]) -> str:
    """Return the end of what the child complained about."""
    return child.stderr.decode("utf8", "replace")[-500:]
