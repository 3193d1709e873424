"""Cases to read from the command line, and candidates written as JSON lines.

CASES.json is ``{"actors": [...], "claims": [...], "texts": [...]}``; what each holds
is in docs/extraction.md. Dates are ISO 8601; unknown keys are left alone.
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from extraction.interface import (
    Candidate,
    Document,
    KnownActor,
    KnownClaim,
    Name,
    Office,
    Span,
)
from extraction.trained.extractor import TrainedExtractor

DEMO = Path(__file__).resolve().parent.parent / "claims" / "demo"


class CasesError(Exception):
    """The cases, or the demo's tables, cannot be read as such."""


@dataclass(frozen=True)
class Cases:
    """Texts to read, with the actors and claims to look for."""

    actors: list[KnownActor]
    claims: list[KnownClaim]
    texts: list[Document]


def read_cases(path: Path, *, with_demo: bool = False) -> Cases:
    """Read CASES.json; ``with_demo`` fills in the demo's actors and claims.

    Raises CasesError where the file is no JSON object or lacks what is needed.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CasesError(f"{path} is no readable JSON: {error}") from error
    if not isinstance(raw, dict):
        raise CasesError(f'{path} must hold an object with "texts", not a list')
    return _cases(raw, path, with_demo=with_demo)


def _cases(raw: dict[str, Any], path: Path, *, with_demo: bool) -> Cases:
    try:
        actors = [_actor(row) for row in raw.get("actors") or ()]
        claims = [_claim(row) for row in raw.get("claims") or ()]
        texts = [_text(row) for row in raw.get("texts") or ()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CasesError(f"{path}: {type(error).__name__}: {error}") from error
    if with_demo:
        actors, claims = actors or demo_actors(), claims or demo_claims()
    return Cases(actors, claims, texts)


def _actor(row: dict[str, Any]) -> KnownActor:
    return KnownActor(
        slug=row["slug"],
        kind=row.get("kind") or "person",
        name=row.get("name") or row["slug"],
        aliases=tuple(_alias(alias) for alias in row.get("aliases") or ()),
        offices=tuple(_office(office) for office in row.get("affiliations") or ()),
        members=tuple(row.get("members") or ()),
    )


def _alias(raw: str | dict[str, str]) -> Name:
    if isinstance(raw, str):
        return Name(raw)
    return Name(
        raw.get("alias") or raw.get("text") or raw["name"], raw.get("kind") or ""
    )


def _office(row: dict[str, Any]) -> Office:
    return Office(
        speaks_for=row.get("speaks_for") or "",
        office=row.get("office") or "",
        rank=row.get("rank") or "",
        start=_date(row.get("from")),
        end=_date(row.get("until")),
    )


def _date(raw: str | None) -> date | None:
    return date.fromisoformat(raw[:10]) if raw else None


def _claim(row: dict[str, Any]) -> KnownClaim:
    return KnownClaim(
        slug=row["slug"],
        title=row.get("title") or "",
        proposition=row.get("proposition") or row.get("title") or "",
        phrases=tuple(row.get("phrases") or ()),
        coding_rule=row.get("coding_rule") or "",
    )


def _text(row: dict[str, Any]) -> Document:
    return Document(
        text=row["text"],
        id=str(row["id"]),
        title=row.get("title") or "",
        author=row.get("author") or "",
        language=row.get("lang") or "",
        published_on=_date(row.get("published_on")),
    )


# -- the demo's actors and claims ----------------------------------------------


def demo_actors(folder: Path = DEMO) -> list[KnownActor]:
    """Return the demo's actors from its tables; raises CasesError without them."""
    aliases = _by(folder, "aliases", "actor")
    offices = _by(folder, "affiliations", "person")
    members = _by(folder, "memberships", "group")
    return [
        KnownActor(
            slug=row["slug"],
            kind=row["kind"],
            name=row["name"],
            aliases=tuple(
                Name(a["alias"], a["kind"]) for a in aliases.get(row["slug"], ())
            ),
            offices=tuple(_office(o) for o in offices.get(row["slug"], ())),
            members=tuple(m["member"] for m in members.get(row["slug"], ())),
        )
        for row in _rows(folder, "actors")
    ]


def demo_claims(folder: Path = DEMO) -> list[KnownClaim]:
    """Return the demo's claims from its tables; raises CasesError without them."""
    phrases = (
        _by(folder, "phrases", "claim") if (folder / "phrases.csv").exists() else {}
    )
    return [
        KnownClaim(
            slug=row["slug"],
            title=row["title"],
            proposition=row["proposition"],
            phrases=tuple(p["phrase"] for p in phrases.get(row["slug"], ())),
            coding_rule=row["coding_rule"],
        )
        for row in _rows(folder, "claims")
    ]


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        reason = "give actors and claims in CASES.json instead"
        raise CasesError(f"The demo's table {path} is missing: {reason}.") from error


def _by(folder: Path, name: str, column: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder, name):
        found.setdefault(row[column], []).append(row)
    return found


# -- JSON lines ---------------------------------------------------------------


def print_candidates(
    path: Path, *, with_demo: bool = False, out: TextIO = sys.stdout
) -> None:
    """Write one JSON line for each candidate of the texts in CASES.json at ``path``."""
    rows = candidate_rows(read_cases(path, with_demo=with_demo))
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def candidate_rows(cases: Cases) -> Iterator[dict[str, object]]:
    """Yield what the offline engine proposes for each text of ``cases``."""
    engine = TrainedExtractor()
    for text in cases.texts:
        for candidate in engine.extract(text, cases.actors, cases.claims):
            yield row_of(text, candidate)


def row_of(text: Document, candidate: Candidate) -> dict[str, object]:
    """Return a candidate as the command writes it."""
    condition, stated_on = candidate.condition, candidate.stated_on
    return {
        "text": text.id,
        "actor": candidate.actor,
        "unknown": _unknown(candidate),
        "speaks_for": candidate.speaks_for,
        "claim": candidate.claim,
        "stance": candidate.value.value if candidate.value else None,
        "condition": condition.text(text.text) if condition else "",
        "stated_on": stated_on.isoformat() if stated_on else None,
        "evidence": _pairs(candidate.places),
        "source": _pairs(candidate.source),
        "confidence": candidate.confidence,
    }


def _unknown(candidate: Candidate) -> dict[str, object] | None:
    if candidate.unknown is None:
        return None
    may_be = [guess.slug for guess in candidate.actor_guesses]
    return asdict(candidate.unknown) | {"may_be": may_be}


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
