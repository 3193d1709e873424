"""The database itself refuses what an actor, name, office or membership can't be."""

from datetime import date
from typing import Any

import pytest

from actors.models import Actor, Affiliation, Alias
from tests.factories.actors import (
    AffiliationFactory,
    AliasFactory,
    CountryFactory,
    GroupFactory,
    MembershipFactory,
    PersonFactory,
    period,
)
from tests.integration.test_claims_constraints import refusal

pytestmark = pytest.mark.django_db

ACTORS = {
    "actors_actor_kind_known": {"kind": "planet", "iso2": None},
    "actors_actor_iso2_for_countries": {"iso2": "fr"},
    "actors_actor_named": {"name": " "},
}
ALIASES = {
    "actors_alias_kind_known": {"kind": "secret"},
    "actors_alias_named": {"name": " "},
}
AFFILIATIONS = {
    "actors_affiliation_rank_known": {"rank": "king"},
    "actors_affiliation_period_not_empty": {
        "period": period(date(2024, 1, 1), date(2024, 1, 1))
    },
}


@pytest.mark.parametrize(("name", "changes"), ACTORS.items())
def test_an_actor_refuses(name: str, changes: dict[str, Any]) -> None:
    rows = Actor.objects.filter(pk=CountryFactory.create().pk)
    assert refusal(lambda: rows.update(**changes)) == name


def test_only_a_country_has_an_iso_code() -> None:
    coded = refusal(lambda: PersonFactory.create(iso2="FR"))
    assert coded == "actors_actor_iso2_for_countries"


@pytest.mark.parametrize(("name", "changes"), ALIASES.items())
def test_an_alias_refuses(name: str, changes: dict[str, Any]) -> None:
    rows = Alias.objects.filter(pk=AliasFactory.create().pk)
    assert refusal(lambda: rows.update(**changes)) == name


def test_an_alias_stands_once_per_actor_whatever_its_case() -> None:
    alias = AliasFactory.create(name="the Elysée")
    again = refusal(lambda: AliasFactory.create(actor=alias.actor, name="The Elysée"))
    assert again == "actors_alias_once_per_actor"


@pytest.mark.parametrize(("name", "changes"), AFFILIATIONS.items())
def test_an_affiliation_refuses(name: str, changes: dict[str, Any]) -> None:
    rows = Affiliation.objects.filter(pk=AffiliationFactory.create().pk)
    assert refusal(lambda: rows.update(**changes)) == name


def test_the_same_office_is_not_held_twice_at_once() -> None:
    held = AffiliationFactory.create()
    again = refusal(
        lambda: AffiliationFactory.create(
            person=held.person,
            speaks_for=held.speaks_for,
            period=period(date(2020, 1, 1)),
        )
    )
    assert again == "actors_affiliation_no_overlap"


def test_an_office_can_be_held_again_after_its_end() -> None:
    held = AffiliationFactory.create(
        period=period(date(2017, 5, 14), date(2022, 5, 14))
    )
    again = AffiliationFactory.create(
        person=held.person, speaks_for=held.speaks_for, period=period(date(2022, 5, 14))
    )
    assert again.pk


def test_the_trigger_person_speaks_for_body_refuses_an_office_of_a_country() -> None:
    country = refusal(lambda: AffiliationFactory.create(person=CountryFactory.create()))
    assert country == "actors_affiliation_holder_is_person"


def test_the_trigger_person_speaks_for_body_refuses_speaking_for_a_person() -> None:
    person = refusal(
        lambda: AffiliationFactory.create(speaks_for=PersonFactory.create())
    )
    assert person == "actors_affiliation_speaks_for_body"


def test_the_trigger_member_joins_body_refuses_members_of_a_country() -> None:
    country = refusal(lambda: MembershipFactory.create(group=CountryFactory.create()))
    assert country == "actors_membership_group_has_members"


def test_the_trigger_member_joins_body_refuses_a_person_as_member() -> None:
    person = refusal(lambda: MembershipFactory.create(member=PersonFactory.create()))
    assert person == "actors_membership_member_is_body"


def test_no_group_is_a_member_of_itself() -> None:
    group = GroupFactory.create()
    itself = refusal(lambda: MembershipFactory.create(group=group, member=group))
    assert itself == "actors_membership_not_of_itself"


def test_a_membership_lasts_some_time() -> None:
    never = period(date(2024, 1, 1), date(2024, 1, 1))
    empty = refusal(lambda: MembershipFactory.create(period=never))
    assert empty == "actors_membership_period_not_empty"


def test_nobody_is_a_member_twice_at_once() -> None:
    first = MembershipFactory.create()
    again = refusal(
        lambda: MembershipFactory.create(group=first.group, member=first.member)
    )
    assert again == "actors_membership_no_overlap"
