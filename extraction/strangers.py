"""Stances of speakers who have a name but are nobody known: an analyst may add them."""

from spacy.tokens import Token

from extraction.interface import Attribution
from extraction.names.resolved import Resolved
from extraction.reading import Draft, TextReading
from extraction.voices import Voices


class _AnyVoices(Voices):
    """Voices of known actors and of unknown speakers with a name."""

    def _speakers(self, head: Token) -> list[Resolved]:
        known = [one for one in self.resolver.peek(head) if one.slug]
        if known:
            return known
        stranger = self.resolver.strangers.of(head)
        return [stranger] if stranger else []

    def _sources(self, attribution: Attribution) -> list[Resolved]:
        for span in attribution.source:
            tokens = self.doc.char_span(span.start, span.end, alignment_mode="expand")
            if tokens is not None and len(tokens):
                return self._speakers(tokens.root)
        return []


def stranger_drafts(reading: TextReading) -> list[Draft]:
    """Return what named but unknown speakers hold of the claims' own words."""
    voices = _AnyVoices(
        reading.document, reading.doc, reading.resolver, reading.attributions
    )
    return [draft for draft in reading.drafts(voices) if draft.voice.speaker.unknown]
