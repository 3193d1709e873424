"""The text as it is stored: what offsets count is decided here, once.

Code points stay as they are (no normalisation), so that a quote means what it meant.
"""

import re

MAX_TEXT_LENGTH = 2_000_000
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
HIDDEN_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


class BrokenTextError(ValueError):
    """The text holds half characters (lone surrogates): its encoding was lost."""


def clean(text: str) -> str:
    """Unify line ends, drop control characters and whitespace at the end.

    Raises BrokenTextError for lone surrogates, which no database stores.
    """
    if SURROGATES.search(text):
        msg = "The text holds broken characters: save it as UTF-8 and try again."
        raise BrokenTextError(msg)
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", unified).rstrip()


def clean_line(text: str, limit: int) -> str:
    """One line for a title, a byline or a file name, without hidden characters."""
    visible = HIDDEN_IN_NAMES.sub(" ", SURROGATES.sub("", text))
    return " ".join(visible.split())[:limit].rstrip()


def clean_file_name(name: str) -> str:
    """Keep only the last part of a file's name, whatever system it comes from."""
    return clean_line(re.split(r"[/\\]", name)[-1], 255) or "unnamed"
