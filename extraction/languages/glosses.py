"""French and German texts word by word in English, for the network that reads English.

``data/glosses/*.txt`` have a line ``word|English`` for each form of a word, no English where
the word is left out; ``lehnt ab|reject`` is a German verb with what stands apart from it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from unicodedata import normalize

from extraction.lists import lines_of, word_set

FOLDER = Path(__file__).parent / "data" / "glosses"
ELIDED = {
    "l": "the", "d": "of", "c": "it", "j": "i", "qu": "that", "n": "", "s": "", "m": "",
    "t": "", "jusqu": "until", "lorsqu": "when", "puisqu": "since", "quoiqu": "although",
    "quelqu": "some", "presqu": "almost", "aujourd": "today",
}  # fmt: skip
APOSTROPHES = "'’"  # noqa: RUF001
LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"  # accents may stand apart
PIECE = re.compile(
    rf"\b(?:{'|'.join(ELIDED)})[{APOSTROPHES}](?=\w)"
    rf"|{LETTERS}(?:-{LETTERS})*|\d+(?:[.,]\d+)*|\S",
    re.IGNORECASE,
)
JOINS = word_set("und oder als wie sowie aber denn weil")
PARTICLES = word_set(
    "ab an auf aus bei ein entgegen fest fort frei her heraus herbei hervor hin hinaus hinzu los "
    "mit nach nieder offen statt teil um vor voran voraus vorbei vorweg weg weiter wider zu "
    "zurück zusammen dar durch über unter bereit"
)
FAR = 24  # words between a German verb and its particle
SHORTEST_PART, LINKS = 3, ("", "s", "es", "n", "en", "er", "e")
LONGEST_PHRASE = 5  # words
LONGEST_WORD = 60  # letters of a word that is taken apart


def listed(path: Path) -> dict[str, str]:
    """Return the words of a list with their English, as ``Glosses`` looks them up."""
    rows = (line.partition("|") for line in lines_of(path))
    return {word.casefold(): intern(english) for word, _, english in rows}


@cache
def glosses(language: str) -> "Glosses":
    """Return the glosses of ``language``, "fr" or "de", loaded once a process."""
    return Glosses(language)


class Glosses:
    """The English of one language's words."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.table = listed(FOLDER / f"{language}.txt")
        several = [word.split() for word in self.table if " " in word]
        self.openers = frozenset(words[0] for words in several)
        self.particles = frozenset(w[1] for w in several if w[1] in PARTICLES)
        self.of = lru_cache(maxsize=20_000)(self._of)

    def text(self, words: str) -> str:
        """Return ``words`` in English, word by word."""
        return " ".join(english for _, english in self.pieces(words))

    def pieces(self, words: str) -> list[tuple[int, str]]:
        """Return the English of each word and sign, and where it stands; none is empty."""
        found = [(m.start(), m.group()) for m in PIECE.finditer(words)]
        keys = [_key(one) for _, one in found]
        english = [self.of(one) for _, one in found]
        for at, verb in self._apart(keys):
            english[verb] = self.table[f"{keys[verb]} {keys[at]}"]
            english[at] = ""
        for first, last in self._phrases(keys):
            english[first] = self.table[" ".join(keys[first:last])]
            english[first + 1 : last] = [""] * (last - first - 1)
        return [(at, one) for (at, _), one in zip(found, english, strict=True) if one]

    def _phrases(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Where phrases stand: "à moins que", "es sei denn"; the longest, none overlapping."""
        at = 0
        while at < len(words):
            last = self._end(words, at) if words[at] in self.openers else 0
            if last:
                yield at, last
            at = last or at + 1

    def _end(self, words: list[str], at: int) -> int:
        """Where the longest phrase that begins at ``at`` ends, 0 where none does."""
        for last in range(min(len(words), at + LONGEST_PHRASE), at + 1, -1):
            particle = last == at + 2 and words[at + 1] in self.particles
            if " ".join(words[at:last]) in self.table and not particle:
                return last
        return 0

    def _apart(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Where particles end a clause, and the verbs before that they belong to."""
        for at, particle in enumerate(words):
            after = words[at + 1] if at + 1 < len(words) else "."
            ends = not after[0].isalpha() or after in JOINS
            if not ends or particle not in self.particles:
                continue
            for verb in range(at - 1, max(-1, at - FAR), -1):
                if f"{words[verb]} {particle}" in self.table:
                    yield at, verb
                    break

    def _of(self, word: str) -> str:
        """The English of one word; itself where neither it nor its parts are known."""
        key = _key(word)
        if key[-1] in APOSTROPHES and len(key) > 1:
            return ELIDED[key[:-1]]
        if key in self.table:
            return self.table[key]
        if "-" in key.strip("-"):
            return " ".join(self.of(part) for part in word.split("-") if part)
        if self.language == "de" and key.isalpha() and len(key) <= LONGEST_WORD:
            parts = self._parts(key)
            if parts:
                return " ".join(parts)
        return word

    def _parts(self, word: str) -> list[str]:
        """The English of the known words that a German compound is made of."""
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            last = self.table.get(word[at:])
            firsts = [
                word[:at].removesuffix(link)
                for link in LINKS
                if last and word[:at].endswith(link)
            ]
            for first in firsts:
                known = self.table.get(first, "")
                parts = [known] if known else self._parts(first)
                if last and parts:
                    return [*parts, last]
        return []


def _key(word: str) -> str:
    """How the lists write ``word``."""
    return normalize("NFC", word).casefold().replace(APOSTROPHES[1], APOSTROPHES[0])


class Glossed:
    """A whole text in English, word by word, of which stretches can be asked for."""

    def __init__(self, text: str, language: str) -> None:
        self.pieces = glosses(language).pieces(text)
        self.starts = [at for at, _ in self.pieces]

    def between(self, start: int, end: int) -> str:
        """Return the English of the words that begin from ``start`` to before ``end``."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return " ".join(english for _, english in self.pieces[first:last])
