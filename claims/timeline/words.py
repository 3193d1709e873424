"""The rule's reasons in plain sentences."""

from collections.abc import Iterable
from datetime import date

from claims.timeline.statements import OWN, RANK_WORDS, RANKS, Rule, Statement
from extraction.interface import Value

VALUE_WORDS = {
    Value.OPPOSE: "oppose",
    Value.CONDITIONAL_OPPOSE: "conditional oppose",
    Value.AMBIGUOUS: "ambiguous",
    Value.CONDITIONAL_SUPPORT: "conditional support",
    Value.SUPPORT: "support",
}

ACT_WORDS = {
    Value.OPPOSE: "opposed it",
    Value.CONDITIONAL_OPPOSE: "opposed it conditionally",
    Value.AMBIGUOUS: "was ambiguous",
    Value.CONDITIONAL_SUPPORT: "supported it conditionally",
    Value.SUPPORT: "supported it",
}
SELF_EVIDENT_RANKS = RANKS[1:5]


def day_words(day: date) -> str:
    """Write a day as "14 May 2024"."""
    return f"{day.day} {day:%B %Y}"


def stated_words(statement: Statement) -> str:
    """Write when a statement was made, as exactly as it is known."""
    if statement.precision == "year":
        return f"in {statement.stated_on.year}"
    if statement.precision == "month":
        return f"in {statement.stated_on:%B %Y}"
    return f"on {day_words(statement.stated_on)}"


def speaker_words(statement: Statement) -> str:
    """Name the speaker with the office, and with the rank where the office says too little."""
    if statement.rank == OWN:
        return statement.speaker
    rank = RANK_WORDS.get(statement.rank, statement.rank)
    if not statement.office:
        return f"{statement.speaker} ({rank})"
    if statement.rank in SELF_EVIDENT_RANKS:
        return f"{statement.speaker} ({statement.office})"
    return f"{statement.speaker} ({statement.office}, {rank})"


def listed(parts: Iterable[str]) -> str:
    """Join with commas and a last "and"."""
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last


def said(statement: Statement) -> str:
    """Say who said what and when."""
    return (
        f"{speaker_words(statement)} {ACT_WORDS[statement.value]} "
        f"{stated_words(statement)}"
    )


def made_so(statement: Statement) -> list[str]:
    """Say what makes the position so, with condition and inexact date."""
    words = [f"{said(statement)}."]
    if statement.condition:
        words.append(f"Condition: {statement.condition}.")
    if statement.precision != "day":
        words.append(
            f"The date is known only to the {statement.precision}: "
            f"it counts from {day_words(statement.counts_from)}."
        )
    return words


def tied(statements: Iterable[Statement], day: date) -> str:
    """Say that equal ranks disagree on one day."""
    voices = listed(f"{speaker_words(s)} {ACT_WORDS[s.value]}" for s in statements)
    return (
        f"On {day_words(day)} voices of equal rank disagree: {voices}. "
        "The position is therefore ambiguous."
    )


def outranked(statement: Statement) -> str:
    """Say whose words of the same day lost."""
    return (
        f"On the same day {speaker_words(statement)} "
        f"{ACT_WORDS[statement.value]}; the higher rank wins."
    )


def official_alone(rule: Rule) -> str:
    """Say why an official makes the position."""
    return (
        "An official counts here because nobody of higher rank had spoken "
        f"in the {rule.official_days} days before."
    )


def not_counted(superior: Statement, rule: Rule) -> str:
    """Say why an official makes no position."""
    return (
        f"Not counted: an official, and {speaker_words(superior)} had spoken "
        f"{stated_words(superior)}, within the {rule.official_days} days before."
    )


def moved(before: Value, now: Value, size: int) -> str:
    """Say from where to where the position moved."""
    steps = "step" if abs(size) == 1 else "steps"
    way = "towards support" if size > 0 else "towards opposition"
    return (
        f"It moved from {VALUE_WORDS[before]} to {VALUE_WORDS[now]}: "
        f"{abs(size)} {steps} {way}."
    )


REVERSED = "This is a reversal: it crosses from one side to the other."


def contested(statement: Statement, rule: Rule) -> str:
    """Say which other office contradicts."""
    return (
        f"Contested: within {rule.contested_days} days another office took the "
        f"opposite side: {said(statement)}."
    )


def stale(last: date, rule: Rule) -> str:
    """Say how old the evidence is."""
    return (
        f"Stale: the last evidence is of {day_words(last)}, "
        f"more than {rule.stale_days} days earlier."
    )


def thin(count: int) -> str:
    """Say why the evidence is thin."""
    if count == 1:
        return "Thin: it rests on a single stance."
    return f"Thin: its {count} stances come from a single document."
