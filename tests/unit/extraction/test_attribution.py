"""Who said, thinks or wants what, in the forms that news texts use."""

# ruff: noqa: RUF001

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.attribution import find_attributions
from extraction.interface import Attribution, Kind
from extraction.parsing import parse


def attributions(text: str, author: str = "") -> list[Attribution]:
    return find_attributions(text, parse(text), author=author)


def words(text: str, one: Attribution) -> tuple[str, str]:
    source = " | ".join(span.text(text) for span in one.source)
    return source, " | ".join(span.text(text) for span in one.content)


def found(text: str) -> list[tuple[str, str]]:
    return [words(text, one) for one in attributions(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "“The bridge must close,” said Ana Lima, the city engineer.",
            "Ana Lima, the city engineer",
            "“The bridge must close,”",
        ),
        (
            'The mayor replied: "We have no money for a new bridge."',
            "The mayor",
            '"We have no money for a new bridge."',
        ),
        (
            "The minister said that the dam would be built next year.",
            "The minister",
            "that the dam would be built next year",
        ),
        (
            "According to the port authority, the ferry sank within minutes.",
            "the port authority",
            "the ferry sank within minutes",
        ),
        (
            "Norway supports the treaty.",
            "Norway",
            "the treaty",
        ),
        (
            "Peru is considering leaving the pact.",
            "Peru",
            "leaving the pact",
        ),
        (
            "The plan was dismissed by the trade union.",
            "the trade union",
            "The plan",
        ),
        (
            "Farmers remain staunchly opposed to the new tax.",
            "Farmers",
            "the new tax",
        ),
        (
            "Chile has no wish to join the alliance.",
            "Chile",
            "to join the alliance",
        ),
        (
            "Oslo and Rome rule out sending ships.",
            "Oslo and Rome",
            "sending ships",
        ),
        (
            "The board shared the director's ideas.",
            "The board",
            "the director's ideas",
        ),
        (
            "Kenya's opposition to the levy has hardened.",
            "Kenya's",
            "the levy",
        ),
        (
            "The senator called the bill a disgrace.",
            "The senator",
            "the bill a disgrace",
        ),
    ],
)
def test_each_form_gives_source_and_content(
    text: str, source: str, content: str
) -> None:
    assert (source, content) in found(text)


def test_a_quotation_cut_by_its_cue_is_one_attribution() -> None:
    text = "“We stay,” the nurse said. “Nobody will move us from here.”"
    (one,) = attributions(text)
    assert one.kind is Kind.DIRECT
    assert len(one.content) == 2


def test_words_quoted_inside_reported_speech_make_it_mixed() -> None:
    text = "The coach said that the team was “nowhere near its best” for the cup."
    (one,) = attributions(text)
    assert one.kind is Kind.MIXED
    assert words(text, one)[1].endswith("“nowhere near its best” for the cup")


def test_a_quotation_in_its_own_paragraph_is_the_last_speakers() -> None:
    text = "“We lost everything,” Mr. Osei said.\n\n“The sea took the rest of it.”"
    first, second = attributions(text)
    assert second.source == first.source


def test_a_colon_at_the_end_of_a_paragraph_introduces_the_next() -> None:
    text = "The bishop wrote to them:\n\n“There is no room left in the valley.”"
    assert found(text) == [("The bishop", "“There is no room left in the valley.”")]


def test_a_name_after_a_dash_signs_the_quotation() -> None:
    text = "“It was the best year of my life.” — Carla Moreno"
    assert found(text) == [("Carla Moreno", "“It was the best year of my life.”")]


def test_an_uncommon_verb_beside_a_quotation_is_a_cue() -> None:
    text = "“We did it!” beamed the captain."
    assert found(text) == [("the captain", "“We did it!”")]


def test_the_turns_of_a_dialogue_belong_to_their_names() -> None:
    text = (
        "MENSAH: Will you stand again?\nROSSI: I have not decided.\n"
        "MENSAH: When will you?\nROSSI: In the spring."
    )
    assert ("ROSSI", "I have not decided.") in found(text)


def test_a_pull_quote_is_surer_when_the_author_is_known() -> None:
    text = "The valley is empty now.\n\n“Nobody asked us what we wanted for it.”"
    (unknown,) = attributions(text)
    (known,) = attributions(text, author="Ivo Marek")
    assert unknown.source == known.source == ()
    assert unknown.confidence < known.confidence


def test_a_relative_pronoun_brings_its_antecedent() -> None:
    text = "Lena Vogt, who opposes the merger, left early."
    (one,) = [one for one in attributions(text) if one.cue_lemma == "oppose"]
    assert words(text, one) == ("Lena Vogt | who", "the merger")


def test_the_members_of_a_group_are_part_of_the_source() -> None:
    text = "Several states, including Chad and Mali, are considering how to respond."
    assert any("Chad and Mali" in source for source, _ in found(text))


def test_a_denied_cue_is_marked_as_negated() -> None:
    text = "The president did not rule out new elections."
    (one,) = attributions(text)
    assert one.negated
    assert one.cue_lemma == "rule out"


def test_what_the_reporter_adds_is_not_reported() -> None:
    text = "The judge said the law was void and vowed to publish her reasons."
    contents = [content for _, content in found(text)]
    assert "the law was void" in contents


def test_a_report_inside_a_report_is_less_sure() -> None:
    plain = "Brazil supports the ban."
    nested = "The paper said that Brazil supports the ban."
    (first,) = attributions(plain)
    (second,) = [one for one in attributions(nested) if one.cue_lemma == "support"]
    assert second.confidence < first.confidence / 2


@pytest.mark.parametrize(
    "text",
    [
        "The river rose two metres overnight.",
        "Trains run every hour, not to mention the buses.",
        "",
    ],
)
def test_plain_facts_are_no_attributions(text: str) -> None:
    assert attributions(text) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                ["“We go,”", "she said", "the union", "opposes", '"', "\n\n", ". ", "’"]
            ),
        ),
        max_size=20,
    ).map(" ".join)
)
def test_every_span_of_any_text_is_a_proper_one(text: str) -> None:
    for one in attributions(text):
        assert one.content
        for span in (*one.content, *one.cue, *one.source):
            assert 0 <= span.start < span.end <= len(text)
        assert 0 < one.confidence < 1
