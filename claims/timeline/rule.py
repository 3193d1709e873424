"""From the statements of one body on one claim to its position, day by day."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, zip_longest

from claims.timeline import words
from claims.timeline.statements import (
    OFFICIAL,
    SCALE,
    STANDPOINT_1,
    Rule,
    Statement,
    opposite,
    other_office,
    rank_order,
    without_copies,
)
from extraction.interface import Value


class MixedStatementsError(ValueError):
    """Statements of more than one body or claim were handed in together."""


@dataclass(frozen=True)
class Decision:
    """What the counting statements of one day decide."""

    day: date
    value: Value
    made_by: tuple[Statement, ...]
    agreeing: tuple[Statement, ...] = ()
    outranked: tuple[Statement, ...] = ()

    @property
    def tie(self) -> bool:
        """Whether voices of equal rank disagreed."""
        return len({s.value for s in self.made_by}) > 1


@dataclass(frozen=True)
class Position:
    """What a body holds on a claim on a day, and why.

    ``made_by`` are the statements that decide it; ``evidence`` all counting statements
    since it holds this value; ``previous`` the value held before, None at first.
    """

    speaks_for: str
    claim: str
    as_of: date
    value: Value
    since: date
    last_evidence_on: date
    made_by: tuple[Statement, ...]
    evidence: tuple[Statement, ...]
    contested_by: tuple[Statement, ...]
    stale: bool
    previous: Value | None
    reasons: tuple[str, ...]
    rule: Rule

    @property
    def contested(self) -> bool:
        """Whether another office took the opposite side within the window."""
        return bool(self.contested_by)

    @property
    def thin(self) -> bool:
        """Whether it rests on a single stance or a single document."""
        return is_thin(self.evidence)

    @property
    def change(self) -> int:
        """Size of the move to this value on the scale; 0 for the first position."""
        return 0 if self.previous is None else SCALE[self.value] - SCALE[self.previous]

    @property
    def reversal(self) -> bool:
        """Whether the move to this value crossed from one side to the other."""
        return self.previous is not None and opposite(self.value, self.previous)


@dataclass(frozen=True)
class Period:
    """Days over which nothing about a position changes: half open, open where None."""

    start: date
    end: date | None
    position: Position

    @property
    def changes_value(self) -> bool:
        """Whether the position took its value on the first day of the period."""
        return self.position.since == self.start


@dataclass(frozen=True)
class Voices:
    """All statements by what the rule makes of them, oldest first."""

    counting: tuple[Statement, ...]
    not_counting: tuple[Statement, ...]
    copies: tuple[Statement, ...]
    others: tuple[Statement, ...]


def position_at(
    statements: Iterable[Statement], as_of: date, rule: Rule = STANDPOINT_1
) -> Position | None:
    """Return the position on ``as_of``, None where nobody has spoken by then."""
    return Ledger(list(statements), rule).position_at(as_of)


def positions(
    statements: Iterable[Statement], *, until: date, rule: Rule = STANDPOINT_1
) -> tuple[Period, ...]:
    """Return the periods of the timeline that begin by ``until``, oldest first."""
    return Ledger(list(statements), rule).periods(until)


def voices(statements: Iterable[Statement], rule: Rule = STANDPOINT_1) -> Voices:
    """Sort the statements by what the rule makes of them."""
    return Ledger(list(statements), rule).voices


class Ledger:
    """The statements of one body on one claim, sorted for fast questions.

    Nothing on a day depends on a later day, so one pass serves every day.
    """

    def __init__(self, statements: list[Statement], rule: Rule) -> None:
        if len({(s.speaks_for, s.claim) for s in statements}) > 1:
            msg = "Ask for one body and one claim at a time."
            raise MixedStatementsError(msg)
        self.rule = rule
        self.statements = statements
        self.distinct = without_copies(statements)
        self.official = [s for s in self.distinct if s.official]
        self.counting = counting(self.official, rule)
        self.decisions = decisions(self.counting)
        self._days = [d.day for d in self.decisions]
        self._official_days = [s.counts_from for s in self.official]

    @cached_property
    def voices(self) -> Voices:
        """All statements by what the rule makes of them."""
        kept, counted = set(self.distinct), set(self.counting)
        in_order = sorted(self.statements, key=lambda s: (s.counts_from, s.id))
        return Voices(
            counting=tuple(self.counting),
            not_counting=tuple(s for s in self.official if s not in counted),
            copies=tuple(s for s in in_order if s not in kept),
            others=tuple(s for s in self.distinct if not s.official),
        )

    @cached_property
    def _run_starts(self) -> list[int]:
        starts: list[int] = []
        for index, decision in enumerate(self.decisions):
            same = index > 0 and self.decisions[index - 1].value == decision.value
            starts.append(starts[-1] if same else index)
        return starts

    def position_at(self, as_of: date) -> Position | None:
        """Return the position on a day, None before the first counting statement."""
        index = bisect_right(self._days, as_of) - 1
        if index < 0:
            return None
        decision, start = self.decisions[index], self._run_starts[index]
        run = self.decisions[start : index + 1]
        evidence = tuple(s for d in run for s in (*d.made_by, *d.agreeing))
        contested_by = self._contested_by(decision, as_of)
        stale = (as_of - decision.day).days > self.rule.stale_days
        previous = self.decisions[start - 1].value if start else None
        reasons = self._reasons(decision, evidence, contested_by, previous, stale=stale)
        return Position(
            speaks_for=decision.made_by[0].speaks_for,
            claim=decision.made_by[0].claim,
            as_of=as_of,
            value=decision.value,
            since=run[0].day,
            last_evidence_on=decision.day,
            made_by=decision.made_by,
            evidence=evidence,
            contested_by=contested_by,
            stale=stale,
            previous=previous,
            reasons=reasons,
            rule=self.rule,
        )

    def periods(self, until: date) -> tuple[Period, ...]:
        """Return the periods that begin by ``until``, oldest first."""
        found: list[tuple[date, Position]] = []
        for day in sorted(d for d in self._turning_days() if d <= until):
            position = self.position_at(day)
            if position and not (found and same_state(found[-1][1], position)):
                found.append((day, position))
        return tuple(
            Period(day, following[0] if following else None, position)
            for (day, position), following in zip_longest(found, found[1:])
        )

    def _turning_days(self) -> set[date]:
        past_stale, past_contest = (
            self.rule.stale_days + 1,
            self.rule.contested_days + 1,
        )
        turning = set(self._days) | set(self._official_days)
        turning |= {days_after(day, past_stale) for day in self._days}
        return turning | {days_after(day, past_contest) for day in self._official_days}

    def _contested_by(self, decision: Decision, as_of: date) -> tuple[Statement, ...]:
        window_start = as_of - timedelta(days=self.rule.contested_days)
        low = bisect_left(self._official_days, window_start)
        high = bisect_right(self._official_days, as_of)
        return tuple(
            voice
            for voice in self.official[low:high]
            if any(contradicts(voice, maker) for maker in decision.made_by)
        )

    def _reasons(
        self,
        decision: Decision,
        evidence: Sequence[Statement],
        contested_by: Sequence[Statement],
        previous: Value | None,
        *,
        stale: bool,
    ) -> tuple[str, ...]:
        lines = decision_reasons(decision, self.rule)
        if previous is not None:
            size = SCALE[decision.value] - SCALE[previous]
            lines.append(words.moved(previous, decision.value, size))
            lines += [words.REVERSED] if opposite(previous, decision.value) else []
        lines += [words.contested(voice, self.rule) for voice in contested_by]
        lines += [words.stale(decision.day, self.rule)] if stale else []
        lines += [words.thin(len(evidence))] if is_thin(evidence) else []
        return tuple(lines)


def days_after(day: date, days: int) -> date:
    """Return a later day, or the calendar's last."""
    left = (date.max - day).days
    return day + timedelta(days=min(days, left))


def counting(official: list[Statement], rule: Rule) -> list[Statement]:
    """Keep what makes the position: an official only where no higher rank had spoken.

    Judged on the day of the official's statement, so that no position ever changes
    without somebody speaking. ``official`` is sorted by day.
    """
    higher = [s.counts_from for s in official if s.rank != OFFICIAL]
    return [
        s for s in official if s.rank != OFFICIAL or _nobody_higher(s, higher, rule)
    ]


def _nobody_higher(statement: Statement, higher: list[date], rule: Rule) -> bool:
    day = statement.counts_from
    low = bisect_left(higher, day - timedelta(days=rule.official_days))
    return low == bisect_right(higher, day)


def spoken_over(
    statement: Statement, counted: Iterable[Statement], rule: Rule
) -> Statement:
    """Return the latest words of a higher rank that keep an official's from counting."""
    first = statement.counts_from - timedelta(days=rule.official_days)
    higher = [
        s
        for s in counted
        if s.rank != OFFICIAL and first <= s.counts_from <= statement.counts_from
    ]
    return max(higher, key=lambda s: (s.counts_from, s.id))


def decisions(counted: list[Statement]) -> list[Decision]:
    """Decide each day on which somebody spoke; ``counted`` is sorted by day."""
    by_day = groupby(counted, key=lambda s: s.counts_from)
    return [decide(day, list(spoken)) for day, spoken in by_day]


def decide(day: date, spoken: list[Statement]) -> Decision:
    """Let the highest rank win; a tie with different values is ambiguous."""
    top = min(rank_order(s) for s in spoken)
    made_by = tuple(s for s in spoken if rank_order(s) == top)
    lower = [s for s in spoken if rank_order(s) > top]
    values = {s.value for s in made_by}
    value = values.pop() if len(values) == 1 else Value.AMBIGUOUS
    return Decision(
        day=day,
        value=value,
        made_by=made_by,
        agreeing=tuple(s for s in lower if s.value == value),
        outranked=tuple(s for s in lower if s.value != value),
    )


def decision_reasons(decision: Decision, rule: Rule) -> list[str]:
    """Say who made the position so, who tied and who was outranked."""
    if decision.tie:
        lines = [words.tied(decision.made_by, decision.day)]
    else:
        lines = [line for s in decision.made_by for line in words.made_so(s)]
    if decision.made_by[0].rank == OFFICIAL:
        lines.append(words.official_alone(rule))
    return lines + [words.outranked(s) for s in decision.outranked]


def contradicts(voice: Statement, maker: Statement) -> bool:
    """Whether another office took the side opposite to what made the position."""
    return opposite(voice.value, maker.value) and other_office(voice, maker)


def is_thin(evidence: Sequence[Statement]) -> bool:
    """Whether evidence is a single stance or a single document, copies folded."""
    return len(evidence) == 1 or len({s.canonical_document_id for s in evidence}) == 1


def same_state(one: Position, other: Position) -> bool:
    """Whether two positions differ in nothing but the day asked."""
    return (one.made_by, one.contested_by, one.stale) == (
        other.made_by,
        other.contested_by,
        other.stale,
    )
