"""Commands of the extraction library: files in, JSON lines out."""

import json
import sys
from pathlib import Path
from typing import TextIO

from extraction.attribution import DEFAULT_THRESHOLD, find_attributions
from extraction.interface import Attribution, Span
from extraction.parsing import parse


def print_attributions(
    folder: Path, *, threshold: float = DEFAULT_THRESHOLD, out: TextIO = sys.stdout
) -> None:
    """Write one JSON line for each text of ``folder`` (``*.txt``, UTF-8)."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        found = find_attributions(text, parse(text))
        row = {
            "document": path.stem,
            "attributions": [_row(one) for one in found if one.confidence >= threshold],
        }
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _row(one: Attribution) -> dict[str, object]:
    return {
        "source": _pairs(one.source),
        "cue": _pairs(one.cue),
        "content": _pairs(one.content),
        "confidence": round(one.confidence, 3),
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
