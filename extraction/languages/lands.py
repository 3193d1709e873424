"""Countries, seats of government and offices as French and German texts call them."""

from dataclasses import dataclass
from functools import cache

from extraction.languages.lexicon import CUT, FOLDER, Part, fits, part_of
from extraction.lists import lines_of

COLUMNS = {"fr": 1, "de": 4}


@dataclass(frozen=True)
class Land:
    """How one language names a country; ``code`` is ISO 3166-1 alpha-2, lower case."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[Part, ...]
    seats: tuple[str, ...]


@cache
def lands(language: str) -> tuple[Land, ...]:
    """Return the countries in ``language``."""
    lines = lines_of(FOLDER / "countries.txt")
    return tuple(_land(line, COLUMNS[language]) for line in lines)


def _land(line: str, first: int) -> Land:
    columns = line.split("|")
    names, adjectives, seats = (
        tuple(cell.strip() for cell in columns[i].split(",") if cell.strip())
        for i in range(first, first + 3)
    )
    return Land(columns[0], names, tuple(map(part_of, adjectives)), seats)


@cache
def by_adjective(key: str, language: str) -> str:
    """Return the code of the country whose adjective the folded word is, or ""."""
    for land in lands(language):
        if any(fits(key, part) for part in land.adjectives):
            return land.code
    return ""


@cache
def places(language: str) -> dict[tuple[str, ...], str]:
    """Map the folded words of each country's names and seats to its code."""
    found = {
        _keys(name): land.code
        for land in lands(language)
        for name in (*land.names, *land.seats)
    }
    return found | genitives(language) | _peoples(language)


@cache
def genitives(language: str) -> dict[tuple[str, ...], str]:
    """Map the genitives of countries and seats to their codes: "Dänemarks"."""
    if language != "de":
        return {}
    return {
        (*keys[:-1], keys[-1] + "s"): land.code
        for land in lands(language)
        for name in (*land.names, *land.seats)
        if (keys := _keys(name)) and not keys[-1].endswith("s")
    }


def _peoples(language: str) -> dict[tuple[str, ...], str]:
    """Map the peoples that stand for their countries to their codes: "die Dänen"."""
    lines = lines_of(FOLDER / f"{language}_peoples.txt")
    rows = (line.partition(":") for line in lines)
    return {_keys(name): code for code, _, names in rows for name in names.split(",")}


@cache
def seats(language: str) -> frozenset[tuple[str, ...]]:
    """Return the folded words of every seat of government."""
    return frozenset(_keys(seat) for land in lands(language) for seat in land.seats)


@cache
def offices(language: str) -> dict[tuple[str, ...], str]:
    """Map the folded words of each office to what offices.py calls it."""
    found: dict[tuple[str, ...], str] = {}
    for line in lines_of(FOLDER / f"{language}_offices.txt"):
        office, _, listed = line.partition(":")
        found |= {_keys(words): office for words in listed.split(",")}
    return found


def _keys(words: str) -> tuple[str, ...]:
    return tuple(part_of(word)[0] for word in CUT.split(words.strip()) if word)
