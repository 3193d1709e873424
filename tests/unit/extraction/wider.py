"""Actors and claims of further policy fields, for tests of plain press sentences."""

from datetime import date

from extraction.engine import RuleExtractor
from extraction.interface import (
    Document,
    KnownActor,
    KnownClaim,
    Name,
    Office,
)
from extraction.value import NUMBERS
from tests.unit.extraction.world import ACTORS, PUBLISHED, country, person


def body(slug: str, name: str, *aliases: str) -> KnownActor:
    """Return an organisation."""
    return KnownActor(slug, "organisation", name, tuple(Name(a) for a in aliases))


def leader(slug: str, name: str, of: str, office: str, rank: str) -> KnownActor:
    """Return somebody who leads ``of`` since 2022."""
    return person(slug, name, Office(of, office, rank, date(2022, 1, 1)))


HEAD, CHIEF = "head_of_government", "head_of_organisation"
WIDER_ACTORS = [
    *ACTORS,
    country("gr", "Greece"),
    country("at", "Austria"),
    country("dk", "Denmark"),
    country("pt", "Portugal"),
    KnownActor("ru", "country", "Russia", (Name("the Kremlin", "metonym"),)),
    body("landlords", "Landlords' League", "the League"),
    body("fishers", "Coastal Fishers' Federation", "the Fishers' Federation"),
    body("left", "Red Left"),
    body("teachers", "Teachers' Union"),
    body("steelco", "Nordstahl"),
    leader("mona-berg", "Mona Berg", "left", "Leader", CHIEF),
    leader("otto-klee", "Otto Klee", "at", "Chancellor", HEAD),
    leader("dora-lysander", "Dora Lysander", "gr", "Prime minister", HEAD),
    leader("ivan-petrov", "Ivan Petrov", "teachers", "Director", CHIEF),
    leader("bo-dahl", "Bo Dahl", "dk", "Prime minister", HEAD),
]
WIDER_CLAIMS = [
    KnownClaim("rent-cap", "A cap on rents", "Cities should cap rents"),
    KnownClaim(
        "quotas",
        "Lower fishing quotas",
        "Governments should cut fishing quotas in the Baltic",
    ),
    KnownClaim("phones", "Phones out of schools", "Schools should ban mobile phones"),
    KnownClaim("cannabis", "Legal cannabis", "Governments should legalise cannabis"),
    KnownClaim(
        "sanctions",
        "Lifting the sanctions on Belarus",
        "The European Union should lift its sanctions on Belarus",
    ),
    KnownClaim(
        "troops",
        "Western soldiers in Ukraine",
        "European countries should send soldiers to Ukraine",
    ),
    KnownClaim(
        "no-stadium-money",
        "No public money for stadiums",
        "Public money must not be spent on football stadiums",
    ),
    KnownClaim(
        "conscription",
        "Return of conscription",
        "European countries should reintroduce conscription",
    ),
]


def signs(text: str, *, title: str = "", author: str = "") -> dict[str, int]:
    """Return the sign, -1 to 1, of each "actor claim" proposed for ``text``."""
    document = Document(text, published_on=PUBLISHED, title=title, author=author)
    found = RuleExtractor().extract(document, WIDER_ACTORS, WIDER_CLAIMS)
    numbers = {
        f"{one.actor} {one.claim}": NUMBERS[one.value]
        for one in found
        if one.value and one.actor
    }
    return {key: (number > 0) - (number < 0) for key, number in numbers.items()}
