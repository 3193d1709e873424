"""The geometry of the charts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.chart.frame import narrow, span_of, ticks, wide
from claims.chart.marks import CORNERS, outline, shortened
from claims.chart.rollups import draw_roll_ups
from claims.chart.timeline import Chart, draw
from claims.timeline.groups import Member, roll_ups
from claims.timeline.rule import positions
from claims.timeline.statements import Statement
from extraction.interface import Value
from tests.factories.statements import statement

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
MARCH = date(2024, 3, 1)
dates = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def drawn(*statements: Statement, last: date = LAST) -> Chart:
    """Draw statements from January 2024 to ``last``."""
    return draw(wide(FIRST, last), positions(statements, until=last), statements)


def test_support_is_on_top_and_opposition_at_the_bottom() -> None:
    labels = [level.label for level in drawn().levels]
    assert labels[0] == "Support"
    assert labels[-1] == "Oppose"
    heights = [level.y for level in drawn().levels]
    assert heights == sorted(heights)


def test_small_charts_shorten_the_words_of_the_scale() -> None:
    chart = draw(narrow(FIRST, LAST), ())
    assert [level.label for level in chart.levels][1] == "Cond. support"


def test_the_line_steps_after_the_statement() -> None:
    later = statement(value=Value.OPPOSE, stated_on=MARCH + timedelta(days=60))
    chart = drawn(statement(stated_on=MARCH), later)
    first, second = chart.segments[0], chart.segments[1]
    assert first.x2 == second.x1 == chart.marks[1].x
    assert (chart.risers[0].y1, chart.risers[0].y2) == (first.y, second.y)


def test_no_line_is_drawn_through_silence() -> None:
    chart = drawn(statement(stated_on=MARCH))
    stale_from = chart.frame.x(MARCH + timedelta(days=366))
    assert chart.segments[-1].x2 == stale_from
    assert chart.gaps[0].x1 == stale_from
    assert "silence is not a position" in chart.gaps[0].words


def test_no_riser_leaps_over_a_silence() -> None:
    later = statement(value=Value.OPPOSE, stated_on=MARCH + timedelta(days=500))
    assert drawn(statement(stated_on=MARCH), later).risers == ()


def test_contested_days_are_marked_and_their_voices_hollow() -> None:
    adviser = statement(actor="adviser", rank="official", value=Value.OPPOSE)
    chart = drawn(statement(stated_on=MARCH), adviser)
    assert len(chart.contested) == 1
    assert [mark.hollow for mark in chart.marks] == [True, True]


def test_other_voices_are_hollow_and_have_a_shape_of_their_own() -> None:
    chart = drawn(statement(), statement(actor="opponent", rank="opposition"))
    shapes = [(mark.shape, mark.hollow) for mark in chart.marks]
    assert shapes == [("circle", False), ("cross", True)]


def test_statements_after_the_last_day_are_not_drawn() -> None:
    assert drawn(statement(stated_on=LAST), last=date(2024, 6, 1)).marks == ()


def test_marks_of_the_same_day_do_not_cover_each_other() -> None:
    chart = drawn(*(statement(actor=f"minister-{n}") for n in range(4)))
    places = [(mark.x, mark.y) for mark in chart.marks]
    assert len(set(places)) == 4


def test_a_mark_tells_who_said_what_and_when() -> None:
    mark = drawn(statement(speaker="Anna Example", office="President")).marks[0]
    assert mark.label == "Anna Example (President) supported it on 1 March 2024"


def test_long_quotes_are_cut_at_a_word() -> None:
    cut = shortened("word " * 100)
    assert len(cut) < 170
    assert cut.endswith("word …")


def test_the_chart_is_told_in_one_sentence() -> None:
    later = statement(value=Value.OPPOSE, stated_on=MARCH + timedelta(days=1))
    chart = drawn(statement(stated_on=MARCH), later)
    assert chart.description == "Support from 1 March 2024; oppose from 2 March 2024."
    assert drawn().description == "No position so far."


@pytest.mark.parametrize("shape", ["circle", *CORNERS])
def test_every_shape_has_an_outline(shape: str) -> None:
    assert outline(shape, 10, 10).startswith("M")


@given(dates, st.integers(0, 40_000))
def test_ticks_lie_within_the_plot_and_leave_room_for_their_labels(
    first: date, days: int
) -> None:
    frame = narrow(first, min(first + timedelta(days=days), date(2300, 1, 1)))
    marks = ticks(frame)
    assert all(frame.left <= tick.x <= frame.plot_right for tick in marks)
    assert all(right.x - left.x >= 20 for left, right in pairwise(marks))


@given(st.lists(dates, max_size=8), dates)
def test_an_axis_always_has_length_and_ends_by_the_day_asked(
    days: list[date], as_of: date
) -> None:
    first, last = span_of([d for d in days if d <= as_of], as_of)
    assert (last - first).days >= 90
    assert last <= as_of


def test_a_long_silence_ends_the_axis_before_the_day_asked() -> None:
    _, last = span_of([date(2010, 5, 1)], date(2026, 1, 1))
    assert last < date(2012, 1, 1)


def test_a_groups_blocks_are_as_high_as_members_hold_the_value() -> None:
    timelines = {
        "lt": positions([statement()], until=LAST),
        "lv": positions([statement()], until=LAST),
        "ee": positions([statement(value=Value.OPPOSE)], until=LAST),
    }
    rolled = roll_ups([Member(slug) for slug in timelines], timelines, until=LAST)
    chart = draw_roll_ups(wide(FIRST, LAST), rolled)
    counts = [(block.value, block.count, block.stale) for block in chart.blocks]
    assert counts == [
        (Value.SUPPORT, 2, False),
        (Value.OPPOSE, 1, False),
        (Value.SUPPORT, 2, True),
        (Value.OPPOSE, 1, True),
    ]
    assert chart.description == "Split: 2 support and 1 oppose, of 3 members."


def test_a_groups_chart_marks_the_days_on_which_all_its_members_are_silent() -> None:
    later = statement(stated_on=MARCH + timedelta(days=30))
    timelines = {
        "lt": positions([statement(stated_on=MARCH)], until=LAST),
        "lv": positions([later], until=LAST),
    }
    rolled = roll_ups([Member(slug) for slug in timelines], timelines, until=LAST)
    chart = draw_roll_ups(wide(FIRST, LAST), rolled)
    stale_from = chart.frame.x(MARCH + timedelta(days=30 + 366))
    assert [silence.x for silence in chart.silences] == [stale_from]
    assert chart.silences[0].x + chart.silences[0].width == chart.frame.plot_right


def test_a_group_of_which_nobody_spoke_has_no_blocks() -> None:
    assert draw_roll_ups(wide(FIRST, LAST), ()).blocks == ()
