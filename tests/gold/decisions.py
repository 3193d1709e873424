"""Learns from the gold set as if it were decisions: ``python -m tests.gold.decisions``.

A proposal that matches a coded stance with the same value counts as accepted, one with
another value as amended, any other as rejected.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from claims.lessons import COLUMNS, measured, reasons, trial_as_json
from extraction.cases import read_cases, row_of
from extraction.features import features_of
from extraction.learning import Example, try_out
from extraction.trained.extractor import TrainedExtractor
from tests.gold.corpus import Gold, case_files, read_gold
from tests.gold.matching import Proposal, match, proposal

Features = dict[str, float]


def simulated_decisions(paths: list[Path]) -> list[Example]:
    """Return what a coder who knows the gold set would decide on each proposal."""
    found = dict(proposals(paths))
    return list(decided(read_gold(paths), found))


def proposals(paths: Iterable[Path]) -> Iterable[tuple[Proposal, Features]]:
    """Yield the engine's proposals with their features."""
    engine = TrainedExtractor()
    for cases in map(read_cases, paths):
        kinds = {actor.slug: actor.kind for actor in cases.actors}
        for text in cases.texts:
            candidates = engine.extract(text, cases.actors, cases.claims)
            for candidate in candidates:
                one = proposal(row_of(text, candidate))
                if one is not None:
                    facts = {f"claim={one.claim}", f"actor_kind={kinds[one.actor]}"}
                    features = features_of(candidate, text, candidates)
                    yield one, features | dict.fromkeys(sorted(facts), 1.0)


def decided(gold: Gold, found: dict[Proposal, Features]) -> Iterable[Example]:
    """Yield a decision on each proposal in ``found``."""
    outcome = match(gold, [_row(one) for one in found])
    for stance, one in outcome.pairs + outcome.optional:
        yield Example(one.text, found[one], stance.stance == one.stance)
    for one in outcome.false:
        yield Example(one.text, found[one], right=False)


def _row(one: Proposal) -> dict[str, object]:
    return {name: getattr(one, name) for name in Proposal.__annotations__}


def report(examples: list[Example]) -> list[str]:
    """Return the lines of one trial."""
    trial = trial_as_json(try_out(examples))
    right = sum(example.right for example in examples)
    groups = len({example.text for example in examples})
    return [
        f"{len(examples)} decisions in {groups} groups, {right} kept as proposed",
        " | ".join(["score", *COLUMNS.values()]),
        *(" | ".join([name, *figures]) for name, figures in measured(trial)),
        *reasons(trial),
    ]


def lines() -> list[str]:
    """Say how learning would do on texts, and on policy fields, it has not seen."""
    paths = case_files("dev")
    examples = simulated_decisions(paths)
    field_of = {text.id: text.field for text in read_gold(paths).texts}
    by_field = [replace(one, text=field_of[one.text]) for one in examples]
    return [
        "Held out by text",
        *report(examples),
        "Held out by policy field",
        *report(by_field),
    ]


def main() -> None:
    """Print both trials."""
    sys.stdout.write("\n".join(lines()) + "\n")


if __name__ == "__main__":
    main()
