"""Lists of words: written as running text to stay readable, or as tables in files."""

from pathlib import Path


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


def lines_of(table: Path) -> list[str]:
    """Return the lines of a word table without empty ones and comments ("# ...")."""
    lines = table.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]
