"""Scores proposed stances against the gold set: ``python -m tests.gold.score``."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extraction.cases import candidate_rows, read_cases
from tests.gold.corpus import Gold, GoldStance, case_files, read_gold
from tests.gold.matching import SIGNS, Outcome, Proposal, fault, macro_f1, match, trips

Row = dict[str, Any]


def propose(paths: Iterable[Path]) -> list[Row]:
    """Return what the offline engine proposes for the case files at ``paths``."""
    return [row for path in paths for row in candidate_rows(read_cases(path))]


def read_candidates(paths: Iterable[Path]) -> list[Row]:
    """Read the JSON lines that the ``candidates`` command wrote."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def report(gold: Gold, outcome: Outcome) -> list[str]:
    """Return the lines of the whole report."""
    return [
        *_overall(gold, outcome),
        *_values(outcome),
        *_by_part(gold, outcome),
        *_nothing_to_find(gold, outcome),
        *_traps(gold, outcome),
        *_faults(gold, outcome),
    ]


def figures(outcome: Outcome) -> dict[str, float]:
    """Return precision, recall, F1, sign right and macro-F1, each from 0 to 1."""
    hit, missed, false = len(outcome.pairs), len(outcome.missed), len(outcome.false)
    right = sum(SIGNS[g.stance] == SIGNS[p.stance] for g, p in outcome.pairs)
    return {
        "precision": hit / max(hit + false, 1),
        "recall": hit / max(hit + missed, 1),
        "f1": 2 * hit / max(2 * hit + false + missed, 1),
        "sign_right": right / max(hit, 1),
        "macro_f1": macro_f1([(g.stance, p.stance) for g, p in outcome.pairs]),
    }


def _overall(gold: Gold, outcome: Outcome) -> list[str]:
    got = figures(outcome)
    required = len(outcome.pairs) + len(outcome.missed)
    return [
        f"{len(gold.texts)} texts, {required} stances, "
        f"{len(gold.stances) - required} optional, {len(gold.decoys)} decoys",
        f"proposals {len(outcome.pairs) + len(outcome.false)}, "
        f"on optional stances {len(outcome.optional)}, "
        f"without actor, claim or value {outcome.left_out}",
        f"actor and claim   precision {got['precision']:.3f}  "
        f"recall {got['recall']:.3f}  F1 {got['f1']:.3f}",
        f"sign right of matched      {got['sign_right']:.3f}",
        f"5-way macro-F1 of matched  {got['macro_f1']:.3f}",
    ]


def _values(outcome: Outcome) -> list[str]:
    pairs = outcome.pairs
    spoken = sum(g.speaks_for == p.speaks_for for g, p in pairs)
    dated = sum(p.stated_on.startswith(g.stated_on) for g, p in pairs)
    table = Counter((g.stance, p.stance) for g, p in pairs if g.stance != p.stance)
    return [
        f"speaks for right {spoken}/{len(pairs)}, date right {dated}/{len(pairs)}",
        *(f"  {true} taken for {said}: {n}" for (true, said), n in _ranked(table)),
    ]


def _by_part(gold: Gold, outcome: Outcome) -> list[str]:
    lines = []
    for label, part_of in (
        ("language", {text.id: text.language for text in gold.texts}),
        ("field", {text.id: text.field for text in gold.texts}),
    ):
        for part in sorted(set(part_of.values())):
            here = {text for text, value in part_of.items() if value == part}
            got = figures(_within(outcome, here))
            lines.append(
                f"{label} {part:9} precision {got['precision']:.3f}  "
                f"recall {got['recall']:.3f}  F1 {got['f1']:.3f}  "
                f"sign right {got['sign_right']:.3f}"
            )
    return lines


def _within(outcome: Outcome, texts: set[str]) -> Outcome:
    return Outcome(
        pairs=[pair for pair in outcome.pairs if pair[0].text in texts],
        missed=[stance for stance in outcome.missed if stance.text in texts],
        false=[one for one in outcome.false if one.text in texts],
    )


def _nothing_to_find(gold: Gold, outcome: Outcome) -> list[str]:
    empty = gold.empty_texts()
    counts = {text: sum(one.text == text for one in outcome.false) for text in empty}
    return [
        f"nothing to find: {sum(counts.values())} false proposals in {len(empty)} texts",
        *(f"  {text}: {count}" for text, count in counts.items() if count),
    ]


def _traps(gold: Gold, outcome: Outcome) -> list[str]:
    found = Counter(trap for stance, _ in outcome.pairs for trap in stance.traps)
    asked = Counter(t for s in gold.stances if not s.optional for t in s.traps)
    decoys = Counter(trap for decoy in gold.decoys for trap in decoy.traps)
    avoided = Counter(
        trap
        for decoy in gold.decoys
        if not any(trips(one, decoy) for one in outcome.false)
        for trap in decoy.traps
    )
    return [
        f"trap {trap:16} found {found[trap]:2}/{asked[trap]:2}  "
        f"avoided {avoided[trap]:2}/{decoys[trap]:2}"
        for trap in sorted(asked | decoys)
    ]


def _faults(gold: Gold, outcome: Outcome) -> list[str]:
    kinds = Counter(fault(one, gold) for one in outcome.false)
    return [f"false: {kind} {count}" for kind, count in _ranked(kinds)]


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def details(gold: Gold, outcome: Outcome) -> list[str]:
    """Return a line for each miss, false proposal and wrong sign."""
    bodies = _bodies(gold)
    wrong = [(g, p) for g, p in outcome.pairs if SIGNS[g.stance] != SIGNS[p.stance]]
    return [
        *(f"missed {_gold_line(stance, bodies)}" for stance in outcome.missed),
        *(f"false ({fault(p, gold)}) {_line(p, bodies)}" for p in outcome.false),
        *(f"sign: {p.stance}, not {_gold_line(g, bodies)}" for g, p in wrong),
    ]


def _gold_line(one: GoldStance, bodies: dict[str, str]) -> str:
    quote = bodies[one.text][slice(*one.evidence)]
    traps = " ".join(one.traps)
    return f"{one.text} {one.actor} {one.claim} {one.stance} [{traps}] | {quote}"


def _line(one: Proposal, bodies: dict[str, str]) -> str:
    quote = " … ".join(bodies[one.text][s:e] for s, e in one.evidence)
    return (
        f"{one.text} {one.actor} {one.claim} {one.stance} | {' '.join(quote.split())}"
    )


def _bodies(gold: Gold) -> dict[str, str]:
    cases = [json.loads(path.read_text("utf-8")) for path in gold.paths]
    return {row["id"]: row["text"] for case in cases for row in case["texts"]}


def main(arguments: list[str] | None = None) -> int:
    """Print the score of one half; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold.score")
    parser.add_argument("half", nargs="?", choices=["dev", "test"], default="dev")
    parser.add_argument(
        "--candidates", type=Path, nargs="+", metavar="OUT.jsonl", default=()
    )
    parser.add_argument("--show", action="store_true", help="list every error")
    options = parser.parse_args(arguments)
    paths = case_files(options.half)
    if not paths:
        parser.error(f"there are no case files in tests/gold/{options.half} yet")
    gold = read_gold(paths)
    found = (
        read_candidates(options.candidates) if options.candidates else propose(paths)
    )
    outcome = match(gold, found)
    lines = report(gold, outcome) + (details(gold, outcome) if options.show else [])
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
