"""Other wordings of the fields' claims: the same stances, on claims that say it otherwise.

A line of ``wordings/FIELD.txt`` is ``slug | same or opposite | title | proposition``, and
``| phrases: a; b`` where there are any. Who supports a claim opposes its opposite.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extraction.interface import KnownClaim
from extraction.value import NUMBERS, SCALE
from training.fields import Field, FieldError, read_claim

FOLDER = Path(__file__).resolve().parent / "wordings"
SENSES = {"same": False, "opposite": True}


@dataclass(frozen=True)
class Wording:
    """A claim in other words; ``opposite``: who supports the field's claim opposes it."""

    claim: KnownClaim
    opposite: bool


def wordings_of(name: str, folder: Path = FOLDER) -> dict[str, list[Wording]]:
    """Return the other wordings of the field ``name``, by claim; none where it has no file."""
    path = folder / f"{name}.txt"
    found: dict[str, list[Wording]] = {}
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            one = _wording(line)
            found.setdefault(one.claim.slug, []).append(one)
    return found


def _wording(line: str) -> Wording:
    slug, sense, *rest = (part.strip() for part in line.split("|"))
    if sense not in SENSES:
        raise FieldError(f"neither same nor opposite: {line}")
    return Wording(read_claim([slug, *rest], line), SENSES[sense])


def reworded(field: Field, wordings: dict[str, list[Wording]], seed: int) -> Field:
    """Return ``field`` with one of its ``wordings`` for each claim, and the values to fit."""
    draw = random.Random(f"{field.name} {seed}")
    chosen = {
        claim.slug: draw.choice(
            wordings.get(claim.slug) or [Wording(claim, opposite=False)]
        )
        for claim in field.claims
    }
    coded = {
        text: [
            replace(one, value=SCALE[-NUMBERS[one.value]])
            if chosen[one.claim].opposite
            else one
            for one in rows
        ]
        for text, rows in field.coded.items()
    }
    claims = [one.claim for one in chosen.values()]
    return Field(field.name, field.actors, claims, field.texts, coded)


def versions_of(field: Field, count: int) -> Iterator[Field]:
    """Yield ``field`` and, where its claims have other wordings, ``count - 1`` rewordings."""
    yield field
    if wordings := wordings_of(field.name):
        for seed in range(1, count):
            yield reworded(field, wordings, seed)
