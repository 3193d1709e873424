"""Who may hold a stance in which sentence, and at which of its words he stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extraction.interface import Attribution, Guess, Kind, Span
from extraction.lists import word_set
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved, as_resolved
from extraction.reading import TextReading
from extraction.state import State
from extraction.voices import Voice

PRONOUNS = word_set(
    "he she it they him her them his its their hers theirs himself herself itself themselves "
    "i we me us my our ours myself ourselves who whom whose both neither all none"
)
FIRST_PERSON = word_set("i we my our me us")
DETERMINED = frozenset({"det", "poss", "nmod", "amod", "compound"})
BRIEF = 9  # tokens of a sentence that may be an answer
FEWEST_QUESTIONS = 3  # in an interview
TITLED = 0.7  # how surely the title's person is meant


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


class Units:
    """The holders of every sentence of one text: what the trained reader judges."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading
        self.resolver = reading.resolver
        self.sentences = [s for s in reading.doc.sents if s.text.strip()]
        self._said = list(self._attributed())
        self._found = dict(self._all())

    def of(self, sentence: Sentence) -> list[Holder]:
        """Return who may hold a stance in ``sentence``, each once, in reading order."""
        return self._found.get(sentence.start, [])

    def voice(self, holder: Holder, sentence: Sentence) -> Voice:
        """Return ``holder`` as the voice of ``sentence``, with the report of his words."""
        around = [
            one
            for one, speakers in self._said
            if any(speaker.slug == holder.slug for speaker in speakers)
            and _touches(one, sentence)
        ]
        report = around[0] if around else None
        kind = report.kind if report else Kind.INDIRECT
        weight, reason = holder.speaker.score, "the trained reader"
        return Voice(holder.speaker, State(), None, kind, weight, reason, report)

    def _all(self) -> Iterator[tuple[int, list[Holder]]]:
        """Yield the holders of each sentence, those of the sentences before included."""
        interview = self._is_interview()
        opening = self._titled()
        leading: Holder | None = None  # of the paragraph
        before: list[Holder] = []
        fresh = True
        for sentence in self.sentences:
            own = self._own(sentence)
            carried = [*before[:1], *([leading] if leading else [])]
            if opening and (interview or _may_be_an_answer(sentence)):
                carried.append(opening)
            yield (
                sentence.start,
                _in_order([*own, *_carried(carried, own, sentence.start_char)]),
            )
            strong = _strong(own)
            if fresh or leading is None:
                leading = strong[0] if strong else None
            people = [one for one in own if one.speaker.kind == "person"]
            opening = opening or (people[0] if people else None)
            before = strong or before
            fresh = sentence[-1].is_space

    def _is_interview(self) -> bool:
        asked = sum(s.text.rstrip().endswith("?") for s in self.sentences)
        return asked >= FEWEST_QUESTIONS

    def _titled(self) -> Holder | None:
        """The one person whom the title names by the last name."""
        words = {word.strip(".,:;!?'\"") for word in self.reading.title.split()}
        words |= {word.removesuffix("’s").removesuffix("'s") for word in words}  # noqa: RUF001
        actors = self.resolver.gazetteer.actors.values()
        people = [actor for actor in actors if actor.kind == "person"]
        named = [actor for actor in people if actor.name.split()[-1] in words]
        if len(named) != 1:
            return None
        guess = Guess(named[0].slug, TITLED, ("is whom the title names",))
        return Holder(Resolved(Span(0, 0), (guess,)), 0, How.CARRIED)

    # -- the holders that a sentence has itself ------------------------------

    def _own(self, sentence: Sentence) -> list[Holder]:
        found: dict[str, Holder] = {}
        for token in sentence:
            for speaker, at in self._meant(token):
                found.setdefault(speaker.slug, Holder(speaker, at, How.NAMED))
        for speaker in self._speaking(sentence):
            start = sentence.start_char
            found.setdefault(speaker.slug, Holder(speaker, start, How.SAID))
        return list(found.values())

    def _meant(self, token: Token) -> Iterator[tuple[Resolved, int]]:
        mention = self.resolver.mention_of(token)
        if mention is not None:
            if mention.slug and _begins(mention, token):
                yield as_resolved(mention), mention.start
        elif _may_refer(token):
            for speaker in self.resolver.peek(token):
                if speaker.slug:
                    yield speaker, token.idx

    def _attributed(self) -> Iterator[tuple[Attribution, list[Resolved]]]:
        for one in self.reading.attributions:
            speakers = [s for s in self.resolver.resolve(one.source) if s.slug]
            if speakers:
                yield one, speakers

    def _speaking(self, sentence: Sentence) -> Iterator[Resolved]:
        for one, speakers in self._said:
            if _touches(one, sentence):
                yield from speakers
        author = self.resolver.author
        if author is not None and author.slug:
            yield author


def _touches(attribution: Attribution, sentence: Sentence) -> bool:
    return any(
        span.start < sentence.end_char and sentence.start_char < span.end
        for span in attribution.content
    )


def _begins(mention: Mention, token: Token) -> bool:
    return token.idx <= mention.start < token.idx + len(token)


def _may_refer(token: Token) -> bool:
    if token.lower_ in PRONOUNS:
        return True
    return token.pos_ == "NOUN" and any(c.dep_ in DETERMINED for c in token.children)


def _may_be_an_answer(sentence: Sentence) -> bool:
    """Whether a sentence has "I" or "we", or is too short to say whose it is."""
    words = {token.lower_ for token in sentence}
    return bool(words & FIRST_PERSON) or len(sentence) < BRIEF


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
