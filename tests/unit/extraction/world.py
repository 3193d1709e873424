"""Actors and claims of three policy fields that the extraction tests share."""

from datetime import date

from extraction.interface import KnownActor, KnownClaim, Name, Office

PUBLISHED = date(2024, 3, 6)  # a Wednesday


def country(slug: str, name: str, *aliases: str) -> KnownActor:
    """Return a country."""
    return KnownActor(slug, "country", name, tuple(Name(a) for a in aliases))


def person(slug: str, name: str, *offices: Office) -> KnownActor:
    """Return a person with offices."""
    return KnownActor(slug, "person", name, offices=offices)


ACTORS = [
    country("no", "Norway"),
    country("be", "Belgium"),
    country("ch", "Switzerland"),
    country("pl", "Poland"),
    country("lv", "Latvia"),
    country("fi", "Finland"),
    country("by", "Belarus"),
    country("es", "Spain"),
    country("fr", "France"),
    country("de", "Germany"),
    KnownActor(
        "eu",
        "organisation",
        "European Union",
        (Name("EU", "name"), Name("Brussels", "metonym")),
    ),
    KnownActor("greens", "organisation", "Green Alliance", (Name("the Greens"),)),
    KnownActor("nordics", "group", "Nordic countries", (Name("the Nordics"),)),
    person(
        "ines-moreau",
        "Inès Moreau",
        Office("fr", "Finance minister", "minister", date(2022, 1, 1)),
    ),
    person(
        "karl-lindqvist",
        "Karl Lindqvist",
        Office(
            "no",
            "Prime minister",
            "head_of_government",
            date(2020, 1, 1),
            date(2025, 1, 1),
        ),
    ),
    person(
        "sigrid-haugen",
        "Sigrid Haugen",
        Office("no", "Prime minister", "head_of_government", date(2025, 1, 1)),
    ),
    person(
        "pieter-vandamme",
        "Pieter Vandamme",
        Office("be", "Energy minister", "minister", date(2021, 1, 1)),
    ),
    person(
        "anna-keller",
        "Anna Keller",
        Office("ch", "President", "head_of_state", date(2024, 1, 1)),
    ),
    person(
        "tomasz-zielinski",
        "Tomasz Zieliński",
        Office("pl", "Interior minister", "minister", date(2023, 1, 1)),
    ),
    person(
        "maris-ozols",
        "Māris Ozols",
        Office("lv", "Prime minister", "head_of_government", date(2023, 1, 1)),
    ),
    person(
        "petra-lund",
        "Petra Lund",
        Office("greens", "Leader", "head_of_organisation", date(2023, 1, 1)),
    ),
    person(
        "jorge-saez",
        "Jorge Sáez",
        Office("es", "Economist", "independent", date(2010, 1, 1)),
    ),
]

CLAIMS = [
    KnownClaim(
        "wealth-tax",
        "A wealth tax on large fortunes",
        "Governments should introduce an annual tax on large fortunes",
    ),
    KnownClaim(
        "inheritance-tax",
        "Higher inheritance tax",
        "Governments should raise the inheritance tax",
    ),
    KnownClaim(
        "nuclear-exit",
        "Leaving nuclear power",
        "Countries should phase out nuclear power",
    ),
    KnownClaim(
        "new-reactors",
        "Building new reactors",
        "Governments should subsidise the construction of new nuclear reactors",
    ),
    KnownClaim(
        "border-closure",
        "Closing the border with Belarus",
        "Neighbouring states should close their border with Belarus",
    ),
    KnownClaim(
        "border-fence",
        "A fence along the border with Belarus",
        "Neighbouring states should build a fence along the border with Belarus",
    ),
]
