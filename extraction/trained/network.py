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
    """Return the network's inputs, one row a passage: its words, behind them its pairs.

    ``seen`` (rows, pairs, words) is 0 where a pair sees a word, else ``HIDDEN``. Words
    see all words and pairs themselves; nobody else sees a pair. ``marked`` (rows, marks)
    are the words with which pairs are judged. ``pairs`` (pairs, 3) says where the pair,
    its holder and its claim stand if only these and the pairs are kept, row after row.
    """
    count, words = len(passages), max(len(one.ids) for one in passages)
    behind = max(len(one.pairs) for one in passages)
    marks = [_marked(one) for one in passages]
    most = max(map(len, marks))
    ids, place, kind = (np.zeros((count, words + behind), np.int64) for _ in range(3))
    seen = np.full((count, behind, words), HIDDEN, np.float32)
    marked = np.zeros((count, most), np.int64)
    pairs: list[list[int]] = []
    for row, one in enumerate(passages):
        long, end = len(one.ids), words + len(one.pairs)
        ids[row, :long], place[row, :long] = one.ids, range(long)
        ids[row, words:end] = [pair.mark for pair in one.pairs]
        place[row, words:end] = [pair.at for pair in one.pairs]
        kind[row, one.split : long] = kind[row, words:end] = 1
        belongs = np.array(one.claims)
        asked = np.array([pair.claim for pair in one.pairs], np.int64)[:, None]
        seen[row, : len(one.pairs), :long] = np.where(
            (belongs == 0) | (belongs == asked), 0, HIDDEN
        )
        marked[row, : len(marks[row])] = marks[row]
        start = row * (most + behind)
        kept = {at: start + n for n, at in enumerate(marks[row])}
        pairs += [
            [start + most + n, kept[pair.at], kept[one.claims.index(pair.claim)]]
            for n, pair in enumerate(one.pairs)
        ]
    facts = [pair.facts for one in passages for pair in one.pairs]
    return {
        "ids": ids,
        "place": place,
        "kind": kind,
        "seen": seen,
        "marked": marked,
        "pairs": np.array(pairs, np.int64).reshape(-1, 3),
        "facts": np.array(facts, np.float32),
    }


def _marked(passage: Passage) -> list[int]:
    """Where the holders and claims of the pairs stand among the words."""
    holders = {pair.at for pair in passage.pairs}
    claims = {passage.claims.index(pair.claim) for pair in passage.pairs}
    return sorted(holders | claims)


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

    def probabilities(self, passage: Passage) -> Probabilities:
        """Return an array (pairs, 6): no stance, then the values in order.

        One passage at a time: several at once do not fit a core's cache.
        """
        if not passage.pairs:
            return np.zeros((0, len(ORDER) + 1), np.float32)
        logits: Probabilities = self.session.run(["logits"], arrays([passage]))[0]
        return _softmax(logits)


def _softmax(logits: Probabilities) -> Probabilities:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Probabilities = raised / raised.sum(axis=1, keepdims=True)
    return shares


@cache
def network() -> Network:
    """Return the network, loaded once a process."""
    return Network()
