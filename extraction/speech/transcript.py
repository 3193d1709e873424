"""Read interviews set as a dialogue: "JONES: We will vote against it."."""

import re
from collections import Counter

from extraction.interface import Span
from extraction.speech.context import Context
from extraction.speech.linking import Said

TURN = re.compile(
    r"^[\"' ]*(?P<name>[A-Z][A-Z.' -]{2,30}): +(?P<words>[^\n]*[^\n\s])",
    re.MULTILINE,
)
FEWEST_TURNS = 3


def read_turns(context: Context) -> list[Said]:
    """Return each turn of a dialogue; a lone heading with a colon is none."""
    turns = list(TURN.finditer(context.plain))
    names = Counter(turn["name"] for turn in turns)
    if len(turns) < FEWEST_TURNS or max(names.values()) < 2:
        return []
    return [
        Said(
            rule="transcript",
            content=[Span(*turn.span("words"))],
            cue=[Span(turn.end("name"), turn.end("name") + 1)],
            source=[Span(*turn.span("name"))],
            spoken=True,
        )
        for turn in turns
    ]
