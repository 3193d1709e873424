"""Reads the gold set: its texts, the stances in them and the decoys."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class GoldStance:
    """A stance a coder logged; ``optional`` ones count neither for nor against."""

    text: str
    actor: str
    speaks_for: str
    claim: str
    stance: str
    condition: str
    stated_on: str
    evidence: tuple[int, int]
    traps: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Decoy:
    """Words that tempt and show no stance; ``actor`` or ``claim`` "" means any."""

    text: str
    actor: str
    claim: str
    evidence: tuple[int, int]
    traps: tuple[str, ...]


@dataclass(frozen=True)
class GoldText:
    """One annotated text."""

    id: str
    field: str
    language: str
    words: int


@dataclass(frozen=True)
class Gold:
    """One half of the gold set."""

    paths: tuple[Path, ...]
    texts: tuple[GoldText, ...]
    stances: tuple[GoldStance, ...]
    decoys: tuple[Decoy, ...]

    def empty_texts(self) -> list[str]:
        """Return the ids of the texts in which there is nothing to find."""
        said = {stance.text for stance in self.stances}
        return [text.id for text in self.texts if text.id not in said]


def case_files(half: str) -> list[Path]:
    """Return the case files of ``half``: dev or test."""
    return sorted((HERE / half).glob("*.json"))


def read_gold(paths: list[Path]) -> Gold:
    """Read the case files at ``paths`` into one gold set."""
    texts: list[GoldText] = []
    stances: list[GoldStance] = []
    decoys: list[Decoy] = []
    for path in paths:
        raw = json.loads(path.read_text(encoding="utf-8"))
        bodies = {row["id"]: row["text"] for row in raw["texts"]}
        texts += [_text(row, path.stem) for row in raw["texts"]]
        stances += [_stance(row, bodies[row["text"]]) for row in raw["gold"]]
        decoys += [_decoy(row, bodies[row["text"]]) for row in raw.get("decoys", [])]
    return Gold(tuple(paths), tuple(texts), tuple(stances), tuple(decoys))


def _text(row: dict[str, Any], field: str) -> GoldText:
    return GoldText(row["id"], field, row["lang"], len(row["text"].split()))


def _stance(row: dict[str, Any], body: str) -> GoldStance:
    return GoldStance(
        text=row["text"],
        actor=row["actor"],
        speaks_for=row["speaks_for"],
        claim=row["claim"],
        stance=row["stance"],
        condition=row["condition"],
        stated_on=row["stated_on"],
        evidence=_locate(row["evidence"], body),
        traps=tuple(row["trap"].split()),
        optional=row.get("optional", False),
    )


def _decoy(row: dict[str, Any], body: str) -> Decoy:
    return Decoy(
        text=row["text"],
        actor=row["actor"],
        claim=row["claim"],
        evidence=_locate(row["evidence"], body),
        traps=tuple(row["trap"].split()),
    )


def _locate(words: str, body: str) -> tuple[int, int]:
    """Return where ``words`` stand; raises ValueError unless exactly once."""
    if body.count(words) != 1:
        raise ValueError(f"{body.count(words)} times in its text, not once: {words!r}")
    start = body.index(words)
    return start, start + len(words)
