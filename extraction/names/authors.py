"""The author of a text, where a known actor writes it."""

import re

from extraction.interface import Document, Guess, Span
from extraction.names.gazetteer import Gazetteer
from extraction.names.mentions import Mention
from extraction.names.resolved import Resolved
from extraction.names.words import keys_of

ABOUT = re.compile(r"About the authors?\s*[:\-\u2013]\s*([^,.;\n(]+)", re.IGNORECASE)
BYLINE = re.compile(r"^\s*By\s+((?:[A-Z][\w'\u2019.\-]+\s*){2,4})$", re.MULTILINE)
HEAD = 400  # characters in which a byline stands


def author_of(
    document: Document, text: str, gazetteer: Gazetteer, mentions: list[Mention]
) -> Resolved | None:
    """Return the known actor that "About the author", the byline or the data name."""
    if about := ABOUT.search(text):
        start, end = about.span(1)
        return _mentioned(mentions, start, end) or _named(text[start:end], gazetteer)
    if byline := BYLINE.search(text[:HEAD]):
        start, end = byline.span(1)
        found = _mentioned(mentions, start, end) or _named(byline[1], gazetteer)
        if found:
            return found
    return _named(document.author, gazetteer)


def _mentioned(mentions: list[Mention], start: int, end: int) -> Resolved | None:
    for mention in mentions:
        inside = mention.start < end and start < mention.end
        if inside and mention.slug and mention.kind == "person":
            return Resolved(Span(mention.start, mention.end), mention.guesses)
    return None


def _named(author: str, gazetteer: Gazetteer) -> Resolved | None:
    keys = keys_of(author.strip().removeprefix("By ").removeprefix("by "))
    for actor in gazetteer.actors.values():
        names = [actor.name, *(alias.text for alias in actor.aliases)]
        if actor.kind == "person" and any(keys_of(name) == keys for name in names):
            guess = Guess(actor.slug, 1.0, (f"the byline names {actor.name}",))
            return Resolved(Span(0, 0), (guess,))
    return None
