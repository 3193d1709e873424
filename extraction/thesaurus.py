"""The table of words that name the same thing, and of idioms that name nothing."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extraction.lists import lines_of
from extraction.stems import stem

FOLDER = Path(__file__).parent / "data"
SHORTEST_STEM = 5  # letters: shorter words are too often alike by chance

Phrase = tuple[str, ...]


@dataclass
class Table:
    """Concepts of single words ("word" or "word/POS"), of their stems, of phrases."""

    single: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[Phrase, set[str]] = field(default_factory=dict)
    by_first: dict[str, list[Phrase]] = field(default_factory=dict)

    def add(self, words: Phrase, concept: str) -> None:
        """Let ``words`` name ``concept``."""
        if len(words) == 1:
            self._add_word(words[0], concept)
            return
        if words not in self.phrases:
            self.by_first.setdefault(words[0], []).append(words)
        self.phrases.setdefault(words, set()).add(concept)

    def _add_word(self, word: str, concept: str) -> None:
        self.single.setdefault(word, set()).add(concept)
        if "/" not in word and len(word) >= SHORTEST_STEM:
            self.stems.setdefault(stem(word), set()).add(concept)


@cache
def table() -> Table:
    """Return the table, read once a process."""
    found = Table()
    for line in lines_of(FOLDER / "synonyms.txt"):
        words = [word.strip() for word in line.split(",")]
        concept = words[0].split("/")[0].replace(" ", "_")
        for word in words:
            found.add(_parts(word), concept)
    for phrases in found.by_first.values():
        phrases.sort(key=len, reverse=True)
    return found


@cache
def idioms() -> tuple[dict[str, list[Phrase]], dict[str, list[Phrase]]]:
    """Idioms that name nothing, and those whose first word does, by that word."""
    found: dict[str, dict[str, list[Phrase]]] = {"all": {}, "first": {}}
    for line in lines_of(FOLDER / "idioms.txt"):
        kind, _, listed = line.partition(":")
        for idiom in listed.split(","):
            words = _parts(idiom)
            found[kind].setdefault(words[0], []).append(words)
    return found["all"], found["first"]


def concepts_of(word: str, tag: str) -> frozenset[str]:
    """Return what ``word``, as a part of speech, names: its stem where unknown."""
    known = table()
    found = known.single.get(word, set()) | known.single.get(f"{word}/{tag}", set())
    if not found and len(word) >= SHORTEST_STEM:
        found = known.stems.get(stem(word), set())
    return frozenset(found or {stem(word)})


def _parts(text: str) -> Phrase:
    return tuple(p for p in text.replace("-", " ").split() if p != "the")
