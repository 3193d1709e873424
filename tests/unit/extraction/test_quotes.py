"""Quotations are found by their marks, whatever the typography."""

# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.quotes import find_quotations

MARKS = "“”„‟\"«»‹›‘’‚‛'` \n,.ab1—sS\u2029"


def quoted(text: str) -> list[str]:
    return [one.span.text(text) for one in find_quotations(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"),
        ("‘", "’"),
        ('"', '"'),
        ("'", "'"),
        ("``", "''"),
        ("''", "''"),
        ("« ", " »"),
        ("«", "»"),
        ("‹", "›"),
        ("„", "“"),
        ("„", "”"),
        ("‚", "‘"),
        ("»", "«"),
        ("›", "‹"),
        ("”", "”"),
        (",,", "''"),
    ],
)
def test_each_typography_gives_the_words_with_their_marks(
    opening: str, closing: str
) -> None:
    text = f"Then {opening}we shall wait, all of us{closing} was heard."
    assert quoted(text) == [f"{opening}we shall wait, all of us{closing}"]


def test_a_mark_closed_by_the_wrong_one_still_closes() -> None:
    assert quoted('They want "boats and nets.” Nothing else.') == ['"boats and nets.”']


@pytest.mark.parametrize(
    "text",
    [
        "The harbour's wall isn't the fishermen's concern.",
        "It measures 6'2\" by 4'1\" and weighs little.",
        "Back in the '90s, rock 'n' roll was everywhere.",
        'A 12" pipe will do.',
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_a_measure_inside_a_quotation_does_not_end_it() -> None:
    text = 'She said "a 5\'9" man came in" and left.'
    assert quoted(text) == ['"a 5\'9" man came in"']


def test_an_apostrophe_does_not_end_a_single_quotation() -> None:
    text = "‘The miners’ anger isn’t new,’ he said."
    assert quoted(text) == ["‘The miners’ anger isn’t new,’"]


def test_the_inner_quotation_belongs_to_the_outer_one() -> None:
    text = "“He told me ‘never’ and “no” at once,” she said."
    assert quoted(text) == ["“He told me ‘never’ and “no” at once,”"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "She began: “We were late.\nThen nothing."
    (found,) = find_quotations(text)
    assert found.span.text(text) == "“We were late."
    assert not found.closed


def test_a_mark_repeated_at_each_paragraph_continues_the_quotation() -> None:
    text = "“First we rowed.\n\n“Then we sailed.\n\n“Then we sank,” he said."
    found = find_quotations(text)
    assert [one.continues for one in found] == [False, True, True]
    assert [one.closed for one in found] == [False, False, True]


def test_a_mark_closed_only_two_lines_later_continues_the_quotation() -> None:
    text = "“First we rowed.\n\nThen we sank.” Nobody laughed."
    assert quoted(text) == ["“First we rowed.", "Then we sank.”"]


def test_a_lost_mark_spoils_only_its_own_paragraph() -> None:
    text = 'A stray" mark here.\n\n"We stay," she said.'
    assert quoted(text) == ['"We stay,"']


@given(st.one_of(st.text(), st.text(alphabet=MARKS)))
def test_spans_lie_inside_any_text_in_order_and_apart(text: str) -> None:
    end = 0
    for found in find_quotations(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span.start <= found.inner.start <= found.inner.end
        assert found.inner.end <= found.span.end
        end = found.span.end


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "Zs", "Po"]), max_size=60))
def test_a_text_without_marks_has_no_quotations(text: str) -> None:
    bare = "".join(char for char in text if char not in "\"'＂,")
    assert find_quotations(bare) == []
