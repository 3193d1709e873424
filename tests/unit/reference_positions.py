"""The rule for positions once more, slow and obvious: one day, every statement, no indexes."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from claims.timeline.statements import Rule, Statement
from extraction.interface import Value

NUMBER = {
    "oppose": -2,
    "conditional_oppose": -1,
    "ambiguous": 0,
    "conditional_support": 1,
    "support": 2,
}
HIGHEST_FIRST = [
    "",
    "head_of_state",
    "head_of_government",
    "head_of_organisation",
    "minister",
    "spokesperson",
    "official",
]


@dataclass(frozen=True)
class Answer:
    """What the reference says of one day."""

    value: str
    since: date
    made_by: frozenset[int]
    contested_by: frozenset[int]
    stale: bool
    thin: bool
    previous: str | None
    change: int
    reversal: bool


def day_of(statement: Statement) -> date:
    """Day from which a statement counts."""
    day = statement.stated_on
    if statement.precision == "month":
        return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    if statement.precision == "year":
        return date(day.year, 12, 31)
    return day


def originals(statements: list[Statement]) -> list[Statement]:
    """Statements that no earlier document already brought in the same words."""
    return [s for s in statements if not any(repeats(s, other) for other in statements)]


def repeats(copy: Statement, other: Statement) -> bool:
    """Whether ``copy`` says in a twin document what ``other`` says in a better one."""
    same_act = (
        copy.canonical_document_id == other.canonical_document_id
        and copy.document_id != other.document_id
        and copy.actor == other.actor
        and copy.value == other.value
        and day_of(copy) == day_of(other)
    )
    other_is_original = other.document_id == other.canonical_document_id
    copy_is_original = copy.document_id == copy.canonical_document_id
    if other_is_original != copy_is_original:
        return same_act and other_is_original
    return same_act and other.document_id < copy.document_id


def may_count(statement: Statement, all_of_them: list[Statement], rule: Rule) -> bool:
    """Whether the rank makes the position at all."""
    if statement.rank not in HIGHEST_FIRST:
        return False
    if statement.rank != "official":
        return True
    for other in all_of_them:
        if other.rank in HIGHEST_FIRST and other.rank != "official":
            age = (day_of(statement) - day_of(other)).days
            if 0 <= age <= rule.official_days:
                return False
    return True


def decided_on(
    day: date, counting: list[Statement]
) -> tuple[Value, list[Statement]] | None:
    """What the statements of exactly this day decide."""
    today = [s for s in counting if day_of(s) == day]
    if not today:
        return None
    best = min(HIGHEST_FIRST.index(s.rank) for s in today)
    winners = [s for s in today if HIGHEST_FIRST.index(s.rank) == best]
    if all(s.value == winners[0].value for s in winners):
        return winners[0].value, winners
    return Value.AMBIGUOUS, winners


def same_office(one: Statement, other: Statement) -> bool:
    """Whether two statements come from one office."""
    if one.actor == other.actor:
        return True
    titled = one.office != "" and one.office.lower() == other.office.lower()
    return (
        titled
        and one.rank == other.rank
        and one.rank not in ("spokesperson", "official")
    )


def answer(statements: list[Statement], as_of: date, rule: Rule) -> Answer | None:
    """Walk day by day from the first statement to ``as_of``."""
    known = originals(statements)
    counting = [s for s in known if may_count(s, known, rule)]
    if not counting:
        return None
    value: Value | None = None
    previous: Value | None = None
    since = last = date.min
    winners: list[Statement] = []
    evidence: list[Statement] = []
    day = min(day_of(s) for s in counting)
    while day <= as_of:
        decided = decided_on(day, counting)
        if decided:
            new_value, winners = decided
            if new_value != value:
                previous, value, since, evidence = value, new_value, day, []
            today = [s for s in counting if day_of(s) == day]
            evidence += [s for s in today if s in winners or s.value == value]
            last = day
        day += timedelta(days=1)
    if value is None:
        return None
    against = {
        s.id
        for s in known
        if s.rank in HIGHEST_FIRST
        and 0 <= (as_of - day_of(s)).days <= rule.contested_days
        and any(
            NUMBER[s.value] * NUMBER[w.value] < 0 and not same_office(s, w)
            for w in winners
        )
    }
    change = 0 if previous is None else NUMBER[value] - NUMBER[previous]
    return Answer(
        value=value,
        since=since,
        made_by=frozenset(s.id for s in winners),
        contested_by=frozenset(against),
        stale=(as_of - last).days > rule.stale_days,
        thin=len(evidence) == 1
        or len({s.canonical_document_id for s in evidence}) == 1,
        previous=previous,
        change=change,
        reversal=previous is not None and NUMBER[value] * NUMBER[previous] < 0,
    )
