"""Which entries of a feed are new or changed, decided without the database or a clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sources.addresses import BadAddressError, canonical_url
from sources.cleaning import clean_line
from sources.parsing.found import FoundEntry


@dataclass(frozen=True)
class SeenEntry:
    """What is stored of an entry that was seen before."""

    pk: int
    key: str
    url: str
    title: str
    updated: str


@dataclass(frozen=True)
class Sighting:
    """One entry as the feed shows it now, in the form in which it is stored."""

    key: str
    url: str
    title: str
    updated: str
    found: FoundEntry


@dataclass(frozen=True)
class Plan:
    """What is to be done about a feed's entries."""

    new: tuple[Sighting, ...]
    changed: tuple[tuple[SeenEntry, Sighting], ...]
    unchanged: tuple[SeenEntry, ...]
    refused: tuple[str, ...]


def plan(entries: Sequence[FoundEntry], seen: Iterable[SeenEntry]) -> Plan:
    """Sort entries into new, changed, unchanged and refused.

    An entry is known by its key or, since some feeds give a new guid at every poll, by
    its address.
    """
    sightings, refused = sightings_of(entries)
    known = known_by(seen)
    new, changed, unchanged = [], [], []
    for sighting in sightings:
        before = known.get(sighting.key) or known.get(sighting.url)
        if before is None:
            new.append(sighting)
        elif (before.title, before.updated) != (sighting.title, sighting.updated):
            changed.append((before, sighting))
        else:
            unchanged.append(before)
    return Plan(tuple(new), tuple(changed), tuple(unchanged), tuple(refused))


def known_by(seen: Iterable[SeenEntry]) -> Mapping[str, SeenEntry]:
    """Index stored entries by key and by address."""
    index: dict[str, SeenEntry] = {}
    for entry in seen:
        index[entry.key] = entry
        if entry.url:
            index[entry.url] = entry
    return index


def sightings_of(entries: Sequence[FoundEntry]) -> tuple[list[Sighting], list[str]]:
    """Return each entry once with its key, and reasons for those that cannot be used."""
    guids = Counter(alias(entry.guid) for entry in entries)
    found: dict[str, Sighting] = {}
    refused = []
    for entry in entries:
        title = clean_line(entry.title, 500)
        try:
            url = canonical_url(entry.link)
        except BadAddressError as error:
            refused.append(f"“{title[:80]}”: {error}")
            continue
        key = key_of(entry, url, guids)
        found.setdefault(url, Sighting(key, url, title, entry.updated, entry))
    return list(
        {sighting.key: sighting for sighting in found.values()}.values()
    ), refused


def key_of(entry: FoundEntry, url: str, guids: Mapping[str, int]) -> str:
    """Hash the guid where it names this entry alone, else the address."""
    guid = alias(entry.guid)
    identity = guid if guid and guids[guid] == 1 else alias(url)
    return sha256(identity.encode("utf8", "replace")).hexdigest()


def alias(guid: str) -> str:
    """Ignore the difference between http and https, which feeds change back and forth."""
    return guid.strip().removeprefix("https://").removeprefix("http://")
