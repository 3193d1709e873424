"""Who holds a stance: the model shows the words, the rules' resolver says whom they mean."""

from functools import cached_property

from spacy.tokens import Doc

from extraction.dates import When, stated_on
from extraction.interface import Document, KnownActor, Span
from extraction.llm.locating import Locator
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import Resolved, speaks_for
from extraction.names.resolver import Resolver
from extraction.names.words import keys_of
from extraction.parsing import parse


class Speakers:
    """The speakers of one document, parsed only when the first is asked for."""

    def __init__(
        self, document: Document, actors: list[KnownActor], locator: Locator
    ) -> None:
        self.document = document
        self.actors = actors
        self.locator = locator

    @cached_property
    def _doc(self) -> Doc:
        return parse(self.document.text)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.document, self._doc, Gazetteer(self.actors))

    def named(self, words: str, within: list[Span], quote: Span) -> list[Resolved]:
        """Return whom ``words`` near a quote name; an unknown one keeps its mention.

        An empty list: the words are neither in the text nor its author's name.
        """
        span = self.locator.nearest(words, within, quote)
        if span is None:
            author = self._resolver.author
            return [author] if author and self._is_author(words, author) else []
        found = self._resolver.resolve((span,))
        if any(speaker.slug for speaker in found):
            return found
        stranger = self._resolver.stranger(span)
        return [stranger] if stranger else found or [Resolved(span, ())]

    def _is_author(self, words: str, author: Resolved) -> bool:
        actor = self._resolver.gazetteer.actors.get(author.slug)
        return actor is not None and keys_of(words) == keys_of(actor.name)

    def speaks_for(self, speaker: Resolved) -> str:
        """Whom the speaker speaks for on the document's day."""
        actor = self._resolver.gazetteer.actors.get(speaker.slug)
        return speaks_for(actor, self.document)

    def when(self, quote: Span, source: Span) -> When:
        """Read the date from the sentences of the quote and of who said it."""
        spans = [self._sentences(quote)]
        if source.end and self._share_a_line(quote, source):
            spans.append(self._sentences(source))
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        return stated_on(self.document.text[start:end], self.document.published_on)

    def _share_a_line(self, one: Span, other: Span) -> bool:
        start, end = min(one.start, other.start), max(one.end, other.end)
        return "\n" not in self.document.text[start:end]

    def _sentences(self, span: Span) -> Span:
        tokens = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None or not len(tokens):
            return span
        return Span(tokens[0].sent.start_char, tokens[-1].sent.end_char)
