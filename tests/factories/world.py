"""A small world for tests of positions and pages: two countries, a group, three voices."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actors.models import Actor, Rank
from claims.models import Claim, Stance
from tests.factories.actors import (
    AffiliationFactory,
    CountryFactory,
    GroupFactory,
    MembershipFactory,
    PersonFactory,
    period,
)
from tests.factories.claims import ClaimFactory, StanceFactory


@dataclass
class World:
    """France with a president and an opponent, Germany silent, both in one group."""

    claim: Claim = field(
        default_factory=lambda: ClaimFactory.create(
            slug="ground-troops", title="Ground troops"
        )
    )
    france: Actor = field(
        default_factory=lambda: CountryFactory.create(
            slug="fr", name="France", iso2="FR"
        )
    )
    germany: Actor = field(
        default_factory=lambda: CountryFactory.create(
            slug="de", name="Germany", iso2="DE"
        )
    )
    group: Actor = field(
        default_factory=lambda: GroupFactory.create(slug="pair", name="The pair")
    )
    president: Actor = field(
        default_factory=lambda: PersonFactory.create(slug="president", name="Anne Chef")
    )
    opponent: Actor = field(
        default_factory=lambda: PersonFactory.create(slug="opponent", name="Odo Contra")
    )

    def __post_init__(self) -> None:
        self.office = AffiliationFactory.create(
            person=self.president, speaks_for=self.france
        )
        AffiliationFactory.create(
            person=self.opponent,
            speaks_for=self.france,
            office="Leader of the opposition",
            rank=Rank.OPPOSITION,
        )
        for member in (self.france, self.germany):
            MembershipFactory.create(
                group=self.group,
                member=member,
                period=period(date(1991, 1, 1), None),
            )

    def said(self, **given: Any) -> Stance:
        """Publish a stance of the president for France, unless told otherwise."""
        fields = {
            "actor": self.president,
            "speaks_for": self.france,
            "claim": self.claim,
            "stated_on": date(2024, 2, 26),
        } | given
        return StanceFactory.create(**fields)
