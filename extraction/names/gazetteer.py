"""Every way the known actors are written, and where a text writes them."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from extraction.countries import Country, by_adjective, named
from extraction.interface import KnownActor
from extraction.names.offices import phrases_of
from extraction.names.words import Word, fold, keys_of, words_of

SCORES = {"name": 1.0, "metonym": 0.85, "description": 0.9, "misspelling": 0.95}
PARTICLES = {"von", "van", "de", "der", "den", "del", "della", "di", "da", "la", "le"}
PARTICLES |= {"el", "al", "bin", "ben", "ter", "dos", "du", "zu", "st", "mc", "mac"}
SURNAME_RATIO = 88.0
LONE_SURNAME_RATIO = 90.0
LONE_SURNAME_LENGTH = 7
SHORT_SURNAME_LENGTH = 4
SOUND_ALIKE = ({"c", "k"}, {"i", "y"}, {"i", "j"}, {"s", "z"}, {"v", "w"}, {"f", "v"})


@dataclass(frozen=True)
class Entry:
    """One way to write one actor."""

    slug: str
    how: str
    text: str
    upper: bool = False

    @property
    def score(self) -> float:
        """How surely this writing means the actor."""
        return SCORES.get(self.how, 0.9)


@dataclass(frozen=True)
class Hit:
    """Words ``[first, last)`` of a text that match ``entries``."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """Names, aliases, metonyms and surnames of the known actors."""

    def __init__(self, actors: list[KnownActor]) -> None:
        self.actors = {actor.slug: actor for actor in actors}
        self.countries: dict[str, str] = {}
        self._entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self.surnames: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self.offices = phrases_of(actors)
        for actor in actors:
            self._add_actor(actor)

    def _add_actor(self, actor: KnownActor) -> None:
        country = self._country(actor)
        self._add(actor, actor.name, "name")
        for alias in actor.aliases:
            self._add(
                actor, alias.text, _kind_of_alias(alias.text, alias.kind, country)
            )
        if country:
            self.countries[country.code] = actor.slug
            for name in country.names:
                self._add(actor, name, "name")
            for seat in country.seats:
                self._add(actor, seat, "metonym")
        if actor.kind == "person":
            self._add_surnames(actor)

    def _country(self, actor: KnownActor) -> Country | None:
        if actor.kind != "country":
            return None
        return named({actor.name, *(alias.text for alias in actor.aliases)})

    def _add(self, actor: KnownActor, text: str, how: str) -> None:
        keys = keys_of(text)
        if not keys:
            return
        letters = text.replace(".", "")
        upper = letters.isupper() and len(letters) <= 3
        entry = Entry(actor.slug, how, text, upper)
        known = self._entries[keys]
        if all(other.slug != actor.slug for other in known):
            known.append(entry)
        self._lengths[keys[0]].add(len(keys))

    def _add_surnames(self, actor: KnownActor) -> None:
        names = [actor.name, *(alias.text for alias in actor.aliases)]
        for name in names:
            for keys in surname_keys(name):
                entry = Entry(actor.slug, "surname", name)
                if entry.slug not in {other.slug for other in self.surnames[keys]}:
                    self.surnames[keys].append(entry)
                self._lengths[keys[0]].add(len(keys))

    def country_called(self, adjective: str) -> str:
        """Return the known country that ``adjective`` (any case) belongs to, or ""."""
        for code in by_adjective().get(adjective.casefold(), ()):
            if slug := self.countries.get(code):
                return slug
        return ""

    def scan(self, words: list[Word]) -> list[Hit]:
        """Return the longest matches, left to right, none inside another."""
        hits: list[Hit] = []
        index = 0
        while index < len(words):
            hit = self._hit_at(words, index)
            if hit:
                hits.append(hit)
            index = hit.last if hit else index + 1
        return hits

    def _hit_at(self, words: list[Word], index: int) -> Hit | None:
        for length in sorted(self._lengths.get(words[index].key, ()), reverse=True):
            found = words[index : index + length]
            keys = tuple(word.key for word in found)
            entries = [
                entry
                for entry in (
                    *self._entries.get(keys, ()),
                    *self.surnames.get(keys, ()),
                )
                if _case_fits(entry, found)
            ]
            if entries:
                best = _strongest(entries)
                return Hit(index, index + len(found), best)
        return None

    def misspelt(
        self, first: Word | None, last: Word, *, named: Set[str] = frozenset()
    ) -> Entry | None:
        """Return the one person whose name ``first last`` misspells, if any.

        ``first`` is the capitalised word before, when there is one; ``named`` are those
        whose full name the text gives: a lone surname of theirs may be shorter.
        """
        close = {
            entry.slug: entry
            for keys, entries in self.surnames.items()
            for entry in entries
            if _misspells(first, last, keys[-1], entry, met=entry.slug in named)
        }
        return next(iter(close.values())) if len(close) == 1 else None


def _kind_of_alias(text: str, kind: str, country: Country | None) -> str:
    if kind:
        return "name" if kind in {"spelling", "translation"} else kind
    seats = {fold(seat) for seat in country.seats} if country else set()
    return "metonym" if " ".join(keys_of(text)) in seats else "name"


def _case_fits(entry: Entry, found: list[Word]) -> bool:
    written = [word.raw for word in found]
    if entry.upper:
        return all(raw.isupper() for raw in written)
    wanted = [word.raw for word in words_of(entry.text)]
    return written[-1][:1].isupper() or wanted[-1][:1].islower()


def _strongest(entries: list[Entry]) -> tuple[Entry, ...]:
    full = [entry for entry in entries if entry.how != "surname"]
    return tuple(full or entries)


def surname_keys(name: str) -> list[tuple[str, ...]]:
    """Return the ways to write the surname of ``name``: "le pen", "leyen"."""
    keys = keys_of(name)
    if len(keys) < 2:
        return []
    particles = [i for i, key in enumerate(keys) if i and key in PARTICLES]
    start = particles[0] if particles else len(keys) - 1
    found = [keys[start:]]
    if len(keys) == 3 and not particles:
        found.append(keys[1:])
    return found


def _misspells(
    first: Word | None, last: Word, known: str, entry: Entry, *, met: bool
) -> bool:
    if abs(len(last.key) - len(known)) > 2 or not _starts_alike(last.key, known):
        return False
    if first is None:
        return _is_close(last.key, known, alone=True) or (
            met and _is_a_letter_off(last.key, known)
        )
    if not _first_name_fits(first.key, entry.text):
        return False
    same = first.key == keys_of(entry.text)[0]
    return _is_close(last.key, known, alone=False) or (
        same and _is_a_letter_off(last.key, known)
    )


def _is_close(written: str, known: str, *, alone: bool) -> bool:
    if written[:1] != known[:1] or min(len(written), len(known)) < 5:
        return False
    if alone and min(len(written), len(known)) < LONE_SURNAME_LENGTH:
        return False
    if Levenshtein.distance(written, known) > 2:
        return False
    return ratio(written, known) >= (LONE_SURNAME_RATIO if alone else SURNAME_RATIO)


def _is_a_letter_off(written: str, known: str) -> bool:
    """ "Falck" for "Falk", "Krane" for "Crane": of somebody that is named anyway."""
    long_enough = min(len(written), len(known)) >= SHORT_SURNAME_LENGTH
    return long_enough and Levenshtein.distance(written, known) == 1


def _starts_alike(written: str, known: str) -> bool:
    return written[:1] == known[:1] or {written[:1], known[:1]} in SOUND_ALIKE


def _first_name_fits(first: str, name: str) -> bool:
    known = keys_of(name)[0]
    return ratio(first, known) >= 80 or (len(first) == 1 and known.startswith(first))
