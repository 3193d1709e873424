"""Actors with names, offices and memberships for tests."""

from datetime import date
from itertools import product
from string import ascii_uppercase

import factory
from django.db.backends.postgresql.psycopg_any import (
    DateRange,
)
from factory.django import DjangoModelFactory

from actors.models import Actor, ActorKind, Affiliation, Alias, Membership, Rank

ISO_CODES = ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]


def period(start: date | None, end: date | None = None) -> DateRange:
    """Return the half-open range of days ``[start, end)``."""
    return DateRange(start, end)


class PersonFactory(DjangoModelFactory[Actor]):
    """A person without office."""

    class Meta:
        model = Actor

    kind = ActorKind.PERSON
    slug = factory.Sequence(lambda n: f"person-{n}")
    name = factory.Sequence(lambda n: f"Person {n}")


class CountryFactory(DjangoModelFactory[Actor]):
    """A country with an ISO code of its own."""

    class Meta:
        model = Actor

    kind = ActorKind.COUNTRY
    slug = factory.Sequence(lambda n: f"country-{n}")
    name = factory.Sequence(lambda n: f"Country {n}")
    iso2 = factory.Sequence(lambda n: ISO_CODES[n % len(ISO_CODES)])


class OrganisationFactory(DjangoModelFactory[Actor]):
    """An international organisation."""

    class Meta:
        model = Actor

    kind = ActorKind.ORGANISATION
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")


class GroupFactory(DjangoModelFactory[Actor]):
    """A group of countries."""

    class Meta:
        model = Actor

    kind = ActorKind.GROUP
    slug = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"Group {n}")


class AliasFactory(DjangoModelFactory[Alias]):
    """Another name of a country."""

    class Meta:
        model = Alias

    actor = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")


class AffiliationFactory(DjangoModelFactory[Affiliation]):
    """A head of state in office since 2017."""

    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    speaks_for = factory.SubFactory(CountryFactory)
    office = "President"
    rank = Rank.HEAD_OF_STATE
    period = period(date(2017, 5, 14), None)


class MembershipFactory(DjangoModelFactory[Membership]):
    """A country in a group since 1991."""

    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    member = factory.SubFactory(CountryFactory)
    period = period(date(1991, 9, 6), None)
