"""Which texts are nearly the same: shingles of five words and their MinHash bands.

Broder 1997 for shingles and resemblance, Leskovec, Rajaraman and Ullman (Mining of
Massive Datasets, chapter 3) for the bands: with 24 bands of 4 rows two texts with a
resemblance of 0.7 share a band in 99.8 of 100 cases.
"""

import re
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

WORDS_PER_SHINGLE = 5
BANDS, ROWS = 24, 4
NEARLY_THE_SAME = 0.7

Hashes = npt.NDArray[np.uint64]

WORD = re.compile(r"\w+")
_random = np.random.Generator(np.random.PCG64(20240226))  # fixed: bands are stored
_FACTORS = _random.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * 2 + 1
_OFFSETS = _random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)


def shingles(text: str) -> Hashes:
    """Return the sorted distinct hashes of all runs of five words."""
    words = WORD.findall(text.casefold())
    runs = {
        " ".join(words[i : i + WORDS_PER_SHINGLE])
        for i in range(len(words) - WORDS_PER_SHINGLE + 1)
    }
    hashes = [blake2b(run.encode(), digest_size=8).digest() for run in sorted(runs)]
    return np.unique(np.frombuffer(b"".join(hashes), dtype=np.uint64))


def bands(hashes: Hashes) -> list[int]:
    """Return one key for each band; texts that share a key may be near-duplicates."""
    if not len(hashes):
        return []
    lowest = [
        (mix(hashes * factor + offset)).min()
        for factor, offset in zip(_FACTORS, _OFFSETS, strict=True)
    ]
    rows = np.array(lowest, dtype=np.uint64).reshape(BANDS, ROWS)
    return [band_key(number, row.tobytes()) for number, row in enumerate(rows)]


def mix(values: Hashes) -> Hashes:
    """Scramble the bits (the finaliser of splitmix64), so that minima are independent."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def band_key(number: int, row: bytes) -> int:
    """Hash a band's minima with its number into a signed 64-bit integer."""
    digest = blake2b(number.to_bytes(2, "big") + row, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def resemblance(one: Hashes, other: Hashes) -> float:
    """Share of common shingles among all shingles of two texts (Jaccard), 0 to 1."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - common
    return common / union if union else 0.0
