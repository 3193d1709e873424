"""Whose words a text is as a whole: its author, or the guest of an interview."""

import re

from extraction.interface import Document, Guess, Span
from extraction.names.gazetteer import Gazetteer
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved
from extraction.names.words import keys_of

ABOUT = re.compile(r"About the authors?\s*[:\-\u2013]\s*([^,.;\n(]+)", re.IGNORECASE)
BYLINE = re.compile(r"^\s*By\s+((?:[A-Z][\w'\u2019.\-]+\s*){2,4})$", re.MULTILINE)
HEAD = 400  # characters in which a byline stands
QUESTION = re.compile(r"[^\"\u201c\u201d\n]{4,240}\?")
FIRST = re.compile(r"\b(?:I|I'm|we|my|our)\b", re.IGNORECASE)
FEWEST_QUESTIONS = 3
FEWEST_ANSWERS = 2


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
    return _named(document.author, gazetteer) or _guest(text, mentions)


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
        if actor.kind != "country" and any(keys_of(name) == keys for name in names):
            guess = Guess(actor.slug, 1.0, (f"the byline names {actor.name}",))
            return Resolved(Span(0, 0), (guess,), actor.kind)
    return None


def _guest(text: str, mentions: list[Mention]) -> Resolved | None:
    """In questions and answers "I" is the first person that the opening names."""
    first = _first_question(text)
    if first is None:
        return None
    opening = [m for m in mentions if m.end <= first and m.kind == "person"]
    if not opening or not opening[0].slug:
        return None
    guess = Guess(opening[0].slug, 0.8, ("is who answers the questions",))
    return Resolved(Span(0, 0), (guess,))


def _first_question(text: str) -> int | None:
    """Where the first question of an interview begins; None: it is none."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    asked = [n for n, m in enumerate(lines) if QUESTION.fullmatch(m.group().strip())]
    answers = [
        n
        for n in asked
        if n + 1 < len(lines)
        and n + 1 not in asked
        and FIRST.search(lines[n + 1].group())
    ]
    if len(asked) < FEWEST_QUESTIONS or len(answers) < FEWEST_ANSWERS:
        return None
    return lines[asked[0]].start()
