"""Plain text files."""

from sources.parsing.encodings import decoded
from sources.parsing.found import File, Found, bounded


def read_plain(file: File) -> Found:
    """Decode the file; raises UnreadableError."""
    text, note = decoded(file.content, declared=file.charset)
    return Found(text=bounded(text), note=note)
