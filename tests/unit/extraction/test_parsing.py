"""Parses keep the offsets of the text they were made from."""

# ruff: noqa: RUF001

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.parsing import LONGEST_PIECE, normalise, parse


@given(st.text())
def test_normalising_keeps_the_length_of_any_text(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_quotation_marks_become_plain() -> None:
    assert normalise("“It’s «here»” ``so''") == '"It\'s "here""  "so" '


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_tokens_stand_where_their_words_stand(text: str) -> None:
    plain = normalise(text)
    for token in parse(text):
        assert plain[token.idx : token.idx + len(token.text)] == token.text


def test_a_long_text_is_parsed_in_pieces_without_a_shift() -> None:
    paragraph = "The ferry left early. Nobody had told the harbour master.\n\n"
    text = paragraph * (LONGEST_PIECE // len(paragraph) + 50)
    doc = parse(text)
    assert doc.text == text
    assert doc[-2].text == "."


def test_no_sentence_spans_two_paragraphs() -> None:
    text = "A headline without a stop\n\nThe council met on Friday."
    assert [sent.text.strip() for sent in parse(text).sents] == text.split("\n\n")


def test_an_empty_text_has_no_tokens() -> None:
    assert len(parse("")) == 0


def test_a_dateline_is_no_part_of_the_sentence() -> None:
    text = "OSLO, Mar 5 (Fjord News) — Norway and Spain voted for it."
    doc = parse(text)
    assert [t.text for t in doc if t.dep_ == "nsubj"] == ["Norway"]
    assert [t.idx for t in doc if t.text == "Norway"] == [text.index("Norway")]
