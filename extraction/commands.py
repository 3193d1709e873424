"""Commands of the extraction library: files in, JSON lines out."""

import json
import sys
from pathlib import Path
from typing import TextIO

from extraction.attribution import DEFAULT_THRESHOLD, find_attributions
from extraction.interface import Attribution, Span
from extraction.languages.attributing import find_foreign_attributions
from extraction.languages.detection import detect_or_english, unread
from extraction.parsing import parse


def print_attributions(
    folder: Path, *, threshold: float = DEFAULT_THRESHOLD, out: TextIO = sys.stdout
) -> None:
    """Write one JSON line for each text of ``folder`` (``*.txt``, UTF-8).

    What is neither English, French nor German gets no attribution and a word on stderr.
    """
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        language = detect_or_english(text)
        if reason := unread(language):
            sys.stderr.write(f"{path.name}: {reason}\n")
        found = _attributions(text, language)
        row = {
            "document": path.stem,
            "attributions": [_row(one) for one in found if one.confidence >= threshold],
        }
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _attributions(text: str, language: str) -> list[Attribution]:
    """Who said what in a text; nothing in a language that the rules do not read."""
    if language == "en":
        return find_attributions(text, parse(text))
    if unread(language):
        return []
    return find_foreign_attributions(text, language)


def _row(one: Attribution) -> dict[str, object]:
    return {
        "source": _pairs(one.source),
        "cue": _pairs(one.cue),
        "content": _pairs(one.content),
        "confidence": round(one.confidence, 3),
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
