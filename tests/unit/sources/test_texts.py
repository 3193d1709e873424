"""Cleaning, fingerprints and dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.cleaning import BrokenTextError, clean, clean_file_name, clean_line
from sources.parsing.dates import date_in_path, read_date
from sources.shingles import bands, resemblance, shingles

WORDS = [f"word{n}" for n in range(300)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once or once.startswith("\ufeff")
    assert not {"\r", "\0"} & set(once)


def test_cleaning_keeps_code_points() -> None:
    odd = "e\u0301 \u202eabc\u202c \u200d \U0001f469\u200d\U0001f4bb “q”"
    assert clean(odd) == odd


def test_half_characters_are_refused() -> None:
    with pytest.raises(BrokenTextError):
        clean("\udc80")


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("..\\..\\x.txt", "x.txt"),
        ("/etc/passwd", "passwd"),
        ("a\0b.txt", "a b.txt"),
        ("", "unnamed"),
        ("n" * 300, "n" * 255),
    ],
)
def test_file_names_lose_their_paths_and_hidden_characters(
    name: str, cleaned: str
) -> None:
    assert clean_file_name(name) == cleaned


def test_a_title_is_one_line() -> None:
    assert clean_line(" A\n\ttitle\u202e ", 100) == "A title"


def test_the_same_text_resembles_itself_whatever_its_case_and_spacing() -> None:
    one, other = shingles(" ".join(WORDS)), shingles("\n".join(WORDS).upper())
    assert resemblance(one, other) == 1
    assert bands(one) == bands(other)


def test_a_text_with_one_word_more_shares_a_band() -> None:
    one = shingles(" ".join(WORDS))
    other = shingles(" ".join([*WORDS[:150], "not", *WORDS[150:]]))
    assert 0.9 < resemblance(one, other) < 1
    assert set(bands(one)) & set(bands(other))


def test_different_texts_share_no_band() -> None:
    one, other = shingles(" ".join(WORDS)), shingles(" ".join(reversed(WORDS)))
    assert resemblance(one, other) == 0
    assert not set(bands(one)) & set(bands(other))


def test_a_text_shorter_than_a_shingle_has_no_bands() -> None:
    assert bands(shingles("too short")) == []
    assert resemblance(shingles(""), shingles("")) == 0


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-02-27", ("2024-02-27", "day")),
        ("2024-02-27T09:30:00+01:00", ("2024-02-27", "day")),
        ("20240227", ("2024-02-27", "day")),
        ("2024-02", ("2024-02-01", "month")),
        ("2024", ("2024-01-01", "year")),
        ("Tue, 05 Mar 2024 10:00:00 EST", ("2024-03-05", "day")),
        ("01/02/2026", ("", "")),
        ("31 Feb 2024", ("", "")),
        ("2024-13-01", ("", "")),
        ("25:61", ("", "")),
        ("yesterday", ("", "")),
        ("١٢", ("", "")),
        ("10", ("", "")),
        ("9999-01-01", ("", "")),
        ("", ("", "")),
    ],
)
def test_only_dates_that_mean_one_thing_are_read(
    stated: str, expected: tuple[str, str]
) -> None:
    assert read_date(stated) == expected


def test_a_day_in_an_address_is_a_date() -> None:
    assert date_in_path("https://g.example/2024/3/5/title") == ("2024-03-05", "day")
    assert date_in_path("https://g.example/2024/13/5/title") == ("", "")
