"""Positions and timelines read from the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from actors.models import Rank
from claims.models import Stance, StanceState, StanceValue
from claims.positions import (
    actor_timeline,
    actor_timelines,
    changes,
    claim_timelines,
    country_positions,
)
from claims.statements import load_statements, of_claims
from claims.timeline.groups import Verdict
from claims.timeline.statements import Rule
from extraction.interface import Value
from tests.factories.actors import (
    AffiliationFactory,
    CountryFactory,
    PersonFactory,
    period,
)
from tests.factories.claims import EvidenceFactory, StanceFactory
from tests.factories.sources import DocumentFactory
from tests.factories.world import World
from tests.unit import reference_positions as reference

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


def value_of(world: World, day: date = DAY, **asked: Any) -> Value | None:
    """Return France's value on the claim, None where it has none."""
    rows = country_positions(claim=world.claim, as_of=day, **asked)
    return next((row.value for row in rows if row.actor == world.france), None)


def test_a_presidents_words_make_the_countrys_position() -> None:
    world = World()
    stance = world.said()
    rows = country_positions(claim=world.claim, as_of=DAY)
    france = next(row for row in rows if row.actor == world.france)
    assert [s.id for s in france.stances] == [stance.pk]
    assert france.since == stance.stated_on
    assert france.thin
    assert france.reasons[0].startswith("Anne Chef (President) supported it")


def test_a_country_without_a_statement_has_no_row() -> None:
    world = World()
    world.said()
    slugs = [r.actor.slug for r in country_positions(claim=world.claim, as_of=DAY)]
    assert slugs == ["fr", "pair"]


def test_a_group_is_rolled_up_from_its_members() -> None:
    world = World()
    world.said()
    world.said(actor=world.germany, speaks_for=world.germany, value=StanceValue.OPPOSE)
    group = country_positions(claim=world.claim, as_of=DAY)[-1]
    assert group.value is None
    assert group.roll_up is not None
    assert group.roll_up.verdict == Verdict.SPLIT
    assert group.roll_up.counts[Value.OPPOSE] == 1


@pytest.mark.parametrize("state", [StanceState.DRAFT, StanceState.RETRACTED])
def test_only_published_stances_count(state: str) -> None:
    world = World()
    reason = "Misread." if state == StanceState.RETRACTED else ""
    world.said(state=state, retraction_reason=reason)
    assert country_positions(claim=world.claim, as_of=DAY) == []


def test_words_after_the_office_ended_are_another_voice() -> None:
    world = World()
    world.office.period = period(date(2017, 5, 14), date(2024, 2, 26))
    world.office.save(update_fields=["period"])
    world.said()
    assert value_of(world) is None
    timeline = actor_timeline(claim=world.claim, actor=world.france)
    assert [s.rank for s in timeline.voices.others] == ["unaffiliated"]


def test_the_last_day_in_office_still_counts() -> None:
    world = World()
    world.office.period = period(date(2017, 5, 14), date(2024, 2, 27))
    world.office.save(update_fields=["period"])
    world.said()
    assert value_of(world) == Value.SUPPORT


def test_a_person_changing_office_speaks_for_another_body() -> None:
    world = World()
    AffiliationFactory.create(
        person=world.president,
        speaks_for=world.group,
        office="Secretary General",
        rank=Rank.HEAD_OF_ORGANISATION,
        period=period(date(2025, 1, 1), None),
    )
    world.said()
    world.said(
        speaks_for=world.group, value=StanceValue.OPPOSE, stated_on=date(2025, 2, 1)
    )
    rows = country_positions(claim=world.claim, as_of=date(2025, 2, 2))
    held = {row.actor.slug: row.value for row in rows}
    assert held == {"fr": Value.SUPPORT, "pair": Value.OPPOSE}


def test_a_body_left_open_is_found_by_the_office_of_the_day() -> None:
    world = World()
    world.said(speaks_for=None)
    assert value_of(world) == Value.SUPPORT
    timeline = actor_timeline(claim=world.claim, actor=world.france)
    assert len(timeline.periods) == 2  # until it turns stale, and after


def test_opposition_is_shown_and_never_counts() -> None:
    world = World()
    world.said()
    world.said(
        actor=world.opponent, value=StanceValue.OPPOSE, stated_on=date(2024, 2, 27)
    )
    timeline = actor_timeline(claim=world.claim, actor=world.france)
    assert value_of(world) == Value.SUPPORT
    assert [s.actor for s in timeline.voices.others] == ["opponent"]


def test_wire_copies_count_once() -> None:
    world = World()
    original = DocumentFactory.create()
    copy = DocumentFactory.create(near_duplicate_of=original, similarity=0.9)
    for document in (copy, original):
        world.said(evidence=EvidenceFactory.create(document=document))
    row = country_positions(claim=world.claim, as_of=DAY)[0]
    assert row.thin
    assert [s.document_id for s in row.stances] == [original.pk]


def test_other_claims_do_not_leak_in() -> None:
    world = World()
    world.said()
    elsewhere = StanceFactory.create(actor=world.germany)
    rows = country_positions(claim=world.claim, as_of=DAY)
    assert "de" not in [row.actor.slug for row in rows]
    timelines = actor_timelines(actor=world.germany, until=DAY)
    assert [t.claim for t in timelines] == [elsewhere.claim]


def test_changes_are_listed_newest_first() -> None:
    world = World()
    world.said()
    world.said(value=StanceValue.OPPOSE, stated_on=date(2024, 2, 28))
    moves = changes(claims=[world.claim], until=DAY)
    assert [(c.period.start.day, c.period.position.change) for c in moves] == [
        (28, -4),
        (26, 0),
    ]


def test_a_timeline_ends_with_the_day_asked() -> None:
    world = World()
    world.said(stated_on=date(2024, 3, 2))
    assert claim_timelines(claim=world.claim, until=DAY) == []


# As known on a moment: events carry the time of their transaction, so these commit.


def database_time() -> datetime:
    """Ask the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@pytest.mark.django_db(transaction=True)
def test_before_a_stance_was_recorded_it_was_not_known() -> None:
    world = World()
    before = database_time()
    world.said()
    assert value_of(world, known_at=before) is None
    assert value_of(world, known_at=database_time()) == Value.SUPPORT


@pytest.mark.django_db(transaction=True)
def test_an_amended_stance_is_known_as_it_was() -> None:
    world = World()
    stance = world.said()
    before = database_time()
    Stance.objects.filter(pk=stance.pk).update(value=StanceValue.OPPOSE)
    assert value_of(world, known_at=before) == Value.SUPPORT
    assert value_of(world, known_at=database_time()) == Value.OPPOSE


@pytest.mark.django_db(transaction=True)
def test_a_retracted_stance_is_still_known_on_the_day_before() -> None:
    world = World()
    stance = world.said()
    before = database_time()
    Stance.objects.filter(pk=stance.pk).update(
        state=StanceState.RETRACTED, retraction_reason="Misread."
    )
    assert value_of(world, known_at=before) == Value.SUPPORT
    assert value_of(world, known_at=database_time()) is None


@pytest.mark.django_db(transaction=True)
def test_a_corrected_office_is_known_as_it_was() -> None:
    world = World()
    world.said()
    before = database_time()
    world.office.rank = Rank.INDEPENDENT
    world.office.save(update_fields=["rank"])
    assert value_of(world, known_at=before) == Value.SUPPORT
    assert value_of(world, known_at=database_time()) is None


@pytest.mark.django_db(transaction=True)
def test_a_deleted_office_is_gone_from_what_is_known_after_it() -> None:
    world = World()
    world.said()
    before = database_time()
    world.office.delete()
    assert value_of(world, known_at=before) == Value.SUPPORT
    assert value_of(world, known_at=database_time()) is None


# The number of queries does not grow with the number of stances.

Count = Callable[..., Any]


@pytest.mark.parametrize("stances", [1, 12])
@pytest.mark.parametrize("known_at", [None, datetime(2100, 1, 1, tzinfo=UTC)])
def test_positions_take_four_queries(
    stances: int, known_at: datetime | None, django_assert_num_queries: Count
) -> None:
    world = World()
    for number in range(stances):
        world.said(stated_on=DAY - timedelta(days=number))
        country = CountryFactory.create()
        world.said(actor=country, speaks_for=country)
    with django_assert_num_queries(4):
        rows = country_positions(claim=world.claim, as_of=DAY, known_at=known_at)
    assert len(rows) == stances + 2


def test_a_timeline_takes_three_queries(django_assert_num_queries: Count) -> None:
    world = World()
    for number in range(5):
        world.said(stated_on=DAY - timedelta(days=number))
    with django_assert_num_queries(3):
        actor_timeline(claim=world.claim, actor=world.france)


def test_the_sql_path_agrees_with_the_reference() -> None:
    world = World()
    ministers = [PersonFactory.create() for _ in range(3)]
    ranks = [Rank.MINISTER, Rank.OFFICIAL, Rank.SPOKESPERSON]
    for person, rank in zip(ministers, ranks, strict=True):
        AffiliationFactory.create(
            person=person, speaks_for=world.france, office=f"Office {rank}", rank=rank
        )
    speakers = [world.president, *ministers, world.opponent, world.france]
    for number in range(24):
        world.said(
            actor=speakers[number % len(speakers)],
            value=list(StanceValue)[number * 7 % 5],
            stated_on=DAY + timedelta(days=number * number * 3 % 700),
        )
    statements = [
        s
        for s in load_statements(of_claims([world.claim.slug]))
        if s.speaks_for == "fr"
    ]
    for offset in range(-10, 1200, 17):
        day = DAY + timedelta(days=offset)
        slow = reference.answer(statements, day, Rule())
        row = next(
            (
                r
                for r in country_positions(claim=world.claim, as_of=day)
                if r.actor == world.france
            ),
            None,
        )
        assert (row is None) == (slow is None)
        if row and slow:
            assert (row.value, row.since, row.contested, row.stale, row.thin) == (
                slow.value,
                slow.since,
                bool(slow.contested_by),
                slow.stale,
                slow.thin,
            )
