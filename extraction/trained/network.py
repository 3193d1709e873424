"""The network: a small transformer that says who holds what, run by onnxruntime.

How it was trained and what it reaches is in docs/extraction.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extraction.trained.facts import ORDER

FOLDER = Path(__file__).resolve().parent / "data"
HIDDEN = -1e4  # added to what is not to be seen, before the softmax
Probabilities = NDArray[np.float32]


@dataclass(frozen=True)
class Pair:
    """A holder and a claim to judge: a mark of its own behind the window.

    It stands, for the network, at the position ``at`` of the holder's words, and sees
    the window and, of the claims, only the ``claim``-th (from 1).
    """

    mark: int
    at: int
    claim: int
    facts: list[float]


@dataclass(frozen=True)
class Passage:
    """Claims and a window as the network reads them.

    ``claims`` says of each id to which claim it belongs, from 1; 0: to the window, which
    begins at ``split``.
    """

    ids: list[int]
    claims: list[int]
    split: int
    pairs: list[Pair]

    def __len__(self) -> int:
        return len(self.ids) + len(self.pairs)


def arrays(passages: Sequence[Passage]) -> dict[str, NDArray[Any]]:
    """Return the network's inputs, one row a passage; the pairs stand behind the ids.

    ``pairs`` (pairs, 3) says where the pair, its holder and its claim stand in the
    flattened ids. ``seen`` (rows, length, length) is 0 where a word (second axis) sees another (third),
    else ``HIDDEN``: pairs are seen by nobody but themselves.
    """
    length = max(len(one) for one in passages)
    shape = (len(passages), length)
    ids, place = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    kind = np.zeros(shape, np.int64)
    seen = np.full((*shape, length), HIDDEN, np.float32)
    for row, one in enumerate(passages):
        words, whole = len(one.ids), len(one)
        ids[row, :whole] = [*one.ids, *(pair.mark for pair in one.pairs)]
        place[row, :whole] = [*range(words), *(pair.at for pair in one.pairs)]
        kind[row, one.split : whole] = 1
        belongs = np.array(one.claims)
        seen[row, :words, :words] = 0
        asked = np.array([pair.claim for pair in one.pairs])[:, None]
        seen[row, words:whole, :words] = np.where(
            (belongs == 0) | (belongs == asked), 0, HIDDEN
        )
        np.einsum("ii->i", seen[row])[:] = 0
    behind = [
        [
            row * length + at
            for at in (len(one.ids) + n, pair.at, one.claims.index(pair.claim))
        ]
        for row, one in enumerate(passages)
        for n, pair in enumerate(one.pairs)
    ]
    facts = [pair.facts for one in passages for pair in one.pairs]
    return {
        "ids": ids,
        "place": place,
        "kind": kind,
        "seen": seen,
        "pairs": np.array(behind, np.int64).reshape(-1, 3),
        "facts": np.array(facts, np.float32),
    }


class Network:
    """The trained weights with their vocabulary."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, words: str) -> list[int]:
        """Return the vocabulary ids of ``words``, without marks."""
        ids: list[int] = self.tokenizer.encode(words, add_special_tokens=False).ids
        return ids

    def probabilities(self, passages: list[Passage]) -> list[Probabilities]:
        """Return for each passage an array (pairs, 6): no stance, then the values in order."""
        return [self._of(passage) for passage in passages]

    def _of(self, passage: Passage) -> Probabilities:
        """One passage at a time: several at once do not fit a core's cache."""
        if not passage.pairs:
            return np.zeros((0, len(ORDER) + 1), np.float32)
        return _softmax(self._run([passage]))

    def _run(self, passages: list[Passage]) -> Probabilities:
        logits: Probabilities = self.session.run(["logits"], arrays(passages))[0]
        return logits


def _softmax(logits: Probabilities) -> Probabilities:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Probabilities = raised / raised.sum(axis=1, keepdims=True)
    return shares


@cache
def network() -> Network:
    """Return the network, loaded once a process."""
    return Network()
