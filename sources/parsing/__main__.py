"""The child process: one file on standard input, one JSON object on standard output."""

import json
import os
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from sources.parsing.found import File, Found, FoundFeed, UnreadableError
from sources.parsing.heading import headed
from sources.parsing.signature import Format, format_of

# Loaded only when needed: the parsers take longer to load than most files to read
READERS = {
    Format.PLAIN: ("sources.parsing.plain", "read_plain"),
    Format.HTML: ("sources.parsing.html", "read_html"),
    Format.PDF: ("sources.parsing.pdf", "read_pdf"),
    Format.DOCX: ("sources.parsing.word", "read_docx"),
    Format.FEED: ("sources.parsing.feed", "read_feed"),
}
WITHOUT_MARKUP = {Format.PLAIN, Format.PDF, Format.DOCX}


def limit_this_process(memory: int, cpu_seconds: int) -> None:
    """Bound memory, processor time and files for good, before any parser is loaded."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(file: File) -> Found | FoundFeed:
    """Read a file by what it is; raises UnreadableError."""
    kind = Format(file.format) if file.format else format_of(file)
    module, function = READERS[kind]
    found: Found | FoundFeed = getattr(import_module(module), function)(file)
    return (
        headed(found) if kind in WITHOUT_MARKUP and isinstance(found, Found) else found
    )


def received(stream: BinaryIO) -> File:
    """Read what the parent sends: a line of JSON, then the bytes."""
    header = json.loads(stream.readline())
    return File(content=stream.read(), **header)


def main() -> None:
    """Answer with what was found, or with the reason why nothing was."""
    limit_this_process(memory=int(sys.argv[1]), cpu_seconds=int(sys.argv[2]))
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints must not end in the answer
    try:
        answer = asdict(read(received(sys.stdin.buffer)))
    except UnreadableError as error:
        answer = {"refused": str(error)}
    json.dump(answer, answers)
    answers.close()


if __name__ == "__main__":
    main()
