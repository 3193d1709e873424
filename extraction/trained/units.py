"""Who may hold a stance in which sentence, and at which of its words he stands."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from extraction.interface import Document, Guess, KnownActor, Span
from extraction.names.resolved import Resolved

FEWEST_QUESTIONS = 3  # in an interview
TITLED = 0.7  # how surely the title's person is meant
AROUND_WORDS = ".,:;!?'\"«»„“”"


class How(StrEnum):
    """How a sentence has to do with an actor."""

    NAMED = "named"  # a name, pronoun or description stands in it
    SAID = "said"  # its words are reported as his, or he is the author
    CARRIED = "carried"  # he was spoken of just before


@dataclass(frozen=True)
class Holder:
    """An actor who may hold a stance in a sentence.

    ``at`` is the code point where the words for him begin; where there are none, the
    sentence's first.
    """

    speaker: Resolved
    at: int
    how: How

    @property
    def slug(self) -> str:
        """The actor's slug."""
        return self.speaker.slug


class Units(ABC):
    """The holders of every sentence of one text: what the trained reader judges.

    ``spans`` are the sentences, in order; each language says who is named and who speaks.
    """

    def __init__(
        self,
        document: Document,
        title: str,
        actors: Mapping[str, KnownActor],
        spans: list[Span],
    ) -> None:
        self.document = document
        self.title = title
        self.actors = actors
        self.spans = spans
        self.starts = [span.start for span in spans]

    @cached_property
    def _found(self) -> list[list[Holder]]:
        return list(self._all())

    def of(self, number: int) -> list[Holder]:
        """Return who may hold a stance in a sentence, each once, in reading order."""
        return self._found[number]

    def words(self, number: int) -> str:
        """Return a sentence as it stands in the text."""
        return self.spans[number].text(self.document.text)

    def english(self, start: int, end: int) -> str:
        """Return what the network reads of the text from ``start`` to ``end``."""
        return self.document.text[start:end]

    @property
    def english_title(self) -> str:
        """What the network reads of the title."""
        return self.title

    @abstractmethod
    def _own(self, number: int) -> list[Holder]:
        """Who is named in a sentence or said to speak it, each once."""

    @abstractmethod
    def _ends_paragraph(self, number: int) -> bool:
        """Whether the next sentence begins a paragraph."""

    @abstractmethod
    def _may_be_an_answer(self, number: int) -> bool:
        """Whether a sentence has "I" or "we", or is too short to say whose it is."""

    def _all(self) -> Iterator[list[Holder]]:
        """Yield the holders of each sentence, those of the sentences before included."""
        interview = self._is_interview()
        opening = self._titled()
        leading: Holder | None = None  # of the paragraph
        before: list[Holder] = []
        fresh = True
        for number, start in enumerate(self.starts):
            own = self._own(number)
            carried = [*before[:1], *([leading] if leading else [])]
            if opening and (interview or self._may_be_an_answer(number)):
                carried.append(opening)
            yield _in_order([*own, *_carried(carried, own, start)])
            strong = _strong(own)
            if fresh or leading is None:
                leading = strong[0] if strong else None
            people = [one for one in own if one.speaker.kind == "person"]
            opening = opening or (people[0] if people else None)
            before = strong or before
            fresh = self._ends_paragraph(number)

    def _is_interview(self) -> bool:
        numbers = range(len(self.spans))
        asked = sum(self.words(number).rstrip().endswith("?") for number in numbers)
        return asked >= FEWEST_QUESTIONS

    def _titled(self) -> Holder | None:
        """The one person whom the title names by the last name."""
        words = {word.strip(AROUND_WORDS) for word in self.title.split()}
        words |= {word.removesuffix("’s").removesuffix("'s") for word in words}  # noqa: RUF001
        people = [actor for actor in self.actors.values() if actor.kind == "person"]
        named = [actor for actor in people if actor.name.split()[-1] in words]
        if len(named) != 1:
            return None
        guess = Guess(named[0].slug, TITLED, ("is whom the title names",))
        return Holder(Resolved(Span(0, 0), (guess,)), 0, How.CARRIED)


def each_once(holders: Iterable[Holder]) -> list[Holder]:
    """Return the first of ``holders`` for each actor."""
    found: dict[str, Holder] = {}
    for one in holders:
        found.setdefault(one.slug, one)
    return list(found.values())


def _carried(
    holders: Iterable[Holder], own: list[Holder], start: int
) -> Iterator[Holder]:
    """Those of ``holders`` who are none of the sentence's ``own``, each once."""
    known = {one.slug for one in own}
    for one in holders:
        if one.slug not in known:
            known.add(one.slug)
            yield Holder(one.speaker, start, How.CARRIED)


def _strong(own: list[Holder]) -> list[Holder]:
    """Whom the next sentence may go on about: the named, else who speaks."""
    named = [one for one in own if one.how is How.NAMED]
    return sorted(named, key=lambda one: one.at) or own


def _in_order(holders: list[Holder]) -> list[Holder]:
    return sorted(holders, key=lambda one: (one.at, one.slug))
