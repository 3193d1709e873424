"""The guardian: ends what a supervisor left running when it dies without a word.

It holds the reading end of a pipe whose writing end only the supervisor has. The kernel
closes that end however the supervisor dies, ``kill -9`` included.
"""

import sys
from pathlib import Path

from config.processes import read_record, stop_children


def watch(record_file: Path, supervisor_pid: int) -> None:
    """Wait for the pipe to close, then stop what this one supervisor had written down."""
    sys.stdin.buffer.read()
    record = read_record(record_file)
    if record is not None and record.supervisor.pid == supervisor_pid:
        stop_children(record.children)


if __name__ == "__main__":
    watch(Path(sys.argv[1]), int(sys.argv[2]))
