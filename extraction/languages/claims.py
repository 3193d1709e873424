"""Claims worded in French or German, word by word in English."""

from dataclasses import replace

from extraction.countries import by_place
from extraction.interface import KnownClaim
from extraction.languages.glosses import glosses


def in_english(claim: KnownClaim, language: str) -> KnownClaim:
    """Return ``claim``, which is worded in ``language``, in English where that is French or German."""
    if language not in {"fr", "de"}:
        return claim

    def gloss(words: str) -> str:
        return " ".join(map(_as_name, glosses(language).text(words).split(" ")))

    return replace(
        claim,
        title=gloss(claim.title),
        proposition=gloss(claim.proposition),
        phrases=tuple(map(gloss, claim.phrases)),
    )


def _as_name(word: str) -> str:
    """Countries and seats are known by their capital: "Ukraine"."""
    return word.capitalize() if word in by_place() else word
