"""Shapes of a language model's answers: Pydantic models, their JSON schemas, lenient reading."""

from typing import Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from extraction.interface import Kind, Value

MOST_ITEMS = 100


class Relevant(BaseModel):
    """The claims that one paragraph concerns."""

    list_name: ClassVar[str] = "paragraphs"
    paragraph: int
    claims: list[str] = Field(max_length=MOST_ITEMS)


class Reported(BaseModel):
    """One stance as the model reports it; every words-field is quoted from the text."""

    list_name: ClassVar[str] = "stances"
    paragraph: int
    claim: str
    speaker: str = Field(min_length=1, max_length=200)
    quote: str = Field(min_length=1, max_length=3000)
    value: Value
    condition: str = Field(default="", max_length=600)
    manner: Kind = Kind.INDIRECT
    clarity: Literal["explicit", "implied"] = "implied"


Item = TypeVar("Item", Relevant, Reported)


def read_items(shape: type[Item], items: list[Any]) -> tuple[list[Item], int]:
    """Return the items that have the shape, and how many have not."""
    kept: list[Item] = []
    for item in items[:MOST_ITEMS]:
        try:
            kept.append(shape.model_validate(item))
        except ValidationError:
            continue
    return kept, len(items) - len(kept)


def schema_of(
    shape: type[BaseModel], list_name: str, slugs: list[str]
) -> dict[str, Any]:
    """Return the JSON schema of an answer in which only ``slugs`` can be named.

    Strict as the SDK's servers want it: all properties required, none besides.
    """
    item = shape.model_json_schema()
    definitions = item.pop("$defs", {})
    properties = {
        name: _plain(rule, definitions) for name, rule in item["properties"].items()
    }
    for name, rule in properties.items():
        if name == "claim":
            rule["enum"] = slugs
        if name == "claims":
            rule["items"] = {"type": "string", "enum": slugs}
    listed = {"type": "array", "items": _object(properties)}
    return _object({list_name: listed})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


LEFT_OUT = {"title", "default", "minLength", "maxLength", "maxItems", "description"}


def _plain(rule: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a rule without references and without what strict servers refuse."""
    if "$ref" in rule:
        rule = {**definitions[rule["$ref"].rsplit("/", 1)[-1]], **rule}
        rule.pop("$ref")
    return {name: part for name, part in rule.items() if name not in LEFT_OUT}
