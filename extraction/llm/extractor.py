"""The engine that asks a language model: which paragraphs matter, then who stands where.

The model only points: it names known claims and values and quotes words. Where the words
stand is looked up in the text, whom they name is decided by the rules' resolver, and dates
are read by the rules. What cannot be found is dropped and counted.
"""

from collections.abc import Callable, Iterator
from math import prod

from extraction.interface import (
    CONDITIONAL,
    Candidate,
    Document,
    Guess,
    KnownActor,
    KnownClaim,
    Span,
)
from extraction.llm.answers import Item, Relevant, Reported, read_items, schema_of
from extraction.llm.client import Client, Question
from extraction.llm.failures import AnswersUnreadableError
from extraction.llm.guarding import addresses_machine
from extraction.llm.jsontext import NoJsonError, items_in
from extraction.llm.locating import How, Located, Locator
from extraction.llm.paragraphs import (
    Paragraph,
    paragraphs_of,
    windows,
    with_neighbours,
)
from extraction.llm.prompts import (
    PROMPT_VERSION,
    RELEVANCE,
    STANCE,
    Marker,
    question,
    random_mark,
    system_prompt,
)
from extraction.llm.results import Dropped, ModelReading, Stopped
from extraction.llm.speakers import Speakers
from extraction.llm.usage import BudgetSpentError, Meter, Unlimited
from extraction.names.resolved import Resolved

LONGEST_VERSION = 50
ASKED_AGAIN = 3  # times one question is asked while its answers are no JSON
SURE = {"explicit": 0.75, "implied": 0.5}
NEARLY = 0.85
UNKNOWN_SPEAKER = 0.5


class ModelExtractor:
    """Proposes stances that a language model points out; quotes are looked up by us."""

    name = "model"

    def __init__(
        self,
        client: Client,
        *,
        meter: Meter | None = None,
        seconds: float = 180.0,
        mark: Marker = random_mark,
    ) -> None:
        """Take how many seconds one document may take."""
        self.client = client
        self.meter = meter or Unlimited()
        self.seconds = seconds
        self.mark = mark
        self.version = version_of(client.endpoint.model)

    def extract(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> list[Candidate]:
        """Propose the stances of ``names`` on ``claims`` in ``document``."""
        return self.read(document, names, claims).candidates

    def read(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> ModelReading:
        """Read ``document`` and say what it took; raises ModelError."""
        reading = ModelReading()
        if not document.text.strip() or not claims:
            return reading
        conversation = _Conversation(self, reading)
        pointed = _Pointed(document, names, claims, reading)
        try:
            for window in windows(paragraphs_of(document.text)):
                pointed.add(window, conversation.stances(document, window, claims))
        except BudgetSpentError:
            reading.stopped = Stopped.BUDGET
        except _TimeIsUpError:
            reading.stopped = Stopped.TIME
        reading.candidates = pointed.candidates()
        return reading


def version_of(model: str) -> str:
    """Return the engine's version: the model's name, shortened, and the prompt's version."""
    suffix = f" p{PROMPT_VERSION}"
    return model[-(LONGEST_VERSION - len(suffix)) :] + suffix


class _TimeIsUpError(Exception):
    """The document took as long as it may."""


class _Conversation:
    """The questions about one document."""

    def __init__(self, engine: ModelExtractor, reading: ModelReading) -> None:
        self.engine = engine
        self.reading = reading
        self.clock: Callable[[], float] = engine.client.clock
        self.deadline = self.clock() + engine.seconds

    def stances(
        self, document: Document, window: list[Paragraph], claims: list[KnownClaim]
    ) -> list[Reported]:
        """Ask what matters in ``window``, and who stands where in that."""
        relevant = self._ask(Relevant, RELEVANCE, document, window, claims)
        known = {claim.slug: claim for claim in claims}
        numbers = {paragraph.number for paragraph in window}
        chosen: dict[int, set[str]] = {}
        for item in relevant:
            slugs = set(item.claims) & known.keys()
            self._count(Dropped.UNKNOWN_CLAIM, len(set(item.claims) - known.keys()))
            self._count(Dropped.UNKNOWN_PARAGRAPH, int(item.paragraph not in numbers))
            if slugs and item.paragraph in numbers:
                chosen.setdefault(item.paragraph, set()).update(slugs)
        if not chosen:
            return []
        named = set().union(*chosen.values())
        shown = with_neighbours(window, set(chosen))
        matter = [claim for claim in claims if claim.slug in named]
        return self._ask(Reported, STANCE, document, shown, matter)

    def _count(self, reason: Dropped, times: int) -> None:
        if times:
            self.reading.dropped[reason] += times

    def _ask(
        self,
        shape: type[Item],
        task: str,
        document: Document,
        shown: list[Paragraph],
        claims: list[KnownClaim],
    ) -> list[Item]:
        mark = self.engine.mark()
        slugs = [claim.slug for claim in claims]
        items = self._items(
            Question(
                system=system_prompt(task, mark),
                user=question(document, shown, claims, mark),
                name=shape.list_name,
                schema=schema_of(shape, shape.list_name, slugs),
            )
        )
        kept, misshapen = read_items(shape, items)
        self._count(Dropped.MISSHAPEN, misshapen)
        return kept

    def _items(self, asked: Question) -> list[object]:
        """Ask until the answer is JSON, each time in a simpler way."""
        for _ in range(ASKED_AGAIN):
            if self.clock() >= self.deadline:
                raise _TimeIsUpError
            answer = self.engine.client.ask(
                asked, deadline=self.deadline, meter=self.engine.meter
            )
            self.reading.usage += answer.usage
            try:
                items, whole = items_in(answer.text, asked.name)
            except NoJsonError:
                self.reading.unreadable += 1
                self.engine.client.step_down()
                continue
            self.reading.cut_off += answer.cut_off or not whole
            return items
        raise AnswersUnreadableError


class _Pointed:
    """Turns what the model points at into candidates with spans of the text."""

    def __init__(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
        reading: ModelReading,
    ) -> None:
        self.document = document
        self.reading = reading
        self.slugs = {claim.slug for claim in claims}
        self.locator = Locator(document.text)
        self.speakers = Speakers(document, names, self.locator)
        self.found: list[tuple[Reported, Located, list[Span]]] = []

    def add(self, window: list[Paragraph], reported: list[Reported]) -> None:
        """Look up the quotes of one window."""
        spans = {paragraph.number: paragraph.span for paragraph in window}
        whole = Span(window[0].span.start, window[-1].span.end)
        for item in reported:
            reason = self._found(item, spans, whole)
            if reason:
                self.reading.dropped[reason] += 1

    def _found(
        self, item: Reported, spans: dict[int, Span], whole: Span
    ) -> Dropped | None:
        """Keep an item whose quote is in the text, or say why not."""
        if item.claim not in self.slugs:
            return Dropped.UNKNOWN_CLAIM
        if item.paragraph not in spans:
            return Dropped.UNKNOWN_PARAGRAPH
        within = [spans[item.paragraph], whole]
        located = self.locator.locate(item.quote, within)
        if located is None:
            return Dropped.QUOTE_NOT_FOUND
        if any(addresses_machine(words) for words in self._around(located, spans)):
            return Dropped.TO_MACHINE
        self.found.append((item, located, within))
        return None

    def _around(self, located: Located, spans: dict[int, Span]) -> Iterator[str]:
        """The paragraphs that a quote stands in."""
        for span in spans.values():
            if span.start < located.span.end and located.span.start < span.end:
                yield span.text(self.document.text)

    def candidates(self) -> list[Candidate]:
        """Resolve the speakers in reading order; each act once, the surest."""
        best: dict[tuple[str, str, Span], Candidate] = {}
        for item, located, within in sorted(self.found, key=lambda f: f[1].span):
            speakers = self.speakers.named(item.speaker, within, located.span)
            if not speakers:
                self.reading.dropped[Dropped.SPEAKER_NOT_FOUND] += 1
            for speaker in speakers:
                found = self._candidate(item, located, within, speaker)
                key = (found.actor or item.speaker, found.claim, located.span)
                if key not in best or best[key].confidence < found.confidence:
                    best[key] = found
        return list(best.values())

    def _candidate(
        self, item: Reported, located: Located, within: list[Span], speaker: Resolved
    ) -> Candidate:
        when = self.speakers.when(located.span, speaker.span)
        return Candidate(
            kind=item.manner,
            content=(located.span,),
            claim=item.claim,
            actor=speaker.slug,
            speaks_for=self.speakers.speaks_for(speaker),
            value=item.value,
            source=(speaker.span,) if speaker.span.end else (),
            condition=self._condition(item, located, within),
            stated_on=when.on,
            stated_precision=when.precision,
            stated_basis=when.basis,
            confidence=confidence(item, located, speaker),
            reasons=reasons(item, located, speaker),
            actor_guesses=speaker.guesses,
            unknown=speaker.unknown,
            claim_guesses=(Guess(item.claim, SURE[item.clarity]),),
            features=parts_of(item, located, speaker),
        )

    def _condition(
        self, item: Reported, located: Located, within: list[Span]
    ) -> Span | None:
        if item.value not in CONDITIONAL or not item.condition.strip():
            return None
        found = self.locator.locate(item.condition, [located.span, *within])
        return found.span if found else None


def confidence(item: Reported, located: Located, speaker: Resolved) -> float:
    """How sure a proposal is: as clear as the words are, less for vague parts.

    0.75 (explicit) or 0.5 (implied), times how surely the speaker is known (0.5 while
    unknown), times 0.85 where the quote was found only nearly.
    """
    return round(prod(parts_of(item, located, speaker).values()), 3)


def parts_of(item: Reported, located: Located, speaker: Resolved) -> dict[str, float]:
    """How sure each part of a proposal is; their product is the confidence."""
    return {
        "sure_words": SURE[item.clarity],
        "sure_speaker": min(1.0, speaker.score or UNKNOWN_SPEAKER),
        "sure_quote": NEARLY if located.how is How.FUZZY else 1.0,
    }


def reasons(item: Reported, located: Located, speaker: Resolved) -> tuple[str, ...]:
    """Say why, in our words only: nothing that the model wrote freely is shown."""
    who = speaker.guesses[0].reasons if speaker.guesses else ()
    return (
        *who,
        f"The language model reads this as {item.clarity}",
        f"The quote is in the text {located.how}",
    )
