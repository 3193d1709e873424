"""Read a file in a child process with limits on memory, processor time and wall time."""

import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from jobs.kinds import TransientError
from sources.parsing.found import File, Found
from sources.refusals import IntakeRefusedError

PROJECT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 60
WALL_SECONDS = 90

log = logging.getLogger(__name__)


class UnreadableFileError(IntakeRefusedError):
    """No text can be had from the file."""


class ReaderKilledError(TransientError):
    """The child process ran into a limit or crashed."""


def read_file(
    file: File,
    *,
    memory: int = MEMORY_BYTES,
    cpu_seconds: int = CPU_SECONDS,
    wall_seconds: float = WALL_SECONDS,
) -> Found:
    """Return text and metadata of a file.

    Raises UnreadableFileError with the reader's reason, ReaderKilledError when the
    child died of a limit or a crash.
    """
    command = [sys.executable, "-m", "sources.parsing", str(memory), str(cpu_seconds)]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=message(file),
            capture_output=True,
            check=False,
            cwd=PROJECT,
            env=child_environment(),
            timeout=wall_seconds,
        )
    except subprocess.TimeoutExpired:
        msg = f"Reading the file took longer than {wall_seconds:.0f} seconds."
        raise ReaderKilledError(msg) from None
    if child.returncode:
        log.warning("Reader ended with %s: %s", child.returncode, last_words(child))
        msg = "Reading the file took too much memory or time, or the reader crashed."
        raise ReaderKilledError(msg)
    return answer(json.loads(child.stdout))


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


def answer(found: dict[str, str]) -> Found:
    """Turn the child's answer into what was found; raises UnreadableFileError."""
    if reason := found.get("refused"):
        raise UnreadableFileError(reason)
    return Found(**found)
