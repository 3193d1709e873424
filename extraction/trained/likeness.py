"""How much of a claim's words a window has, words that mean nearly the same included.

Each word of the claim is as like the window as the likest word there, and counts the
more the rarer it is: the vocabulary is in the order of how frequent its words are.
The vectors are the network's own for words, in fewer dimensions (``training/vectors.py``).
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extraction.trained.network import FOLDER

Numbers = NDArray[np.float32]
FIRST, COMMON = 1996, 90  # the first whole word's id; words from it that tell nothing
UNLIKE = 0.5  # cosine up to which two words have nothing in common


class Likeness:
    """Compares windows with some claims, both given as ids."""

    def __init__(self, claims: Mapping[str, Sequence[int]]) -> None:
        self.claims = list(claims)
        words = _telling([one for ids in claims.values() for one in ids])
        self.vectors = _vectors()[words - FIRST]
        weights = np.log((words - FIRST) / COMMON)  # by Zipf's law, how rare a word is
        own = [np.isin(words, list(ids)) * weights for ids in claims.values()]
        self.weights = [each / max(each.sum(), 1e-9) for each in own]

    def of(self, window: Sequence[int]) -> dict[str, float]:
        """Return for each claim from 0 to 1 how much of its words ``window`` has."""
        here = _vectors()[_telling(window) - FIRST]
        likest = (self.vectors @ here.T).max(axis=1, initial=UNLIKE)
        alike = (likest - UNLIKE) / (1 - UNLIKE)
        shares = (float(weights @ alike) for weights in self.weights)
        return dict(zip(self.claims, shares, strict=True))


def _telling(ids: Sequence[int]) -> NDArray[np.int64]:
    """Return the words among ``ids`` that tell what is spoken of, each once."""
    every = np.unique(np.array(ids, np.int64))
    return every[every > FIRST + COMMON]


@cache
def _vectors() -> Numbers:
    """Return the words' vectors of length 1, from ``FIRST``."""
    rounded = np.load(FOLDER / "vectors.npy").astype(np.float32)
    vectors: Numbers = rounded / np.linalg.norm(rounded, axis=1, keepdims=True)
    return vectors
