"""Words of a text with their offsets, folded so that spellings of a name meet."""

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][\w\u0300-\u036f]*")
LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)


@dataclass(frozen=True)
class Word:
    """One word: code points ``[start, end)``, as written and folded."""

    start: int
    end: int
    raw: str
    key: str

    @property
    def capitalised(self) -> bool:
        """Whether the word starts with a capital."""
        return self.raw[:1].isupper()


def fold(text: str) -> str:
    """Strip accents, dots and case: "Séjourné" and "sejourne" become one."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(LETTERS))
    return "".join(
        char for char in decomposed if not unicodedata.combining(char) and char != "."
    )


def words_of(text: str) -> list[Word]:
    """Cut ``text`` into words, apostrophes and hyphens outside."""
    return [
        Word(match.start(), match.end(), match.group(), fold(match.group()))
        for match in WORD.finditer(text)
    ]


def keys_of(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text`` without a leading article."""
    keys = tuple(word.key for word in words_of(text))
    return keys[1:] if len(keys) > 1 and keys[0] == "the" else keys
