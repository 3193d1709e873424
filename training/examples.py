"""Turns fields into what the network learns from: windows, with a value for each holder."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from tokenizers import Tokenizer

from extraction.cases import read_cases
from extraction.engine import RuleExtractor
from extraction.interface import Value
from extraction.languages.detection import language_of
from extraction.trained.extractor import TEXTS, passage_of
from extraction.trained.facts import Facts, Key
from extraction.trained.network import FOLDER, Passage
from extraction.trained.relevance import Relevance
from extraction.trained.windows import Window, claim_ids, windows_of
from tests.gold.corpus import read_gold
from training.fields import Coded, Field, read_field
from training.wordings import versions_of

ENOUGH = 0.5  # of the evidence or of the sentence, to be where a stance stands


@dataclass(frozen=True)
class Example:
    """One text as the network reads it, and what a coder logged in it.

    ``labels``: the value and whether it is optional, by actor, claim and sentence.
    ``nearest``: for each window how likely it is about each claim, the likeliest first.
    """

    field: str
    text: str
    language: str
    windows: list[Window]
    nearest: list[dict[str, float]]
    claims: dict[str, list[int]]
    facts: Facts
    labels: dict[Key, tuple[Value, bool]]
    spans: list[tuple[int, int]]
    coded: list[Coded]

    def passage(self, window: Window, claims: list[str]) -> Passage:
        """Return what the network reads of ``window`` with those ``claims``."""
        return passage_of(window, claims, self.claims, self.facts)


def examples_of(paths: list[Path], versions: int = 1) -> list[Example]:
    """Return the texts of the field or CASES files at ``paths``.

    Each as often as ``versions`` says, after the first with the claims in other words.
    """
    with ProcessPoolExecutor() as pool:
        found = pool.map(_examples, paths, repeat(versions))
        return [one for examples in found for one in examples]


def _examples(path: Path, versions: int) -> list[Example]:
    field = gold_field(path) if path.suffix == ".json" else read_field(path)
    return [one for each in versions_of(field, versions) for one in texts_of(each)]


def gold_field(path: Path) -> Field:
    """Read a file of the gold set as a field."""
    cases, gold = read_cases(path), read_gold([path])
    coded: dict[str, list[Coded]] = {text.id: [] for text in cases.texts}
    for one in gold.stances:
        coded[one.text].append(
            Coded(one.evidence, one.actor, one.claim, Value(one.stance), one.optional)
        )
    return Field(path.stem, cases.actors, cases.claims, cases.texts, coded)


def texts_of(field: Field) -> Iterator[Example]:
    """Yield the texts of ``field`` that the network can read."""
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encode(words: str) -> list[int]:
        ids: list[int] = tokenizer.encode(words, add_special_tokens=False).ids
        return ids

    rules = RuleExtractor()
    for document in field.texts:
        language = language_of(document)
        if language not in TEXTS:
            continue
        text = TEXTS[language](rules, document, field.actors, field.claims)
        spans = [(span.start, span.end) for span in text.units.spans]
        windows = windows_of(text.units, encode)
        claims = {slug: claim_ids(one, encode) for slug, one in text.claims.items()}
        relevance = Relevance(text.facts, claims)
        coded = field.coded[document.id]
        yield Example(
            field=field.name,
            text=f"{field.name}/{document.id}",  # ids are those of one field
            language=language,
            windows=windows,
            nearest=[relevance.scores(window) for window in windows],
            claims=claims,
            facts=text.facts,
            labels=_labels(coded, spans),
            spans=spans,
            coded=coded,
        )


def _labels(
    coded: list[Coded], spans: list[tuple[int, int]]
) -> dict[Key, tuple[Value, bool]]:
    """The sentences in which each stance stands; required ones come before optional."""
    found: dict[Key, tuple[Value, bool]] = {}
    for one in sorted(coded, key=lambda each: each.optional):
        first, last = one.evidence
        for number, (start, end) in enumerate(spans):
            shared = min(end, last) - max(start, first)
            if shared > 0 and shared >= ENOUGH * min(last - first, end - start):
                key = one.actor, one.claim, number
                found.setdefault(key, (one.value, one.optional))
    return found


def perspectives(path: Path) -> list[tuple[str, str, Value]]:
    """Return claim, text and value of each row of Perspectrum."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(row["claim"], row["text"], Value(row["stance"])) for row in rows]
