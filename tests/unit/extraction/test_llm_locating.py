"""Quotes of a language model, found again in the text."""

# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.interface import Span
from extraction.llm.locating import How, Locator, normalise, significant

TEXT = (
    "Oslo, Tuesday.\n"
    "“We won’t  build\u00a0the fence – not now, not ever,” the minister said.\n"
    "The government is ready to co\u00adoperate with all three neighbours on the tax.\n"
)
WHOLE = [Span(0, len(TEXT))]


def found(quote: str, text: str = TEXT) -> tuple[str, How] | None:
    """Return the words of the text that a quote is found as."""
    located = Locator(text).locate(quote, [Span(0, len(text))])
    return (located.span.text(text), located.how) if located else None


def test_words_that_stand_in_the_text_are_found_exactly() -> None:
    assert found("the minister said") == ("the minister said", How.EXACT)


@pytest.mark.parametrize(
    "quote",
    [
        "We won't build the fence - not now, not ever",
        '"We won’t build the fence – not now, not ever,"',
        "we won’t build\nthe fence — not now, not ever",
    ],
)
def test_other_quotation_marks_spaces_dashes_and_case_are_mapped_back(
    quote: str,
) -> None:
    words = "We won’t  build\u00a0the fence – not now, not ever"
    located = found(quote)
    assert located is not None
    assert located[0].rstrip(",") == words
    assert located[1] is How.NORMALISED


def test_invisible_hyphens_do_not_hide_words() -> None:
    assert found("cooperate with all three") == (
        "co\u00adoperate with all three",
        How.NORMALISED,
    )


def test_a_long_quote_with_a_slip_is_found_nearly() -> None:
    quote = "The goverment is ready to cooperate with all three neighbors on the tax"
    located = found(quote)
    assert located is not None
    assert located[1] is How.FUZZY
    assert located[0].startswith("The government is ready")


@pytest.mark.parametrize(
    "quote",
    [
        "The goverment is not ready to cooperate with all three neighbours on the tax",
        "The goverment is ready to cooperate with all 3 neighbours only on the tax",
        "The government is eager to fight against all three neighbours over the tax",
        "the ministr said",
        "ready to coop",
        "",
        "“…”",
    ],
)
def test_changed_meanings_short_slips_and_nothing_are_not_found(quote: str) -> None:
    assert found(quote) is None


def test_a_short_word_is_not_found_inside_a_longer_one() -> None:
    assert found("ever", "They never answered.") is None
    assert found("ever", "Never, ever again.") == ("ever", How.EXACT)


def test_the_first_span_is_searched_first() -> None:
    text = "He agrees. She waits. He agrees."
    later = Span(11, len(text))
    located = Locator(text).locate("He agrees", [later, Span(0, len(text))])
    assert located is not None
    assert located.span.start == 22


def test_the_nearest_mention_names_the_speaker() -> None:
    text = "Lund spoke. Saez spoke. Then Lund said no, and Saez left with Lund."
    quote = Span(text.index("said no"), text.index(", and"))
    span = Locator(text).nearest("lund", [Span(0, len(text))], quote)
    assert span == Span(29, 33)


def test_negations_conditions_and_numbers_are_significant() -> None:
    assert significant("do not pay 20 unless asked") == ["20", "not", "unless"]


def test_a_quote_of_odd_white_space_is_not_found() -> None:
    assert Locator("a \x1c b").locate("\x1c", [Span(0, 5)]) is None


@given(st.text(max_size=80), st.data())
def test_any_exact_quote_is_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    located = Locator(text).locate(text[start:end], [Span(0, len(text))])
    if located and located.how is How.EXACT:
        assert located.span.text(text) == text[start:end].strip()


@given(st.text(max_size=200), st.text(max_size=60))
def test_whatever_is_found_lies_in_the_text(text: str, quote: str) -> None:
    located = Locator(text).locate(quote, [Span(0, len(text))])
    if located:
        assert 0 <= located.span.start < located.span.end <= len(text)


@given(st.text(max_size=200))
def test_every_normalised_character_knows_its_place(text: str) -> None:
    plain = normalise(text)
    assert len(plain.plain) == len(plain.offsets)
    assert list(plain.offsets) == sorted(plain.offsets)
