"""Which pronoun a name takes, as far as a title, a list and the name's ending tell."""

import re
from functools import cache
from pathlib import Path

from extraction.names.words import fold

TABLE = Path(__file__).parent.parent / "data" / "first_names.txt"
MADAM = re.compile(r"\b(?:Mrs|Ms|Miss|Madame|Mme|Frau|Lady|Dame|Queen)\.?\s*$")
SIR = re.compile(r"\b(?:Mr|Monsieur|Herr|Sir|Lord|King)\.?\s*$")


@cache
def _listed() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        gender, _, names = line.partition(":")
        found |= dict.fromkeys(names.split(), gender)
    return found


def gender_of(first_name: str) -> str:
    """Return "f", "m" or "" where the name does not say."""
    name = fold(first_name)
    return _listed().get(name) or ("f" if len(name) > 3 and name.endswith("a") else "")


def is_first_name(word: str) -> bool:
    """Whether ``word`` is a first name of the list."""
    return fold(word) in _listed()


def gender_of_title(before: str) -> str:
    """Return what a "Mr" or "Ms" at the end of ``before`` says: "m", "f" or ""."""
    if MADAM.search(before):
        return "f"
    return "m" if SIR.search(before) else ""
