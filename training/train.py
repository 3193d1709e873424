"""Trains the reader: ``python -m training.train --out WEIGHTS.pt``; README.md says how.

Deterministic for one seed, one machine and one number of threads, unless ended by the clock.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from extraction.trained.network import FOLDER
from tests.gold.corpus import case_files
from training import fields
from training.examples import examples_of
from training.export import weights_in
from training.network import Reader, tensors
from training.sampling import Drawn, Sampler

VERSIONS = 3  # of each text: as written, and twice with the claims in other words
SIZE = 3_600  # words and pairs in a step, filling included
NEAR = 240  # passages among which those of about one length are put together
KEPT = 500  # steps after which the weights so far are written
WARM, LOWEST = 0.06, 0.02  # share in which the rate rises, and the lowest share of it
MEANT = 0.4  # share of the training after which the weights are averaged
MEANT_EVERY, MEANT_DECAY = 10, 0.99  # steps, and what an average keeps of the older


def batches(passages: list[Drawn]) -> Iterator[list[Drawn]]:
    """Yield groups of passages of about one length, in random order."""
    for start in range(0, len(passages), NEAR):
        near = sorted(passages[start : start + NEAR], key=len)
        groups: list[list[Drawn]] = [[]]
        for one in (each for each in near if each.classes):
            if len(one) * (len(groups[-1]) + 1) > SIZE:
                groups.append([])
            groups[-1].append(one)
        random.shuffle(groups)
        yield from (group for group in groups if group)


def loss_of(reader: nn.Module, group: list[Drawn]) -> Tensor:
    """Return how wrong ``reader`` is about the pairs of ``group``, each by its weights."""
    classes = torch.tensor([c for one in group for c in one.classes])
    whether = torch.tensor([w for one in group for w in one.whether])
    which = torch.tensor([w for one in group for w in one.which])
    logits = reader(*tensors([one.passage for one in group])).float()
    every = cross_entropy(logits, classes, reduction="none")
    values = cross_entropy(logits[:, 1:], (classes - 1).clamp(0), reduction="none")
    counted = torch.maximum(whether, which).sum()
    return (every * whether + values * which).sum() / counted


def train(
    reader: Reader,
    sampler: Sampler,
    *,
    epochs: float,
    minutes: float,
    rate: float,
    out: Path,
    half: bool = False,
) -> None:
    """Fit ``reader``, and write the mean of its weights; prints the loss on the way.

    An epoch has a quarter of the arguments. Ends after ``epochs`` or ``minutes``, whichever are over first.
    ``half``: multiply in bfloat16.
    """
    learned = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for n, p in learned if n.startswith("layers")], "lr": rate},
            {
                "params": [p for n, p in learned if not n.startswith("layers")],
                "lr": 3 * rate,
            },
        ],
        weight_decay=0.01,
        fused=True,
    )
    arguments = len(sampler.said) // 4
    steps = int(len(list(batches(sampler.epoch(arguments)))) * epochs)
    share = 0.0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda _: max(LOWEST, min(share / WARM, 1 - share))
    )
    meant = AveragedModel(reader, multi_avg_fn=get_ema_multi_avg_fn(MEANT_DECAY))
    step, mean, began = 0, 0.0, time.monotonic()
    reader.train()
    while share < 1:
        for group in batches(sampler.epoch(arguments)):
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                loss = loss_of(reader, group)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for _, p in learned], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            took = time.monotonic() - began
            share = max(step / steps, took / (60 * minutes))
            mean = 0.98 * mean + 0.02 * loss.item() if mean else loss.item()
            if share > MEANT and step % MEANT_EVERY == 0:
                meant.update_parameters(reader)
            if step % 100 == 0:
                print(f"{step}/{steps} loss {mean:.3f} {took:.0f} s", flush=True)  # noqa: T201
            if step % KEPT == 0 or share >= 1:
                kept = meant.module if meant.n_averaged else reader
                torch.save(kept.state_dict(), out)
            if share >= 1:
                return


def main(arguments: list[str] | None = None) -> int:
    """Read the fields, train, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.train")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--start",
        type=Path,
        help="weights to go on from: torch's, or an exported .onnx",
    )
    parser.add_argument(
        "--without", nargs="*", default=fields.HELD_BACK, help="fields not to train on"
    )
    parser.add_argument("--perspectrum", type=Path, help="perspectrum.jsonl")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--half", action="store_true", help="for cores that are fast in bfloat16"
    )
    options = parser.parse_args(arguments)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    own = [*fields.FOLDER.glob("*.txt"), *fields.FOREIGN.glob("*.txt")]
    paths = [
        p for p in (*sorted(own), *case_files("dev")) if p.stem not in options.without
    ]
    tuned = frozenset(path.stem for path in case_files("dev"))
    sampler = Sampler(examples_of(paths, VERSIONS), tuned)
    if options.perspectrum:
        words = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        sampler.add_perspectives(options.perspectrum, words)
    texts = [versions[0] for versions in sampler.versions.values()]
    stances = sum(len(example.coded) for example in texts)
    sys.stdout.write(f"{len(texts)} texts, {stances} stances\n")
    sys.stdout.flush()
    reader = Reader()
    reader.load_base()
    if options.start:
        reader.load_state_dict(weights_in(options.start))
    train(
        reader,
        sampler,
        epochs=options.epochs,
        minutes=options.minutes,
        rate=options.rate,
        out=options.out,
        half=options.half,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
