"""Says how the network does on fields: ``python -m training.evaluate FIELD ...``.

Fields are files (a field or CASES file), or names of those in ``fields/``. For each least
sureness a line, then a line for each field beside what the rules alone do.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extraction.agreement import SIGNS
from extraction.interface import Value
from extraction.trained.acts import neighbours, said_again
from extraction.trained.extractor import (
    LEAST,
    LEAST_ALONE,
    TEXTS,
    beside,
    fitting,
    outdone,
    readings,
)
from extraction.trained.judged import Judged
from extraction.trained.network import network
from extraction.trained.relevance import asked
from tests.gold.corpus import Gold, GoldStance, GoldText
from tests.gold.matching import match
from tests.gold.score import figures
from training.examples import Example, examples_of
from training.fields import FOLDER

TRIED = (0.3, 0.35, 0.4, 0.45, 0.5)
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A possible proposal: how sure its sign is, and whether the rules read it too."""

    row: Row
    sentence: int
    sureness: float
    read: bool
    alone: bool  # in a text in which the rules read nothing that is kept

    def counts(self, least: float) -> bool:
        """Whether the engine would propose it with that least sureness."""
        return self.read or self.sureness >= (LEAST_ALONE if self.alone else least)


def proposed(found: Iterable[Found], least: float) -> list[Row]:
    """Return the rows of what is sure enough, one for each act, whatever its day."""
    sure = [one for one in found if one.counts(least)]
    runs = [_joined(run) for run in neighbours(sure, _whose, _at)]
    every = said_again(runs, lambda one: (*_whose(one), SIGNS[one.row["stance"]]), _at)
    return [_joined(act).row for act in every]


def _joined(several: list[Found]) -> Found:
    """The surest, with the evidence of all."""
    surest = max(several, key=lambda one: one.sureness)
    evidence = [span for one in several for span in one.row["evidence"]]
    return replace(surest, row=surest.row | {"evidence": evidence})


def _whose(one: Found) -> tuple[str, str, str]:
    return one.row["text"], one.row["actor"], one.row["claim"]


def _at(one: Found) -> int:
    return one.sentence


def judged(examples: Iterable[Example]) -> list[Found]:
    """Return what the engine proposes for ``examples``, however unsure."""
    found: list[Found] = []
    for example in examples:
        answers = {one.key: one for one in _asked(example)}
        least = TEXTS[example.language].least_read
        kept = {
            key: value
            for key, (value, _) in example.facts.values.items()
            if key not in answers or answers[key].stance >= least
        }
        others = beside(answers.values())
        for key, one in answers.items():
            if key not in kept and outdone(one, others[key[0], key[2]], example.facts):
                continue
            if key in kept or key not in example.facts.values:
                value = one.ruling(kept[key]) if key in kept else one.value
                row = _row(example, *key, value)
                read, alone = key in kept, not kept
                found.append(Found(row, one.sentence, one.sureness, read, alone))
        for key in (one for one in kept if one not in answers):
            row = _row(example, *key, kept[key])
            found.append(Found(row, key[2], 1.0, read=True, alone=False))
    return found


def _asked(example: Example) -> Iterator[Judged]:
    for window, scores in zip(example.windows, example.nearest, strict=True):
        if claims := fitting(asked(scores), example.claims):
            yield from readings(window, claims, example.passage, network())


def by_rules(examples: Iterable[Example]) -> list[Row]:
    """Return what the rules alone propose."""
    return [
        _row(example, actor, claim, sentence, value)
        for example in examples
        for (actor, claim, sentence), (value, _) in example.facts.values.items()
    ]


def _row(example: Example, actor: str, claim: str, sentence: int, value: Value) -> Row:
    return {
        "text": example.text,
        "actor": actor,
        "claim": claim,
        "stance": value,
        "evidence": [example.spans[sentence]],
    }


def gold_of(examples: Iterable[Example]) -> Gold:
    """Return what was coded in ``examples`` as a gold set."""
    texts = tuple(GoldText(one.text, one.field, one.language, 0) for one in examples)
    stances = tuple(
        GoldStance(
            one.text, c.actor, "", c.claim, c.value, "", "", c.evidence, (), c.optional
        )
        for one in examples
        for c in one.coded
    )
    return Gold((), texts, stances, ())


def line(name: str, examples: list[Example], rows: list[Row]) -> str:
    """Return the figures of ``rows`` on ``examples`` in one line."""
    gold = gold_of(examples)
    outcome = match(gold, rows)
    empty = gold.empty_texts()
    false = sum(one.text in set(empty) for one in outcome.false)
    got = " ".join(f"{key} {value:.3f}" for key, value in figures(outcome).items())
    return f"{name:16} {got} false in {len(empty)} empty texts {false}"


def main(names: list[str]) -> int:
    """Print the figures of the fields called ``names``."""
    paths = [Path(n) if "/" in n else FOLDER / f"{n}.txt" for n in names]
    examples = examples_of(paths)
    found = judged(examples)
    lines = [line("rules", examples, by_rules(examples))]
    lines += [line(f"{least:.2f}", examples, proposed(found, least)) for least in TRIED]
    for name in dict.fromkeys(one.field for one in examples):
        here = [one for one in examples if one.field == name]
        texts = {one.text for one in here}
        own = [one for one in found if one.row["text"] in texts]
        lines.append(line(f"{name} rules", here, by_rules(here)))
        lines.append(line(f"{name} {LEAST:.2f}", here, proposed(own, LEAST)))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
