"""An English text as the rules read it, ready for the network."""

from collections.abc import Iterator

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from extraction.engine import RuleExtractor, Writer
from extraction.interface import (
    Attribution,
    Candidate,
    Document,
    Kind,
    KnownActor,
    KnownClaim,
    Span,
)
from extraction.lists import word_set
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved, as_resolved
from extraction.reading import Draft, TextReading
from extraction.state import State
from extraction.trained.facts import Anchored, sentence_at
from extraction.trained.judged import Judged
from extraction.trained.text import Text
from extraction.trained.units import Holder, How, Units, each_once
from extraction.value import Reading, conditions_in
from extraction.voices import Voice

PRONOUNS = word_set(
    "he she it they him her them his its their hers theirs himself herself itself themselves "
    "i we me us my our ours myself ourselves who whom whose both neither all none"
)
FIRST_PERSON = word_set("i we my our me us")
DETERMINED = frozenset({"det", "poss", "nmod", "amod", "compound"})
BRIEF = 9  # tokens of a sentence that may be an answer


class EnglishUnits(Units):
    """The holders of every sentence of an English text."""

    def __init__(self, reading: TextReading) -> None:
        self.sentences = [s for s in reading.doc.sents if s.text.strip()]
        super().__init__(
            reading.document,
            reading.title,
            reading.resolver.gazetteer.actors,
            [Span(s.start_char, s.end_char) for s in self.sentences],
        )
        self.reading = reading
        self.resolver = reading.resolver
        self._said = list(self._attributed())

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

    def _own(self, number: int) -> list[Holder]:
        sentence = self.sentences[number]
        named = [
            Holder(speaker, at, How.NAMED)
            for token in sentence
            for speaker, at in self._meant(token)
        ]
        said = [
            Holder(speaker, sentence.start_char, How.SAID)
            for speaker in self._speaking(sentence)
        ]
        return each_once([*named, *said])

    def _ends_paragraph(self, number: int) -> bool:
        return self.sentences[number][-1].is_space

    def _may_be_an_answer(self, number: int) -> bool:
        sentence = self.sentences[number]
        words = {token.lower_ for token in sentence}
        return bool(words & FIRST_PERSON) or len(sentence) < BRIEF

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


class EnglishText(Text):
    """An English text, what the rules read in it and how a stance in it is written."""

    least_read = 0.01
    units: EnglishUnits

    def __init__(
        self,
        rules: RuleExtractor,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> None:
        self.reading = rules.reading(document, names, claims)
        self.writer = Writer(self.reading)
        candidates = rules.candidates(self.reading)
        units = EnglishUnits(self.reading)
        read = [one.claim for one in self.reading.matcher.profiles.values()]
        super().__init__(read, candidates, units, self._anchors(units))

    def write(self, one: Judged) -> Candidate:
        """Return ``one`` as a candidate: its sentence, whose it is and since when."""
        sentence = self.units.sentences[one.sentence]
        return self.writer.candidate(
            Draft(
                voice=self.units.voice(one.holder, sentence),
                claim=one.claim,
                reading=Reading(one.value, self.condition(one), score=1.0),
                at=sentence.root,
                certainty=1.0,
            )
        )

    def _conditions(self, number: int) -> Iterator[Span]:
        yield from (s for s, _ in conditions_in(self.units.sentences[number]))

    def _anchors(self, units: EnglishUnits) -> Iterator[Anchored]:
        for anchor in self.reading.anchors:
            at = sentence_at(anchor.token.sent.start_char, units.starts)
            yield anchor.claim, at, anchor.hint


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
