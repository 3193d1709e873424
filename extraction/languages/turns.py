"""Whose turn a paragraph of an interview is: the guest's, or the interviewer's."""

import re

from extraction.interface import Document
from extraction.lists import word_set
from extraction.names.words import fold

MARKS = re.compile(
    r"\b(entretien|interview|propos recueillis|im gespr[aä]ch|questions? à|nachgefragt)\b",
    re.IGNORECASE,
)
PREFIX = re.compile(r"\s*(?:[—–-]\s*)?([^\W\d_][\w'’. -]{1,40}?)\s?:\s+\S")  # noqa: RUF001
HEAD = 3  # paragraphs in which the guest is presented
FEWEST_QUESTIONS = 2
ASKING = word_set("question frage redaktion le la die der")


class Turns:
    """The paragraphs of one document, each with the speaker whose turn it is."""

    def __init__(self, document: Document) -> None:
        self.lines = document.text.split("\n")
        self.filled = [i for i, line in enumerate(self.lines) if line.strip()]
        head = "\n".join(self.lines[i] for i in self.filled[:HEAD])
        marked = MARKS.search(f"{document.title}\n{document.author}\n{head}")
        asked = [i for i in self.filled if _asks(self.lines[i])]
        self.is_interview = bool(marked and asked) or (
            len(asked) > FEWEST_QUESTIONS and len(asked) * 4 > len(self.filled)
        )
        self.head = set(self.filled[:HEAD])
        self.answers = self._answers(asked) if self.is_interview else set()

    def prefix(self, paragraph: int) -> str:
        """Return the name before the colon that opens the paragraph, "" without."""
        line = self.lines[paragraph] if paragraph < len(self.lines) else ""
        match = PREFIX.match(line)
        return match.group(1) if match else ""

    def _answers(self, asked: list[int]) -> set[int]:
        """Between two questions paragraphs alternate where their number is odd."""
        found: set[int] = set()
        for index, question in enumerate(asked):
            end = asked[index + 1] if index + 1 < len(asked) else self.lines_end
            between = [i for i in self.filled if question < i < end]
            last = index + 1 == len(asked)
            odd = len(between) % 2 == 1 and not last
            found |= set(between[::2] if odd else between)
        return found

    def asks(self, paragraph: int) -> bool:
        """Whether the interviewer speaks in a paragraph of an interview without names."""
        named = any(self.prefix(i) for i in self.answers)
        between = paragraph in self.filled and paragraph not in self.head
        return (
            self.is_interview
            and not named
            and between
            and (paragraph not in self.answers)
        )

    @property
    def lines_end(self) -> int:
        """One past the last line."""
        return len(self.lines)


def _asks(line: str) -> bool:
    return fold(line).rstrip(" »“”\"'*_").endswith("?")
