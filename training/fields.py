"""Reads the training fields: invented texts with the stances marked in them.

The format is in README.md beside this file. ``python -m training.fields FILE ...`` checks.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extraction.interface import Document, KnownActor, KnownClaim, Name, Office, Value

HERE = Path(__file__).resolve().parent
FOLDER, FOREIGN = HERE / "fields", HERE / "foreign"
HELD_BACK = (  # what the network is not fitted on
    *("debt", "football", "nato3", "peacekeepers", "vaping", "wolves"),
    *("de-digital", "de-drogen", "de-hafen", "de-krankenhaus"),
    *("fr-drogues", "fr-hopital", "fr-numerique", "fr-ports"),
)
OPENING = re.compile(r"\{\{(\d+):\s?")
CLOSING = "}}"
ROW = re.compile(r"(\d+): (\S+) (\S+) (\S+)( optional)?$")
OFFICE_PARTS, TEXT_PARTS, LEAST_CLAIM_PARTS = 5, 5, 3


class FieldError(Exception):
    """A line of a field file that cannot be read as one."""


@dataclass(frozen=True)
class Coded:
    """A stance that the writer of a text logged: evidence as half-open offsets."""

    evidence: tuple[int, int]
    actor: str
    claim: str
    value: Value
    optional: bool


@dataclass
class Field:
    """A policy field: its actors, claims and texts, and what was coded in each text."""

    name: str
    actors: list[KnownActor] = field(default_factory=list)
    claims: list[KnownClaim] = field(default_factory=list)
    texts: list[Document] = field(default_factory=list)
    coded: dict[str, list[Coded]] = field(default_factory=dict)


def read_field(path: Path) -> Field:
    """Read one field file; raises FieldError with the text or line at fault."""
    head, *texts = re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)
    found = Field(path.stem)
    for line in head.splitlines():
        kind, _, rest = line.partition(":")
        parts = [part.strip() for part in rest.split("|")]
        if kind == "actor":
            found.actors.append(_actor(parts, line))
        elif kind == "claim":
            found.claims.append(read_claim(parts, line))
    slugs = {actor.slug for actor in found.actors}
    claims = {claim.slug for claim in found.claims}
    for raw in texts:
        document, coded = _text(raw)
        for one in coded:
            if one.actor not in slugs or one.claim not in claims:
                raise FieldError(f"{document.id}: no actor {one.actor} or {one.claim}")
        found.texts.append(document)
        found.coded[document.id] = coded
    return found


def read_fields(folder: Path = FOLDER) -> list[Field]:
    """Read every field of ``folder``, by name."""
    return [read_field(path) for path in sorted(folder.glob("*.txt"))]


def _actor(parts: list[str], line: str) -> KnownActor:
    aliases: list[Name] = []
    offices: list[Office] = []
    members: list[str] = []
    for part in parts[3:]:
        kind, _, rest = part.partition(":")
        items = [item.strip() for item in rest.split(";")]
        if kind == "aliases":
            aliases += [Name(item) for item in items if item]
        elif kind == "members":
            members += [item for item in items if item]
        elif kind == "office" and len(items) == OFFICE_PARTS:
            offices.append(_office(items))
        else:
            raise FieldError(f"not understood: {line}")
    slug, kind, name = parts[:3]
    return KnownActor(slug, kind, name, tuple(aliases), tuple(offices), tuple(members))


def _office(items: list[str]) -> Office:
    title, speaks_for, rank, start, end = items
    return Office(speaks_for, title, rank, _day(start), _day(end))


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def read_claim(parts: list[str], line: str) -> KnownClaim:
    """Return the claim of slug, title, proposition and, where given, phrases."""
    if len(parts) < LEAST_CLAIM_PARTS:
        raise FieldError(f"not understood: {line}")
    phrases = (
        parts[3].removeprefix("phrases:") if len(parts) > LEAST_CLAIM_PARTS else ""
    )
    wordings = tuple(words for each in phrases.split(";") if (words := each.strip()))
    return KnownClaim(parts[0], parts[1], parts[2], wordings)


def _text(raw: str) -> tuple[Document, list[Coded]]:
    first, _, rest = raw.partition("\n")
    parts = [part.strip() for part in first.split("|")]
    if len(parts) != TEXT_PARTS:
        raise FieldError(
            f"a text begins with id | lang | day | title | author: {first}"
        )
    body, _, rows = rest.partition("\n---")
    text, spans = _unmarked(body.strip("\n"), parts[0])
    document = Document(
        text=text,
        id=parts[0],
        language=parts[1],
        published_on=_day(parts[2]),
        title=parts[3],
        author=parts[4],
    )
    return document, list(_rows(rows, spans, parts[0]))


def _unmarked(body: str, name: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return a body without its marks, and where each of them stood."""
    kept: list[str] = []
    opened: list[tuple[int, int]] = []
    spans: dict[int, tuple[int, int]] = {}
    length = at = 0
    while at < len(body):
        if opening := OPENING.match(body, at):
            opened.append((int(opening[1]), length))
            at = opening.end()
        elif opened and body.startswith(CLOSING, at):
            number, start = opened.pop()
            spans[number] = start, length
            at += len(CLOSING)
        else:
            kept.append(body[at])
            length += 1
            at += 1
    if opened:
        raise FieldError(f"{name}: mark {opened[0][0]} is not closed")
    return "".join(kept), spans


def _rows(lines: str, spans: dict[int, tuple[int, int]], name: str) -> Iterator[Coded]:
    for line in lines.splitlines():
        if not line.strip():
            continue
        row = ROW.match(line.strip())
        if row is None or int(row[1]) not in spans:
            raise FieldError(f"{name}: no such row or mark: {line}")
        yield Coded(spans[int(row[1])], row[2], row[3], Value(row[4]), bool(row[5]))


def main(paths: list[str]) -> int:
    """Check the field files at ``paths``, or all; print a line for each."""
    for path in [Path(p) for p in paths] or sorted(FOLDER.glob("*.txt")):
        found = read_field(path)
        rows = [one for coded in found.coded.values() for one in coded]
        required = sum(not one.optional for one in rows)
        sys.stdout.write(
            f"{found.name}: {len(found.texts)} texts, {required} stances, "
            f"{len(rows) - required} optional\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
