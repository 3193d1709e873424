"""Import stances in bulk: every row is tried, all are stored or none."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from actors.models import Actor
from claims.import_rows import (
    BadRowError,
    Row,
    UnreadableFileError,
    check_shape,
    date_of,
    offsets_of,
    read_rows,
    value_of,
)
from claims.models import Claim, Stance
from claims.operations.stances import (
    locate_quote,
    log_stance,
)
from claims.operations.stated_dates import first_of_period
from claims.refusals import StanceRefusedError
from sources.models import Document

Key = tuple[int, int, int, int]
INSERTED, UNCHANGED, BAD = "inserted", "unchanged", "bad"


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    number: int
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """What became of a file; nothing was stored unless ``stored``."""

    outcomes: tuple[Outcome, ...]
    stored: bool

    def count(self, state: str) -> int:
        """Count the rows with one outcome."""
        return Counter(outcome.state for outcome in self.outcomes)[state]

    @property
    def bad(self) -> list[Outcome]:
        """The rows that need correction."""
        return [outcome for outcome in self.outcomes if outcome.state == BAD]

    def words(self) -> str:
        """Say the counts in one sentence."""
        counts = f"{self.count(INSERTED)} inserted, {self.count(UNCHANGED)} unchanged"
        return f"{counts}, {self.count(BAD)} bad"


def import_stances(
    *, text: str, by: User | None, commit: bool, limit: int | None = None
) -> Report:
    """Import a CSV file's text; without ``commit``, or with a bad row, nothing stays.

    Importing twice changes nothing. Raises import_rows.UnreadableFileError, also for
    more than ``limit`` rows.
    """
    rows = read_rows(text)
    if limit is not None and len(rows) > limit:
        raise UnreadableFileError(
            f"The file has {len(rows)} rows, more than {limit}: split it, or have it "
            "imported by the command `manage.py import_stances`."
        )
    with transaction.atomic():
        named = _Named()
        outcomes = tuple(_import_row(row, named, by) for row in rows)
        stored = commit and all(outcome.state != BAD for outcome in outcomes)
        if not stored:
            transaction.set_rollback(True)
    return Report(outcomes, stored)


class _Named:
    """Finds the rows that cells name."""

    def __init__(self) -> None:
        self.claims = {claim.slug: claim for claim in Claim.objects.all()}
        self.actors: dict[str, list[Actor]] = {}
        for actor in Actor.objects.all():
            for name in {actor.slug, actor.name.lower()}:
                self.actors.setdefault(name, []).append(actor)
        self.document = lru_cache(maxsize=32)(_document)
        self.logged: dict[int, dict[Key, Stance]] = {}

    def logged_on(self, document: Document) -> dict[Key, Stance]:
        """Return the stances that stand on a text, read once for each text."""
        if document.pk not in self.logged:
            rows = Stance.objects.standing().select_related("evidence", "speaks_for")
            on_it = rows.filter(evidence__document=document)
            self.logged[document.pk] = {_key(stance): stance for stance in on_it}
        return self.logged[document.pk]

    def actor(self, name: str) -> Actor:
        """Find an actor by slug or full name; raises BadRowError."""
        found = self.actors.get(name) or self.actors.get(name.lower(), [])
        if len(found) == 1:
            return found[0]
        if found:
            slugs = ", ".join(sorted(actor.slug for actor in found))
            raise BadRowError(f"Several actors are called “{name}”: use {slugs}.")
        raise BadRowError(f"No actor “{name}”: use the short name from its page.")

    def claim(self, slug: str) -> Claim:
        """Find a claim by its slug; raises BadRowError."""
        if slug not in self.claims:
            raise BadRowError(f"No claim “{slug}”: use the short name from its page.")
        return self.claims[slug]


def _document(name: str) -> Document:
    """Find a text by id, content hash or address (its latest version)."""
    if name.isascii() and name.isdigit():
        rows = Document.objects.filter(pk=int(name[:18]))
    else:
        rows = Document.objects.filter(
            Q(content_hash=name.lower()) | Q(url=name) | Q(canonical_url=name)
        )
    if document := rows.order_by("-version", "-pk").first():
        return document
    raise BadRowError(f"No text “{name}”: give its number, address or content hash.")


def _import_row(row: Row, named: _Named, by: User | None) -> Outcome:
    try:
        parts = _parts(row, named)
        logged = named.logged_on(parts["document"])
        key = parts["actor"].pk, parts["claim"].pk, parts["start"], parts["end"]
        if key in logged:
            _check_same(logged[key], parts)
            return Outcome(row.number, UNCHANGED)
        logged[key] = log_stance(by=by, **parts)
    except (BadRowError, StanceRefusedError) as error:
        return Outcome(row.number, BAD, str(error))
    return Outcome(row.number, INSERTED)


def _parts(row: Row, named: _Named) -> dict[str, Any]:
    check_shape(row)
    document = named.document(row.cell("document"))
    speaks_for = row.cell("speaks_for")
    day, precision = date_of(row)
    quote = row.cells.get("quote", "").replace("\r\n", "\n")
    offsets = offsets_of(row) or _located(document, quote.strip())
    return {
        "document": document,
        "actor": named.actor(row.cell("actor")),
        "speaks_for": named.actor(speaks_for) if speaks_for else None,
        "claim": named.claim(row.cell("claim")),
        "value": value_of(row),
        "condition": row.cell("condition"),
        "stated_on": day,
        "stated_precision": precision,
        "start": offsets[0],
        "end": offsets[1],
        "quote": quote if offsets_of(row) and quote.strip() else None,
        "occasion": row.cell("occasion"),
        "note": row.cell("note"),
    }


def _located(document: Document, quote: str) -> tuple[int, int]:
    if not quote:
        raise BadRowError("No words: give the quote, or start and end.")
    return locate_quote(document, quote)


def _key(stance: Stance) -> Key:
    evidence = stance.evidence
    return stance.actor_id, stance.claim_id, evidence.start, evidence.end


def _check_same(logged: Stance, parts: dict[str, Any]) -> None:
    """Refuse a row that says otherwise than the stance that is logged already."""
    day = first_of_period(parts["stated_on"], parts["stated_precision"])
    told = {**parts, "stated_on": day}
    names = ("value", "condition", "stated_on", "stated_precision")
    differing = [name for name in names if getattr(logged, name) != told[name]]
    if parts["speaks_for"] and parts["speaks_for"] != logged.speaks_for:
        differing.append("speaks_for")
    if differing:
        raise BadRowError(
            f"Stance {logged.pk} has the same actor, claim and words but another "
            f"{', '.join(differing)}: amend that stance instead."
        )
