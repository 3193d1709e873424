"""The world's countries: names, adjectives, people and seats of government."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "countries.txt"


@dataclass(frozen=True)
class Country:
    """How English texts name one country; ``code`` is ISO 3166-1 alpha-2, lower case."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return every country of the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(_country(line) for line in lines if line and line[0] != "#")


def _country(line: str) -> Country:
    code, *columns = line.split("|")
    names, adjectives, people, seats = (_cells(column) for column in columns)
    return Country(code, names, adjectives, people, seats)


def _cells(column: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in column.split(",") if cell.strip())


def named(names: set[str]) -> Country | None:
    """Return the country that carries one of ``names`` (any case), or None."""
    wanted = {name.casefold() for name in names}
    for country in countries():
        if wanted & {name.casefold() for name in country.names}:
            return country
    return None


@cache
def by_adjective() -> dict[str, tuple[str, ...]]:
    """Map each nationality adjective to the country codes it can mean."""
    found: dict[str, list[str]] = {}
    for country in countries():
        for adjective in country.adjectives:
            found.setdefault(adjective.casefold(), []).append(country.code)
    return {adjective: tuple(codes) for adjective, codes in found.items()}


@cache
def by_people() -> dict[str, str]:
    """Map what the people of a country are called (casefolded) to its code."""
    found: dict[str, str] = {}
    for country in countries():
        for people in country.people:
            found.setdefault(people.casefold(), country.code)
    return found


@cache
def by_place() -> dict[str, str]:
    """Map each country name and seat (casefolded) to its country code."""
    places: dict[str, str] = {}
    for country in countries():
        for place in (*country.names, *country.seats):
            places.setdefault(place.casefold(), country.code)
    return places
