"""Which pronoun a first name takes, as far as a short list and its ending tell."""

from functools import cache
from pathlib import Path

from extraction.names.words import fold

TABLE = Path(__file__).parent.parent / "data" / "first_names.txt"


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
