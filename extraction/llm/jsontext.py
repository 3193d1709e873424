"""JSON out of what a language model wrote: with prose around it, or cut off in the middle."""

import json
import re
from collections.abc import Iterator
from typing import Any

THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
MOST_STARTS = 200  # opening braces tried; bounds the work on nonsense

decoder = json.JSONDecoder()


class NoJsonError(ValueError):
    """No object with the wanted list is in the text."""


def items_in(answer: str, key: str) -> tuple[list[Any], bool]:
    """Return the list under ``key`` of the object in ``answer``, and whether it is whole.

    A cut-off answer gives the items that are complete. Raises NoJsonError.
    """
    text = THOUGHTS.sub("", answer)
    for start in _starts(text):
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get(key), list):
            return found[key], True
    return _salvaged(text, key), False


def _starts(text: str) -> Iterator[int]:
    for count, match in enumerate(re.finditer(r"\{", text)):
        if count == MOST_STARTS:
            return
        yield match.start()


def _salvaged(text: str, key: str) -> list[Any]:
    opening = re.search(rf'\{{\s*"{re.escape(key)}"\s*:\s*\[', text)
    if opening is None:
        raise NoJsonError(key)
    items: list[Any] = []
    at = opening.end()
    while (start := text.find("{", at)) >= 0 and not text[at:start].strip(", \n\r\t"):
        try:
            item, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items
