"""The rule from statements to a position."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.timeline.groups import Member, Verdict, roll_up, roll_ups
from claims.timeline.rule import (
    MixedStatementsError,
    Position,
    position_at,
    positions,
    voices,
)
from claims.timeline.statements import Rule, Statement
from extraction.interface import Value
from tests.factories.statements import statement
from tests.unit import reference_positions as reference

MARCH = date(2024, 3, 1)
SUPPORT, OPPOSE = Value.SUPPORT, Value.OPPOSE
CONDITIONAL = Value.CONDITIONAL_SUPPORT


def held(statements: list[Statement], day: date) -> Position:
    """Return the position on ``day``, which must exist."""
    position = position_at(statements, day)
    assert position is not None
    return position


def days(number: int) -> timedelta:
    return timedelta(days=number)


# Silence


def test_without_statements_there_is_no_position() -> None:
    assert position_at([], MARCH) is None
    assert positions([], until=MARCH) == ()


def test_before_the_first_statement_there_is_no_position() -> None:
    assert position_at([statement()], MARCH - days(1)) is None


def test_statements_of_two_bodies_are_refused() -> None:
    with pytest.raises(MixedStatementsError, match="one body and one claim"):
        position_at([statement(speaks_for="fr"), statement(speaks_for="de")], MARCH)


# Who counts


@pytest.mark.parametrize(
    "rank",
    [
        "head_of_state",
        "head_of_government",
        "head_of_organisation",
        "minister",
        "spokesperson",
    ],
)
def test_high_ranks_make_the_position(rank: str) -> None:
    assert held([statement(rank=rank)], MARCH).value == SUPPORT


@pytest.mark.parametrize("rank", ["opposition", "independent", "unaffiliated"])
def test_other_voices_never_make_the_position(rank: str) -> None:
    voice = statement(rank=rank)
    assert position_at([voice], MARCH) is None
    assert voices([voice]).others == (voice,)


def test_the_country_itself_makes_its_position() -> None:
    own = statement(actor="fr", speaker="France", rank="")
    assert held([own], MARCH).made_by == (own,)


def test_an_official_alone_makes_the_position_and_the_reason_says_so() -> None:
    position = held([statement(rank="official", office="Commander-in-chief")], MARCH)
    assert position.value == SUPPORT
    assert any("nobody of higher rank" in line for line in position.reasons)


def test_an_official_does_not_count_while_a_minister_spoke_in_the_last_365_days() -> (
    None
):
    minister = statement(rank="minister", actor="minister")
    official = statement(rank="official", value=OPPOSE, stated_on=MARCH + days(365))
    assert held([minister, official], MARCH + days(365)).value == SUPPORT
    assert voices([minister, official]).not_counting == (official,)


def test_an_official_counts_again_on_the_366th_day() -> None:
    minister = statement(rank="minister", actor="minister")
    official = statement(rank="official", value=OPPOSE, stated_on=MARCH + days(366))
    assert held([minister, official], MARCH + days(366)).value == OPPOSE


def test_an_official_that_did_not_count_does_not_begin_to_count_by_waiting() -> None:
    minister = statement(rank="minister", actor="minister")
    official = statement(rank="official", value=OPPOSE, stated_on=MARCH + days(200))
    position = held([minister, official], MARCH + days(500))
    assert position.value == SUPPORT
    assert position.stale


def test_an_opposition_voice_does_not_silence_an_official() -> None:
    statements = [
        statement(rank="opposition", actor="opponent", value=OPPOSE),
        statement(rank="official", actor="adviser", stated_on=MARCH + days(3)),
    ]
    assert held(statements, MARCH + days(3)).value == SUPPORT


# Dates


def test_the_latest_counting_statement_wins() -> None:
    later = statement(value=CONDITIONAL, stated_on=MARCH + days(13))
    assert held([later, statement()], MARCH + days(13)).made_by == (later,)


def test_a_later_statement_says_nothing_about_the_day_before_it() -> None:
    later = statement(value=OPPOSE, stated_on=MARCH + days(13))
    assert held([later, statement()], MARCH + days(12)).value == SUPPORT


def test_a_month_counts_from_its_last_day() -> None:
    vague = statement(precision="month", stated_on=date(2024, 2, 1))
    assert position_at([vague], date(2024, 2, 28)) is None
    position = held([vague], date(2024, 2, 29))
    assert position.since == date(2024, 2, 29)
    assert any("only to the month" in line for line in position.reasons)


def test_a_year_counts_from_its_last_day() -> None:
    vague = statement(precision="year", stated_on=date(2024, 1, 1))
    assert position_at([vague], date(2024, 12, 30)) is None
    assert held([vague], date(2024, 12, 31)).value == SUPPORT


# The same day


def test_on_the_same_day_the_higher_rank_wins_and_the_reason_says_so() -> None:
    head = statement(value=CONDITIONAL)
    minister = statement(
        rank="minister", actor="minister", speaker="Anna Example", value=OPPOSE
    )
    position = held([minister, head], MARCH)
    assert position.made_by == (head,)
    assert any("Anna Example" in r and "higher rank" in r for r in position.reasons)


def test_a_tie_with_different_values_is_ambiguous_and_says_so() -> None:
    one = statement(rank="minister", actor="one")
    other = statement(rank="minister", actor="other", value=OPPOSE)
    position = held([one, other], MARCH)
    assert position.value == Value.AMBIGUOUS
    assert any("equal rank disagree" in line for line in position.reasons)


def test_a_tie_with_the_same_value_is_that_value() -> None:
    ministers = [statement(rank="minister", actor=name) for name in ("one", "other")]
    position = held(ministers, MARCH)
    assert position.value == SUPPORT
    assert len(position.made_by) == 2


# Contested


def estonia() -> list[Statement]:
    return [
        statement(
            actor="kallas",
            rank="head_of_government",
            precision="month",
            stated_on=date(2024, 3, 1),
        ),
        statement(
            actor="roll",
            speaker="Madis Roll",
            rank="official",
            office="National security adviser",
            value=CONDITIONAL,
            stated_on=date(2024, 5, 13),
        ),
        statement(
            actor="pevkur", rank="minister", value=OPPOSE, stated_on=date(2024, 5, 14)
        ),
    ]


def test_an_official_who_does_not_count_still_contests() -> None:
    position = held(estonia(), date(2024, 5, 14))
    assert position.value == OPPOSE
    assert position.contested
    assert any("Madis Roll" in line for line in position.reasons)


def test_estonia_is_contested_for_thirty_days_in_may_2024() -> None:
    contested = [
        (p.start, p.end)
        for p in positions(estonia(), until=date(2026, 1, 1))
        if p.position.contested
    ]
    assert contested == [(date(2024, 5, 14), date(2024, 6, 13))]


def test_the_same_person_changing_sides_is_no_contest() -> None:
    turned = statement(value=OPPOSE, stated_on=MARCH + days(3))
    position = held([statement(), turned], MARCH + days(3))
    assert not position.contested
    assert position.reversal


def test_a_successor_in_the_same_office_is_no_contest() -> None:
    before = statement(actor="scholz", office="Chancellor")
    after = statement(
        actor="merz", office="chancellor", value=OPPOSE, stated_on=MARCH + days(3)
    )
    assert not held([before, after], MARCH + days(3)).contested


def test_two_spokespersons_are_two_offices() -> None:
    one = statement(actor="one", rank="spokesperson", office="Spokesperson")
    other = statement(
        actor="other", rank="spokesperson", office="Spokesperson", value=OPPOSE
    )
    assert held([one, other], MARCH).contested


def test_the_opposition_does_not_contest() -> None:
    opponent = statement(actor="opponent", rank="opposition", value=OPPOSE)
    assert not held([statement(), opponent], MARCH).contested


def test_an_ambiguous_voice_does_not_contest() -> None:
    vague = statement(actor="minister", rank="official", value=Value.AMBIGUOUS)
    assert not held([statement(), vague], MARCH).contested


def test_the_contest_window_is_a_parameter() -> None:
    rule = Rule(name="test", contested_days=2)
    contesting = statement(actor="adviser", rank="official", value=OPPOSE)
    position = position_at([statement(), contesting], MARCH + days(3), rule)
    assert position is not None
    assert not position.contested
    assert position.rule.name == "test"


# Stale and thin


def test_a_position_is_stale_after_365_days_and_not_before() -> None:
    assert not held([statement()], MARCH + days(365)).stale
    position = held([statement()], MARCH + days(366))
    assert position.stale
    assert any(line.startswith("Stale") for line in position.reasons)


def test_a_single_stance_is_thin() -> None:
    position = held([statement()], MARCH)
    assert position.thin
    assert "Thin: it rests on a single stance." in position.reasons


def test_two_stances_of_one_document_are_thin() -> None:
    later = statement(document_id=7, stated_on=MARCH + days(1))
    position = held([statement(document_id=7), later], MARCH + days(1))
    assert position.thin
    assert any("single document" in line for line in position.reasons)


def test_a_confirmed_position_is_not_thin_and_keeps_its_since() -> None:
    position = held(
        [statement(), statement(stated_on=MARCH + days(8))], MARCH + days(8)
    )
    assert not position.thin
    assert position.since == MARCH


def test_wire_copies_count_once() -> None:
    original = statement(document_id=1)
    copy = statement(document_id=2, canonical_document_id=1)
    position = held([copy, original], MARCH)
    assert position.evidence == (original,)
    assert position.thin
    assert voices([copy, original]).copies == (copy,)


def test_two_quotes_of_one_document_are_both_kept() -> None:
    quotes = [statement(document_id=1), statement(document_id=1)]
    assert len(held(quotes, MARCH).made_by) == 2


# Changes


def test_a_change_has_a_size_and_says_from_where() -> None:
    later = statement(value=CONDITIONAL, stated_on=MARCH + days(13))
    position = held([statement(), later], MARCH + days(13))
    assert (position.previous, position.change) == (SUPPORT, -1)
    assert not position.reversal
    assert any("from support to conditional support" in r for r in position.reasons)


def test_moving_to_ambiguous_is_no_reversal() -> None:
    later = statement(value=Value.AMBIGUOUS, stated_on=MARCH + days(13))
    assert not held([statement(), later], MARCH + days(13)).reversal


def test_the_first_position_is_no_change() -> None:
    position = held([statement()], MARCH)
    assert (position.previous, position.change) == (None, 0)


def test_the_condition_is_among_the_reasons() -> None:
    stance = statement(value=CONDITIONAL, condition="if Kyiv asks")
    assert "Condition: if Kyiv asks." in held([stance], MARCH).reasons


# Groups


def test_members_of_one_value_are_united_and_silence_is_not_a_position() -> None:
    rolled = roll_up(MARCH, {"lt": held([statement()], MARCH), "lv": None})
    assert rolled.verdict == Verdict.UNITED
    assert (rolled.members, rolled.speaking, rolled.silent) == (2, 1, ("lv",))


def test_members_of_two_values_are_split() -> None:
    support = held([statement()], MARCH)
    against = held([statement(value=OPPOSE)], MARCH)
    rolled = roll_up(MARCH, {"lt": support, "ee": against})
    assert rolled.verdict == Verdict.SPLIT
    assert rolled.counts[SUPPORT] == rolled.counts[OPPOSE] == 1
    assert rolled.reasons[0].startswith("Split: 1 support and 1 oppose, of 2")


def test_silent_members_have_no_position_together() -> None:
    rolled = roll_up(MARCH, {"lt": None})
    assert rolled.verdict == Verdict.NO_POSITION
    assert rolled.reasons == ("No position among 1 members.",)


def test_the_roll_up_follows_who_is_a_member() -> None:
    timelines = {
        "lt": positions([statement()], until=MARCH + days(90)),
        "gb": positions([statement(value=OPPOSE)], until=MARCH + days(90)),
    }
    members = [Member("lt"), Member("gb", None, MARCH + days(30))]
    verdicts = [
        (r.as_of, r.verdict)
        for r in roll_ups(members, timelines, until=MARCH + days(90))
    ]
    assert verdicts == [(MARCH, Verdict.SPLIT), (MARCH + days(30), Verdict.UNITED)]


# The fast rule against the slow one

FIRST = date(2024, 1, 1)
OFFICES = {
    "fr": ("", ""),
    "president": ("head_of_state", "President"),
    "premier": ("head_of_government", "Prime minister"),
    "successor": ("head_of_government", "prime minister"),
    "minister": ("minister", ""),
    "other-minister": ("minister", "Defence minister"),
    "spokesman": ("spokesperson", "Spokesperson"),
    "spokeswoman": ("spokesperson", "Spokesperson"),
    "adviser": ("official", "Adviser"),
    "general": ("official", "Adviser"),
    "opponent": ("opposition", ""),
}


@st.composite
def statements_of_one_body(draw: st.DrawFn) -> list[Statement]:
    """Up to nine statements over some two years, copies and vague dates included."""
    found = []
    for number in range(draw(st.integers(0, 9))):
        actor = draw(st.sampled_from(sorted(OFFICES)))
        rank, office = OFFICES[actor]
        precision = draw(st.sampled_from(["day"] * 6 + ["month", "year"]))
        spread = st.integers(0, 40) | st.integers(0, 800)
        day = FIRST + days(draw(spread))
        if precision != "day":
            day = day.replace(day=1)
        if precision == "year":
            day = day.replace(month=1)
        document = draw(st.integers(1, 6))
        found.append(
            statement(
                id=number,
                actor=actor,
                rank=rank,
                office=office,
                value=draw(st.sampled_from(list(Value))),
                stated_on=day,
                precision=precision,
                document_id=document,
                canonical_document_id=draw(st.sampled_from([document, 1])),
            )
        )
    return found


SMALL = Rule(name="small-windows", contested_days=5, stale_days=40, official_days=30)


def as_answer(position: Position | None) -> reference.Answer | None:
    """Bring the fast rule's position into the reference's shape."""
    if position is None:
        return None
    return reference.Answer(
        value=position.value,
        since=position.since,
        made_by=frozenset(s.id for s in position.made_by),
        contested_by=frozenset(s.id for s in position.contested_by),
        stale=position.stale,
        thin=position.thin,
        previous=position.previous,
        change=position.change,
        reversal=position.reversal,
    )


@settings(max_examples=300, deadline=None)
@given(
    statements_of_one_body(), st.integers(-5, 1300), st.sampled_from([Rule(), SMALL])
)
def test_the_fast_rule_agrees_with_the_reference_on_any_day(
    statements: list[Statement], offset: int, rule: Rule
) -> None:
    day = FIRST + days(offset)
    fast = as_answer(position_at(statements, day, rule))
    assert fast == reference.answer(statements, day, rule)


@settings(max_examples=60, deadline=None)
@given(statements_of_one_body(), st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(
    statements: list[Statement], random: object
) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    day = FIRST + days(900)
    assert as_answer(position_at(shuffled, day)) == as_answer(
        position_at(statements, day)
    )


@settings(max_examples=60, deadline=None)
@given(statements_of_one_body())
def test_the_periods_say_the_same_as_asking_each_day(
    statements: list[Statement],
) -> None:
    until = FIRST + days(1300)
    periods = positions(statements, until=until, rule=SMALL)
    for offset in range(1301):
        day = FIRST + days(offset)
        of_day = [
            p for p in periods if p.start <= day and (p.end is None or day < p.end)
        ]
        asked = position_at(statements, day, SMALL)
        assert len(of_day) == (asked is not None)
        if asked:
            assert as_answer(of_day[0].position) == as_answer(asked)
            assert of_day[0].position.reasons == asked.reasons


@settings(max_examples=60, deadline=None)
@given(statements_of_one_body())
def test_every_position_gives_its_reasons_in_sentences(
    statements: list[Statement],
) -> None:
    for period in positions(statements, until=FIRST + days(1300)):
        assert period.position.reasons
        assert all(line.endswith(".") for line in period.position.reasons)
