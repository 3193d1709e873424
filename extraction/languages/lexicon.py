"""Cue words of a language: what each says of what it governs, found in running words."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extraction.lists import lines_of
from extraction.names.words import Word, fold

FOLDER = Path(__file__).parent / "data"
CUT = re.compile(r"[\s'’\-]+")  # noqa: RUF001 - apostrophes of both kinds
GAP = {"fr": 8, "de": 12}
PARTICLES = [
    "zuruck",
    "ab",
    "an",
    "auf",
    "aus",
    "ein",
    "vor",
    "zu",
    "weg",
    "bei",
    "mit",
    "los",
    "nach",
    "durch",
    "um",
    "fest",
    "hin",
    "her",
    "offen",
    "statt",
    "klar",
]
SHORTEST_INSIDE = 5
SHORTEST_VERB = 3
FARTHEST = 25  # words between a verb and its particle
FUTURE = re.compile(
    r"[a-zà-ÿ]{4,}(?:era|ira|eront|iront|erons|irons|erai|irai|dra|dront)"
)

NO_CUE = "none"  # entries that only keep their words from being cues

Part = tuple[str, bool]


@dataclass(frozen=True)
class Pattern:
    """One entry: its words, each whole or a stem; ``gap``: the last may stand apart.

    ``alone``: it needs no object ("hesitates"), for what is spoken of is the object.
    """

    kind: str
    parts: tuple[Part, ...]
    gap: bool = False
    alone: bool = False

    @property
    def length(self) -> int:
        """Letters in all: the longer entry wins."""
        return sum(len(part) for part, _ in self.parts)


@dataclass(frozen=True)
class Op:
    """A cue found at word ``at``; ``covered`` are the positions of its words."""

    kind: str
    at: int
    covered: frozenset[int]
    alone: bool = False


@cache
def patterns(language: str) -> dict[str, list[Pattern]]:
    """Entries of the language's cue table by the first two letters, longest first."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for line in lines_of(FOLDER / f"{language}_cues.txt"):
        kind, _, listed = line.partition(":")
        for entry in listed.split(","):
            pattern = _pattern(kind, entry.strip())
            found[pattern.parts[0][0][:2]].append(pattern)
    return {
        key: sorted(each, key=lambda one: -one.length) for key, each in found.items()
    }


def _pattern(kind: str, entry: str) -> Pattern:
    gap, alone = "~" in entry, entry.endswith("!")
    words = [w for w in CUT.split(entry.replace("~", " ").rstrip("!")) if w]
    return Pattern(kind, tuple(part_of(word) for word in words), gap, alone)


def part_of(word: str) -> Part:
    """Read ``stem*`` or a whole word, folded."""
    return fold(word.removesuffix("*")), word.endswith("*")


def fits(key: str, part: Part) -> bool:
    """Whether a folded word is ``part``."""
    stem, is_stem = part
    return key.startswith(stem) if is_stem else key == stem


def forms_of(words: tuple[Word, ...], language: str) -> list[tuple[str, ...]]:
    """Each word's keys; German verbs also with the particle that ends their clause."""
    if language != "de":
        return [(word.key,) for word in words]
    ends = [_ends_clause(words, at) for at in range(len(words))]
    found = []
    for at, word in enumerate(words):
        later = range(at + 1, min(at + FARTHEST, len(words)))
        particle = next((words[i].key for i in later if ends[i]), "")
        found.append((word.key, *_joined(word.key), *_with_particle(word, particle)))
    return found


def _ends_clause(words: tuple[Word, ...], at: int) -> bool:
    """Whether a particle stands where a clause ends: before a mark, "und", the end."""
    if words[at].key not in PARTICLES:
        return False
    if at + 1 == len(words) or words[at + 1].key in {"und", "oder", "aber"}:
        return True
    return words[at + 1].start - words[at].end > 1


def _joined(key: str) -> tuple[str, ...]:
    """ "abzuschalten" is a form of "abschalten"."""
    for particle in PARTICLES:
        if key.startswith(f"{particle}zu") and len(key) > len(particle) + 5:
            return (particle + key[len(particle) + 2 :],)
    return ()


def _with_particle(word: Word, particle: str) -> tuple[str, ...]:
    verb = particle and not word.capitalised and len(word.key) > SHORTEST_VERB
    return (particle + word.key,) if verb else ()


def ops_in(words: tuple[Word, ...], language: str) -> list[Op]:
    """Return the cues among ``words``, in order, none overlapping another."""
    forms = forms_of(words, language)
    table = patterns(language)
    found: list[tuple[int, Op]] = []
    for at, each in enumerate(forms):
        for form in each:
            for pattern in table.get(form[:2], ()):
                covered = _covered(pattern, forms, at, form, GAP[language])
                if covered:
                    op = Op(pattern.kind, at, covered, pattern.alone)
                    found.append((pattern.length, op))
        if language == "de" and (kind := _inside(words[at])):
            found.append((1, Op(kind, at, frozenset({at}))))
        if language == "fr" and FUTURE.fullmatch(words[at].raw):
            found.append((0, Op("future", at, frozenset({at}))))
    return [op for op in _longest(found) if op.kind != NO_CUE]


def _covered(
    pattern: Pattern, forms: list[tuple[str, ...]], at: int, form: str, gap: int
) -> frozenset[int]:
    first, *rest = pattern.parts
    if not fits(form, first):
        return frozenset()
    if pattern.gap:
        *middle, last = rest
        places = [*range(at + len(middle) + 1, min(len(forms), at + gap))]
        places += range(max(0, at - gap), at) if gap > GAP["fr"] else []
        end = next((i for i in places if _any(forms[i], last)), None)
        if end is None or not _follow(forms, at, middle):
            return frozenset()
        return frozenset({*range(at, at + len(middle) + 1), end})
    if not _follow(forms, at, rest):
        return frozenset()
    return frozenset(range(at, at + len(pattern.parts)))


def _follow(forms: list[tuple[str, ...]], at: int, parts: list[Part]) -> bool:
    if at + len(parts) >= len(forms) + (not parts):
        return False
    return all(_any(forms[at + 1 + i], part) for i, part in enumerate(parts))


def _any(forms: tuple[str, ...], part: Part) -> bool:
    return any(fits(form, part) for form in forms)


def _inside(word: Word) -> str:
    """A compound that ends in a word of undoing: "Lieferstopp", "Kohleausstieg"."""
    if not word.capitalised:
        return ""
    return next(("reverse" for stem in _undoing() if stem in word.key[3:]), "")


@cache
def _undoing() -> tuple[str, ...]:
    return tuple(
        pattern.parts[0][0]
        for each in patterns("de").values()
        for pattern in each
        if pattern.kind == "reverse"
        and pattern.length >= SHORTEST_INSIDE
        and len(pattern.parts) == 1
    )


def _longest(found: list[tuple[int, Op]]) -> list[Op]:
    taken: set[int] = set()
    kept = []
    for _, op in sorted(found, key=lambda item: (-item[0], item[1].at)):
        if op.at not in taken and not op.covered & taken:
            kept.append(op)
            taken |= op.covered
    return sorted(kept, key=lambda op: op.at)
