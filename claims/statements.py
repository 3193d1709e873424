"""Loads what the rule reads: published stances with their speakers' offices of the day.

SQL narrows to the claims and bodies asked for; for whom a statement counts is decided by
the pure rule. Two queries for the statements, one for memberships, at any size. With
``known_at`` the rows are those of the history tables as they stood at that moment;
names of actors and sources are today's.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from actors.models import ActorKind, Affiliation, Membership
from claims.models import Stance, StanceState
from claims.timeline.groups import Member
from claims.timeline.offices import Office, Voice, own_voices, person_voices
from claims.timeline.statements import Statement
from extraction.interface import Value

COLUMNS = (
    "id",
    "claim__slug",
    "actor_id",
    "actor__slug",
    "actor__name",
    "actor__kind",
    "speaks_for__slug",
    "value",
    "condition",
    "stated_on",
    "stated_precision",
    "occasion",
    "evidence__quote",
    "evidence__document_id",
    "evidence__document__near_duplicate_of_id",
    "evidence__document__near_duplicate_of__near_duplicate_of_id",
    "evidence__document__title",
    "evidence__document__source__name",
    "evidence__document__source__kind",
)

WORDS = (
    "state",
    "actor_id",
    "speaks_for_id",
    "claim_id",
    "value",
    "condition",
    "stated_on",
    "stated_precision",
    "evidence_id",
    "occasion",
)


def as_known(
    model: type[Model], narrow: Q, known_at: dt.datetime | None
) -> QuerySet[Any, Any]:
    """Return the rows that ``narrow`` selects, today or as known at a past moment."""
    if known_at is None:
        return model._default_manager.filter(narrow)  # noqa: SLF001 - Django's documented name
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")  # noqa: SLF001
    rows = events._default_manager  # noqa: SLF001
    latest = (
        rows.filter(pgh_created_at__lte=known_at)
        .filter(pgh_obj_id__in=rows.filter(narrow).values("pgh_obj_id"))
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    standing: QuerySet[Any, Any] = rows.filter(
        narrow, pgh_id__in=latest.values("pgh_id")
    )
    return standing.exclude(pgh_label="delete")


@dataclass(frozen=True)
class LaterChanges:
    """When a stance was last amended and when retracted after a moment, if ever."""

    amended_at: dt.datetime | None
    retracted_at: dt.datetime | None


def later_changes(stance_id: int, known_at: dt.datetime) -> LaterChanges:
    """Return what happened to a published stance after a moment."""
    rows = _versions(stance_id).order_by("pgh_id").values_list("pgh_created_at", *WORDS)
    amended_at = retracted_at = None
    for (_, _, *before), (at, state, *after) in pairwise(rows):
        if at > known_at and before != after:
            amended_at = at
        if at > known_at and state == StanceState.RETRACTED:
            retracted_at = at
    return LaterChanges(amended_at, retracted_at)


def retracted_at(stance_id: int) -> dt.datetime | None:
    """Return when a stance that readers had seen was retracted, None for all others."""
    if not _versions(stance_id).filter(state=StanceState.PUBLISHED).exists():
        return None
    retracted = _versions(stance_id).filter(state=StanceState.RETRACTED)
    moments = retracted.order_by("pgh_id").values_list("pgh_created_at", flat=True)
    return moments.first()


def _versions(stance_id: int) -> QuerySet[Any, Any]:
    events = apps.get_model("claims", "StanceEvent")
    rows = events._default_manager  # noqa: SLF001
    versions: QuerySet[Any, Any] = rows.filter(pgh_obj_id=stance_id)
    return versions


def of_claims(slugs: Iterable[str]) -> Q:
    """Select stances on some claims."""
    return Q(claim__slug__in=list(slugs))


def of_bodies(slugs: Iterable[str]) -> Q:
    """Select stances that may be the voice of some bodies.

    Persons whose body was left open are all taken: their offices decide later.
    """
    bodies = list(slugs)
    return (
        Q(actor__slug__in=bodies)
        | Q(speaks_for__slug__in=bodies)
        | Q(speaks_for__isnull=True, actor__kind=ActorKind.PERSON)
    )


def load_statements(
    narrow: Q, *, known_at: dt.datetime | None = None
) -> list[Statement]:
    """Return the published statements that ``narrow`` selects, one for each voice."""
    published = Q(state=StanceState.PUBLISHED) & narrow
    rows = list(as_known(Stance, published, known_at).order_by("id").values(*COLUMNS))
    people = {r["actor_id"] for r in rows if r["actor__kind"] == ActorKind.PERSON}
    offices = load_offices(people, known_at=known_at)
    return [
        statement
        for row in rows
        for statement in _statements(row, offices[row["actor_id"]])
    ]


def load_offices(
    people: Iterable[int], *, known_at: dt.datetime | None = None
) -> dict[int, list[Office]]:
    """Return the dated offices of some people by their id."""
    found: dict[int, list[Office]] = defaultdict(list)
    rows = as_known(Affiliation, Q(person_id__in=list(people)), known_at)
    columns = ("person_id", "speaks_for__slug", "office", "rank", "period")
    for person, body, title, rank, period in rows.values_list(*columns):
        found[person].append(Office(body, title, rank, period.lower, period.upper))
    return found


def load_members(*, known_at: dt.datetime | None = None) -> dict[str, list[Member]]:
    """Return the dated members of every group and organisation by its slug."""
    found: dict[str, list[Member]] = defaultdict(list)
    rows = as_known(Membership, Q(), known_at)
    columns = ("group__slug", "member__slug", "member__name", "period")
    for group, member, name, period in rows.values_list(*columns):
        found[group].append(Member(member, period.lower, period.upper, name))
    return found


def _statements(row: dict[str, Any], offices: list[Office]) -> list[Statement]:
    return [_statement(row, voice) for voice in _voices(row, offices)]


def _voices(row: dict[str, Any], offices: list[Office]) -> list[Voice]:
    actor, speaks_for = row["actor__slug"], row["speaks_for__slug"] or ""
    if row["actor__kind"] != ActorKind.PERSON:
        return own_voices(actor, speaks_for)
    bare = _statement(row, Voice(speaks_for, ""))
    return person_voices(offices, speaks_for, bare.stated_on, bare.counts_from)


def _statement(row: dict[str, Any], voice: Voice) -> Statement:
    document = row["evidence__document_id"]
    return Statement(
        id=row["id"],
        claim=row["claim__slug"],
        actor=row["actor__slug"],
        speaker=row["actor__name"],
        speaks_for=voice.speaks_for,
        rank=voice.rank,
        office=voice.title,
        value=Value(row["value"]),
        condition=row["condition"],
        stated_on=row["stated_on"],
        precision=row["stated_precision"],
        document_id=document,
        canonical_document_id=row[
            "evidence__document__near_duplicate_of__near_duplicate_of_id"
        ]
        or row["evidence__document__near_duplicate_of_id"]
        or document,
        source=row["evidence__document__source__name"]
        or row["evidence__document__title"],
        source_kind=row["evidence__document__source__kind"] or "",
        quote=row["evidence__quote"],
        occasion=row["occasion"],
    )
