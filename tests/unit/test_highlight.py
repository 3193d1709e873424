"""Splitting a text into highlighted segments."""

from hypothesis import given
from hypothesis import strategies as st

from claims.highlight import Mark, segments

texts = st.text(max_size=60)
marks = st.lists(
    st.builds(
        Mark,
        start=st.integers(-5, 70),
        end=st.integers(-5, 70),
        key=st.sampled_from(["s1", "s2", "p1"]),
        kind=st.sampled_from(["suggestion", "stance"]),
        label=st.sampled_from(["", "S1", "P1"]),
    ),
    max_size=8,
)


@given(texts, marks)
def test_the_segments_make_up_the_text(text: str, given_marks: list[Mark]) -> None:
    assert "".join(s.text for s in segments(text, given_marks)) == text


@given(texts, marks)
def test_each_code_point_carries_exactly_the_marks_that_cover_it(
    text: str, given_marks: list[Mark]
) -> None:
    for segment in segments(text, given_marks):
        for place in range(segment.start, segment.end):
            covering = [m for m in given_marks if m.start <= place < m.end]
            assert sorted(m.key for m in segment.marks) == sorted(
                m.key for m in covering
            )


@given(texts, marks)
def test_each_mark_that_touches_the_text_begins_once(
    text: str, given_marks: list[Mark]
) -> None:
    begun = [m.key for s in segments(text, given_marks) for m in s.starting]
    visible = [m.key for m in given_marks if max(0, m.start) < min(len(text), m.end)]
    assert sorted(begun) == sorted(visible)


@given(texts, marks)
def test_no_segment_is_empty_and_each_begins_where_the_last_ended(
    text: str, given_marks: list[Mark]
) -> None:
    place = 0
    for segment in segments(text, given_marks):
        assert segment.text
        assert segment.start == place
        place = segment.end
    assert place == len(text)


def test_overlapping_marks_share_a_segment_with_both_looks() -> None:
    parts = segments(
        "one two three",
        [Mark(0, 7, "s1", "suggestion", "S1"), Mark(4, 13, "p2", "stance", "P2")],
    )
    assert [part.text for part in parts] == ["one ", "two", " three"]
    assert parts[1].kinds == ["suggestion", "stance"]
    assert (parts[0].label, parts[1].label, parts[2].label) == ("S1", "P2", "")


def test_offsets_are_code_points_beyond_the_first_plane() -> None:
    parts = segments("👍🇫🇷 yes", [Mark(4, 7, "s1", "suggestion")])
    assert parts[-1].text == "yes"


def test_an_empty_text_has_no_segments() -> None:
    assert segments("", [Mark(0, 3, "s1", "suggestion")]) == []
