"""What words of French and German texts are called in English: their concepts.

The concepts are those that the claims' own words have, so that a claim worded in English
is found in these texts. Words of both languages that look alike need no entry.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from extraction.languages.lexicon import CUT, FOLDER, Part, fits, forms_of, part_of
from extraction.lists import lines_of
from extraction.names.words import Word, fold
from extraction.thesaurus import table

LETTERS = str.maketrans({"k": "c", "z": "c", "y": "i"})
LEAST_ALIKE = 5
SHARE_ALIKE = 0.75
SHORTEST_INSIDE = 4
SHORTEST_FIRST = 3  # letters of a compound's first part: no wolf in "zwölf"
LONGEST_ENDING = 4
KNOWN_WORDS = 20_000  # of which the entries are remembered
TAGS = ("", "/NOUN", "/VERB", "/ADJ")


@dataclass(frozen=True)
class Entry:
    """Words of the language and the concepts they name."""

    parts: tuple[Part, ...]
    concepts: frozenset[str]


@cache
def entries(language: str) -> dict[str, list[Entry]]:
    """Entries by the first two letters, longest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for line in lines_of(FOLDER / f"{language}_words.txt"):
        listed, _, glosses = line.partition(":")
        concepts = frozenset(c for gloss in glosses.split(",") for c in named(gloss))
        for words in listed.split(","):
            entry = Entry(
                tuple(part_of(w) for w in CUT.split(words.strip()) if w), concepts
            )
            found[entry.parts[0][0][:2]].append(entry)
    return {key: sorted(each, key=_length) for key, each in found.items()}


def _length(entry: Entry) -> tuple[int, int]:
    return -len(entry.parts), -sum(len(stem) for stem, _ in entry.parts)


def named(gloss: str) -> frozenset[str]:
    """Return the concepts of an English word or phrase, as those of claims."""
    words = tuple(gloss.split())
    single, phrases = table().single, table().phrases
    found: set[str] = set()
    for word in words:
        plain, _, tag = word.partition("/")
        tags = (f"/{tag}", "") if tag else TAGS
        found |= {c for one in tags for c in single.get(plain + one, ())} | {plain}
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            found |= phrases.get(words[start:end], set())
    return frozenset(found)


def concepts_of(words: tuple[Word, ...], language: str) -> list[frozenset[str]]:
    """Return each word's concepts; those of a phrase stand at its first word."""
    forms = forms_of(words, language)
    found: list[frozenset[str]] = [frozenset()] * len(words)
    at = 0
    while at < len(words):
        entry = _entry_at(forms, at, language)
        if entry is not None:
            found[at] = entry.concepts
        if language == "de" and (entry is None or len(entry.parts) == 1):
            found[at] |= _of_compound(words[at].key)
        at += len(entry.parts) if entry else 1
    return found


def _entry_at(forms: list[tuple[str, ...]], at: int, language: str) -> Entry | None:
    for form in reversed(forms[at]):
        for entry in _beginning(form, language):
            rest = entry.parts[1:]
            if all(
                at + 1 + i < len(forms)
                and any(fits(other, part) for other in forms[at + 1 + i])
                for i, part in enumerate(rest)
            ):
                return entry
    return None


@lru_cache(maxsize=KNOWN_WORDS)
def _beginning(form: str, language: str) -> list[Entry]:
    """The entries that ``form`` may be the first word of, longest first."""
    listed = entries(language).get(form[:2], ())
    return [entry for entry in listed if fits(form, entry.parts[0])]


@cache
def _of_compound(key: str) -> frozenset[str]:
    """The concepts of the parts of a German compound: "Asyllager", "Landgrenzen"."""
    found: set[str] = set()
    at = 0
    while at < len(key) - SHORTEST_INSIDE + 1:
        entry = None if 0 < at < SHORTEST_FIRST else _stem_at(key, at)
        if entry is None:
            at += 1
            continue
        if at:
            found |= entry.concepts
        at += len(entry.parts[0][0])
    return frozenset(found)


def _stem_at(key: str, at: int) -> Entry | None:
    for entry in entries("de").get(key[at : at + 2], ()):
        stem, is_stem = entry.parts[0]
        if len(entry.parts) > 1 or (at and len(stem) < SHORTEST_INSIDE):
            continue
        if key.startswith(stem, at) and (is_stem or not at or key[at:] == stem):
            return entry
    return None


@cache
def alike(key: str, concept: str) -> bool:
    """Whether a word and an English concept are cognates: "Reaktor", "reactor"."""
    first, second = key.translate(LETTERS), fold(concept).translate(LETTERS)
    if concept[:1] == "@" or min(len(first), len(second)) < LEAST_ALIKE:
        return False
    shared = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    return shared >= max(
        LEAST_ALIKE, SHARE_ALIKE * max(len(second), len(first) - LONGEST_ENDING)
    )
