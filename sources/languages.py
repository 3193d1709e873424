"""The language of a text, where there is enough text to tell."""

import re
from functools import cache
from typing import Any

LETTERS = re.compile(r"[^\W\d_]")
ENOUGH_LETTERS = 80
SAMPLE = 20_000
SURE = 0.95


def language_of(text: str, declared: str = "") -> str:
    """Return an ISO 639-1 code: detected when sure, else as declared, else empty."""
    sample = text[:SAMPLE]
    if len(LETTERS.findall(sample)) >= ENOUGH_LETTERS:
        code, probability = detected(sample)
        if probability >= SURE and len(code) == 2:
            return code
    tag = declared.strip().lower()[:2]
    return tag if re.fullmatch(r"[a-z]{2}", tag) else ""


def detected(text: str) -> tuple[str, float]:
    """Return the likeliest language and its probability."""
    code, probability = identifier().classify(text)
    return str(code), float(probability)


@cache
def identifier() -> Any:
    """Load the model once for each process: unpacking it takes a second or more."""
    from py3langid.langid import (  # type: ignore[import-untyped]  # noqa: PLC0415 - slow
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
