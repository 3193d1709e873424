"""What the rule reads: the scale, the ranks, the windows and the statements themselves."""

import calendar
from dataclasses import dataclass
from datetime import date

from extraction.interface import Value

SCALE = {
    Value.OPPOSE: -2,
    Value.CONDITIONAL_OPPOSE: -1,
    Value.AMBIGUOUS: 0,
    Value.CONDITIONAL_SUPPORT: 1,
    Value.SUPPORT: 2,
}
OWN = ""
OFFICIAL = "official"
OPPOSITION = "opposition"
INDEPENDENT = "independent"
UNAFFILIATED = "unaffiliated"
RANKS = (
    OWN,
    "head_of_state",
    "head_of_government",
    "head_of_organisation",
    "minister",
    "spokesperson",
    OFFICIAL,
)
RANK_WORDS = {
    OWN: "the body itself",
    "head_of_state": "head of state",
    "head_of_government": "head of government",
    "head_of_organisation": "head of the organisation",
    "minister": "minister",
    "spokesperson": "spokesperson",
    OFFICIAL: "official",
    OPPOSITION: "opposition",
    INDEPENDENT: "independent voice",
    UNAFFILIATED: "no office on that day",
}
SHARED_TITLES = {"spokesperson", OFFICIAL}


@dataclass(frozen=True)
class Rule:
    """A named version of the rule with its windows, all in days."""

    name: str = "standpoint-1"
    version: str = "1"
    contested_days: int = 30
    stale_days: int = 365
    official_days: int = 365


STANDPOINT_1 = Rule()


@dataclass(frozen=True)
class Statement:
    """One published stance as the voice of one body (country, organisation, group).

    ``actor`` equals ``speaks_for`` and ``rank`` is OWN where the body itself speaks.
    ``stated_on`` is the first day of the period that ``precision`` (day, month, year)
    says. ``canonical_document_id`` is shared by near-duplicate documents.
    """

    id: int
    claim: str
    actor: str
    speaker: str
    speaks_for: str
    rank: str
    value: Value
    stated_on: date
    document_id: int
    canonical_document_id: int
    office: str = ""
    condition: str = ""
    precision: str = "day"
    source: str = ""
    source_kind: str = ""
    quote: str = ""
    occasion: str = ""

    @property
    def counts_from(self) -> date:
        """First day on which the statement is surely made: its period's last day."""
        if self.precision == "year":
            return self.stated_on.replace(month=12, day=31)
        if self.precision == "month":
            year, month = self.stated_on.year, self.stated_on.month
            return self.stated_on.replace(day=calendar.monthrange(year, month)[1])
        return self.stated_on

    @property
    def official(self) -> bool:
        """Whether the speaker may speak for the body at all."""
        return self.rank in RANKS


def rank_order(statement: Statement) -> int:
    """Place among the ranks, 0 the highest; only for official voices."""
    return RANKS.index(statement.rank)


def opposite(one: Value, other: Value) -> bool:
    """Whether one value is on the supporting and the other on the opposing side."""
    return SCALE[one] * SCALE[other] < 0


def other_office(one: Statement, other: Statement) -> bool:
    """Whether two statements come from different offices of the same body.

    A successor in the same office is not another office; spokespersons and officials
    share their titles, so there each person is an office.
    """
    if one.actor == other.actor:
        return False
    if one.rank != other.rank or one.rank in SHARED_TITLES or not one.office:
        return True
    return one.office.casefold() != other.office.casefold()


def without_copies(statements: list[Statement]) -> list[Statement]:
    """Drop what near-duplicate documents repeat: the same act is counted once."""
    first: dict[tuple[object, ...], int] = {}
    kept = []
    for statement in sorted(statements, key=_original_first):
        key = _act(statement)
        if first.setdefault(key, statement.document_id) == statement.document_id:
            kept.append(statement)
    return sorted(kept, key=lambda s: (s.counts_from, s.id))


def _original_first(statement: Statement) -> tuple[bool, int, int]:
    copied = statement.document_id != statement.canonical_document_id
    return copied, statement.document_id, statement.id


def _act(statement: Statement) -> tuple[object, ...]:
    return (
        statement.canonical_document_id,
        statement.actor,
        statement.speaks_for,
        statement.claim,
        statement.value,
        statement.counts_from,
    )
