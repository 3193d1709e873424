"""A French or German text as the rules read it, ready for the network."""

from collections.abc import Iterator

from extraction.engine import RuleExtractor
from extraction.interface import (
    Candidate,
    Document,
    Kind,
    KnownActor,
    KnownClaim,
    Span,
)
from extraction.languages.claims import in_english
from extraction.languages.days import said_on
from extraction.languages.detection import detect
from extraction.languages.glosses import Glossed, glosses
from extraction.languages.people import FIRST_PERSON
from extraction.languages.people import Holder as Meant
from extraction.languages.reader import ForeignReading
from extraction.languages.seen import Seen
from extraction.languages.wording import sentences_of
from extraction.names.resolved import Resolved, speaks_for
from extraction.trained.facts import Anchored, sentence_at
from extraction.trained.judged import Judged
from extraction.trained.text import Text
from extraction.trained.units import Holder, How, Units, each_once

BRIEF = 9  # words of a sentence that may be an answer


class ForeignUnits(Units):
    """The holders of every sentence of a French or German text.

    ``seen`` is what the rules saw of each sentence, and of the quotations in it.
    """

    def __init__(self, reading: ForeignReading) -> None:
        document, actors = reading.document, reading.naming.gazetteer.actors
        super().__init__(document, document.title, actors, sentences_of(document.text))
        self.reading = reading
        self.glossed = Glossed(document.text, reading.language)
        self.seen: list[list[Seen]] = [[] for _ in self.spans]
        for seen in reading.seen:
            number = sentence_at(seen.sentence.span.start, self.starts)
            while (
                number < len(self.spans)
                and self.starts[number] < seen.sentence.span.end
            ):
                self.seen[number].append(seen)
                number += 1

    def english(self, start: int, end: int) -> str:
        """Return the text from ``start`` to ``end`` word by word in English."""
        return self.glossed.between(start, end)

    @property
    def english_title(self) -> str:
        """The title word by word in English."""
        return glosses(self.reading.language).text(self.title)

    def _own(self, number: int) -> list[Holder]:
        span = self.spans[number]
        named = [
            Holder(_resolved(each), each.span.start, How.NAMED)
            for seen in self.seen[number]
            for each in seen.meant
            if span.start <= each.span.start < span.end
        ]
        said = [
            Holder(_resolved(speaker), span.start, How.SAID)
            for speaker in self._speaking(number)
            if speaker.slug
        ]
        return each_once([*sorted(named, key=lambda one: one.at), *said])

    def _speaking(self, number: int) -> Iterator[Meant]:
        yield from (seen.speaker for seen in self.seen[number] if seen.speaker)
        if author := self.reading.holding.author:
            yield author

    def _ends_paragraph(self, number: int) -> bool:
        text = self.document.text
        after = [*self.starts[number + 1 :][:1], len(text)][0]
        return "\n" in text[self.spans[number].end : after]

    def _may_be_an_answer(self, number: int) -> bool:
        words = [w for seen in self.seen[number] for w in seen.sentence.words]
        return len(words) < BRIEF or any(word.key in FIRST_PERSON for word in words)


class ForeignText(Text):
    """A French or German text, what the rules read and how a stance is written."""

    least_read = 0.4
    units: ForeignUnits

    def __init__(
        self,
        rules: RuleExtractor,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> None:
        self.reading = rules.foreign_reading(document, names, claims)
        candidates = self.reading.candidates()
        units = ForeignUnits(self.reading)
        english = [in_english(claim, detect(claim.wording)) for claim in claims]
        super().__init__(english, candidates, units, self._anchors(units))

    def write(self, one: Judged) -> Candidate:
        """Return ``one`` as a candidate: its sentence, whose it is and since when."""
        span, speaker = self.units.spans[one.sentence], one.holder.speaker
        document = self.units.document
        seen = self.units.seen[one.sentence]
        quoted = all(each.sentence.quotation is not None for each in seen)
        words = span.text(document.text)
        when = said_on(words, document.published_on, self.reading.language)
        return Candidate(
            kind=Kind.DIRECT if quoted else Kind.INDIRECT,
            content=(span,),
            claim=one.claim,
            actor=one.holder.slug,
            speaks_for=speaks_for(self.units.actors.get(one.holder.slug), document),
            value=one.value,
            source=(speaker.span,) if speaker.span.end else (),
            condition=self.condition(one),
            stated_on=when.on,
            stated_precision=when.precision,
            stated_basis=when.basis,
            actor_guesses=speaker.guesses,
        )

    def _conditions(self, number: int) -> Iterator[Span]:
        for seen in self.units.seen[number]:
            words = seen.sentence.words
            for clause in seen.clauses:
                if clause.kind == "cond":
                    yield Span(words[clause.first].start, words[clause.last - 1].end)

    def _anchors(self, units: ForeignUnits) -> Iterator[Anchored]:
        topics = self.reading.topics
        for seen in self.reading.seen:
            found = topics.find(seen.near, self.reading.around(seen.sentence))
            hinted = [] if found else topics.introduced(seen.near)
            for topic in [*found, *hinted]:
                word = seen.sentence.words[topic.at]
                yield topic.claim, sentence_at(word.start, units.starts), not found


def _resolved(meant: Meant) -> Resolved:
    return Resolved(meant.span, meant.guesses, meant.kind)
