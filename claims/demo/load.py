"""Loads the demo into the database; loading it again changes nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from psycopg.types.range import DateRange

from actors.models import Actor, Affiliation, Alias, Membership
from claims.demo import tables
from claims.models import Claim, ExamplePhrase, Stance
from claims.operations.stances import log_stance
from sources.models import Document, Ingestion, Source
from sources.operations import request_paste, store_text

CAUTION = "Illustrative: check against the sources before citing."


@dataclass
class Report:
    """How many rows of each table were inserted, updated or left as they were."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, table: str, outcome: str) -> None:
        """Count one row."""
        self.counts.setdefault(table, Counter())[outcome] += 1

    def lines(self) -> Iterator[str]:
        """One line a table, in words."""
        for table, counter in self.counts.items():
            parts = (f"{counter[o]} {o}" for o in ("inserted", "updated", "unchanged"))
            yield f"{table}: {', '.join(parts)}"


def load_demo(*, by: User | None) -> Report:
    """Load reference data, documents, stances and two texts to review, in one transaction."""
    report = Report()
    with transaction.atomic():
        load_actors(report)
        load_claims(report)
        load_documents(report, by=by)
        load_stances(report, by=by)
        queue_texts_to_review(report, by=by)
    return report


def put(
    report: Report, model: type[models.Model], key: dict[str, Any], **values: Any
) -> None:
    """Insert the row, or bring it up to date, writing only what differs."""
    table = str(model._meta.verbose_name_plural)  # noqa: SLF001 - Django's documented name
    row = model._default_manager.filter(**key).first()  # noqa: SLF001
    if row is None:
        model._default_manager.create(**key, **values)  # noqa: SLF001
        report.count(table, "inserted")
        return
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    report.count(table, "updated" if changed else "unchanged")


def load_actors(report: Report) -> None:
    """Load actors with their aliases, offices and memberships."""
    for row in tables.rows("actors"):
        put(
            report,
            Actor,
            {"slug": row["slug"]},
            kind=row["kind"],
            name=row["name"],
            iso2=row["iso2"] or None,
            description=row["description"],
        )
    actors = {a.slug: a for a in Actor.objects.all()}
    for row in tables.rows("aliases"):
        key = {"actor": actors[row["actor"]], "name": row["alias"]}
        put(report, Alias, key, kind=row["kind"])
    for row in tables.rows("affiliations"):
        key = {
            "person": actors[row["person"]],
            "speaks_for": actors[row["speaks_for"]],
            "office": row["office"],
            "period__startswith": day(row["from"]),
        }
        put_period(report, Affiliation, key, row, rank=row["rank"])
    for row in tables.rows("memberships"):
        key = {
            "group": actors[row["group"]],
            "member": actors[row["member"]],
            "period__startswith": day(row["from"]),
        }
        put_period(report, Membership, key, row)


def put_period(
    report: Report,
    model: type[models.Model],
    key: dict[str, Any],
    row: tables.Row,
    **values: Any,
) -> None:
    """Like ``put`` for a row found by the start of its half-open period."""
    period = DateRange(day(row["from"]), day(row["until"]) if row["until"] else None)
    if model._default_manager.filter(**key).exists():  # noqa: SLF001
        put(report, model, key, period=period, **values)
        return
    key.pop("period__startswith")
    put(report, model, {**key, "period": period}, **values)


def load_claims(report: Report) -> None:
    """Load the codebook with its example phrases."""
    for row in tables.rows("claims"):
        put(
            report,
            Claim,
            {"slug": row["slug"]},
            title=row["title"],
            proposition=row["proposition"],
            coding_rule=row["coding_rule"],
        )
    for row in tables.rows("phrases"):
        key = {"claim": Claim.objects.get(slug=row["claim"]), "text": row["phrase"]}
        put(report, ExamplePhrase, key)


def load_documents(report: Report, *, by: User | None) -> None:
    """Load the sources and the short texts that hold the evidence."""
    for row in tables.rows("sources"):
        values = {k: row[k] for k in ("name", "kind", "country", "reliability_note")}
        put(report, Source, {"slug": row["slug"]}, **values)
    for row in tables.rows("documents"):
        stored = store_text(
            body=tables.text("texts", f"{row['document']}.txt"),
            title=row["title"],
            source=Source.objects.get(slug=row["source"]),
            published_on=day(row["published_on"]),
            published_precision=row["published_precision"],
            language="en",
            by=by,
        )
        report.count("documents", "unchanged" if stored.is_duplicate else "inserted")


def load_stances(report: Report, *, by: User | None) -> None:
    """Log each stance of the demo on the words that show it."""
    documents = {
        d.title: d for d in Document.objects.filter(source__slug__startswith="demo-")
    }
    titles = {row["document"]: row["title"] for row in tables.rows("documents")}
    for row in tables.rows("positions"):
        document = documents[titles[row["document"]]]
        start = document.body.index(row["quote"])
        end = start + len(row["quote"])
        actor = Actor.objects.get(slug=row["actor"])
        claim = Claim.objects.get(slug=row["claim"])
        logged = Stance.objects.filter(
            actor=actor,
            claim=claim,
            evidence__document=document,
            evidence__start=start,
            evidence__end=end,
        )
        if logged.exists():
            report.count("stances", "unchanged")
            continue
        log_stance(
            by=by,
            actor=actor,
            speaks_for=Actor.objects.get(slug=row["speaks_for"]),
            claim=claim,
            value=row["stance"],
            condition=row["condition"],
            document=document,
            start=start,
            end=end,
            stated_on=day(row["date"]),
            stated_precision=row["date_precision"],
            occasion=row["occasion"],
            note=f"{row['summary']}. {CAUTION}",
        )
        report.count("stances", "inserted")


def queue_texts_to_review(report: Report, *, by: User | None) -> None:
    """Hand in two texts as an analyst would, so that the queue has something to show."""
    for row in tables.rows("review/review"):
        if Ingestion.objects.filter(title=row["title"]).exists():
            report.count("texts to review", "unchanged")
            continue
        request_paste(
            text=tables.text("review", row["file"]),
            by=by,
            title=row["title"],
            source=Source.objects.get(slug=row["source"]),
            published_on=day(row["published_on"]),
            published_precision="day",
            language="en",
        )
        report.count("texts to review", "inserted")


def day(written: str) -> dt.date:
    """Read 2024-03-05, or 2024-03 as its first day."""
    return dt.date.fromisoformat(written if len(written) == 10 else f"{written}-01")
