"""What a language model writes, taken apart with care."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.interface import Value
from extraction.llm.answers import (
    MOST_ITEMS,
    Relevant,
    Reported,
    read_items,
    schema_of,
)
from extraction.llm.jsontext import NoJsonError, items_in

STANCE = {
    "paragraph": 2,
    "claim": "wealth-tax",
    "speaker": "Norway",
    "quote": "backs the tax",
    "value": "support",
    "condition": "",
    "manner": "indirect",
    "clarity": "explicit",
}
ANSWER = json.dumps({"stances": [STANCE, STANCE]})


@pytest.mark.parametrize(
    "written",
    [
        ANSWER,
        f"Here you are:\n```json\n{ANSWER}\n```\nAnything else?",
        f'<think>{{"stances": []}} or not?</think>{ANSWER}',
        f"The set {{1, 2}} is unrelated. {ANSWER} {{",
        json.dumps({"answer": {"stances": [STANCE, STANCE]}}),
    ],
)
def test_json_is_cut_out_of_what_stands_around_it(written: str) -> None:
    assert items_in(written, "stances") == ([STANCE, STANCE], True)


def test_a_truncated_answer_gives_its_complete_items() -> None:
    assert items_in(ANSWER[:-20], "stances") == ([STANCE], False)


@pytest.mark.parametrize(
    "written", ["", "I cannot help with that.", '{"stances": "none"}', "[]", "{" * 5000]
)
def test_an_answer_without_the_list_is_refused(written: str) -> None:
    with pytest.raises(NoJsonError):
        items_in(written, "stances")


@given(st.text(alphabet='{}[]":,stance 0\\', max_size=120))
def test_any_nonsense_is_read_or_refused(written: str) -> None:
    try:
        items, _ = items_in(written, "stances")
    except NoJsonError:
        return
    read_items(Reported, items)


def test_an_item_with_an_unknown_value_is_dropped_and_counted() -> None:
    kept, dropped = read_items(Reported, [STANCE, STANCE | {"value": "adore"}, 7])
    assert [item.value for item in kept] == [Value.SUPPORT]
    assert dropped == 2


def test_endless_lists_are_cut() -> None:
    kept, dropped = read_items(Reported, [STANCE] * (MOST_ITEMS + 3))
    assert (len(kept), dropped) == (MOST_ITEMS, 3)


def test_the_schema_names_only_known_claims_and_values() -> None:
    schema = schema_of(Reported, "stances", ["wealth-tax"])
    item = schema["properties"]["stances"]["items"]
    assert item["properties"]["claim"]["enum"] == ["wealth-tax"]
    assert item["properties"]["value"]["enum"] == [value.value for value in Value]


@pytest.mark.parametrize("shape", [Relevant, Reported])
def test_the_schema_is_strict(shape: type[Relevant | Reported]) -> None:
    schema = schema_of(shape, shape.list_name, ["a"])
    item = schema["properties"][shape.list_name]["items"]
    assert item["required"] == list(item["properties"])
    assert schema["additionalProperties"] is item["additionalProperties"] is False
    assert "$ref" not in json.dumps(schema)
    assert "default" not in json.dumps(schema)
