"""Claims worded in French or German, word by word in English."""

from dataclasses import replace

from extraction.interface import KnownClaim
from extraction.languages.glosses import glosses


def in_english(claim: KnownClaim, language: str) -> KnownClaim:
    """Return ``claim``, which is worded in ``language``, in English where that is French or German."""
    if language not in {"fr", "de"}:
        return claim
    gloss = glosses(language).text
    return replace(
        claim,
        title=gloss(claim.title),
        proposition=gloss(claim.proposition),
        phrases=tuple(gloss(phrase) for phrase in claim.phrases),
    )
