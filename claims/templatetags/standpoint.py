"""How values, dates and actors are written in pages."""

import datetime as dt

from django import template
from django.urls import reverse

from actors.models import Actor
from claims.timeline.statements import RANK_WORDS, SCALE, Statement
from claims.timeline.words import VALUE_WORDS
from claims.views.panels import Panel
from extraction.interface import Value

register = template.Library()
CELLS = tuple(Value)
CELL_WIDTH = 7
MARKS = ('"', "“", "”", "„", "«", "»")


@register.inclusion_tag("claims/parts/chip.html")
def value_chip(value: str, size: str = "") -> dict[str, object]:
    """Draw a value as a chip: five cells, the held one filled, and the word."""
    held = Value(value)
    cells = [(i * CELL_WIDTH, cell == held) for i, cell in enumerate(CELLS)]
    return {
        "value": held.value,
        "words": value_words(held),
        "cells": cells,
        "size": size,
    }


@register.filter
def value_words(value: str) -> str:
    """Write a value: "Conditional support"."""
    return VALUE_WORDS[Value(value)].capitalize()


@register.filter
def in_marks(words: str) -> str:
    """Put words in quotation marks, those that brought marks of their own only once."""
    bare = words.strip()
    own = sum(bare.count(mark) for mark in MARKS)
    opens, closes = bare.startswith(MARKS), bare.endswith(MARKS)
    if own == 2 and opens and closes:
        bare = bare[1:-1]
    elif own == 1 and (opens or closes):
        bare = bare[1:] if opens else bare[:-1]
    elif opens or closes:
        return bare
    return f"“{bare.strip()}”"


@register.filter
def not_counted(statement: Statement, panel: Panel | str) -> str:
    """Say why a statement makes no position on a panel, "" where it may or there is none."""
    return "" if isinstance(panel, str) else panel.why_not_counted(statement)


@register.filter
def rank_words(rank: str) -> str:
    """Write a rank: "head of state"."""
    return RANK_WORDS.get(rank, rank)


@register.filter
def stated(day: dt.date, precision: str = "day") -> str:
    """Write a date as exactly as it is known: "14 May 2024", "March 2024", "2024"."""
    if precision == "year":
        return str(day.year)
    month = f"{day:%B %Y}"
    return month if precision == "month" else f"{day.day} {month}"


@register.filter
def address(actor: Actor) -> str:
    """Return the address of an actor's page."""
    if actor.iso2:
        return reverse("claims:country", args=[actor.iso2])
    return reverse("claims:actor", args=[actor.slug])


@register.filter
def signed(size: int) -> str:
    """Write the size of a change with a real minus sign."""
    return f"+{size}" if size > 0 else f"\N{MINUS SIGN}{abs(size)}"


@register.filter
def side(value: str) -> str:
    """Return "support", "oppose" or "none" for a value."""
    number = SCALE[Value(value)]
    if number == 0:
        return "none"
    return "support" if number > 0 else "oppose"
