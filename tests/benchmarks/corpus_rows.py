"""How many rows of the corpus' gold.csv the offline engine finds: a line a row.

Run with ``python -m tests.benchmarks.corpus_rows``. The corpus lies where the
environment variable STANDPOINT_CORPUS says, else in ``../shared/corpus``; without it
the measure says so and ends well.
"""

import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extraction.cases import demo_actors, demo_claims
from extraction.interface import Candidate, Document
from extraction.trained.extractor import TrainedExtractor
from extraction.value import NUMBERS

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLISHED = {"000": date(2024, 2, 28), "003": date(2024, 6, 5)}


@dataclass(frozen=True)
class Score:
    """One gold row: whether actor and claim were found, and the sign."""

    row: dict[str, str]
    found: Candidate | None
    sign: bool


def corpus() -> Path:
    """Return the folder of the corpus, which may not exist."""
    return Path(
        os.environ.get("STANDPOINT_CORPUS") or ROOT.parent / "shared" / "corpus"
    )


def scores(folder: Path) -> Iterator[tuple[Score, list[Candidate]]]:
    """Yield the score of each gold row, with all candidates of its document."""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read: dict[str, tuple[Document, list[Candidate]]] = {}
    for row in rows:
        name = row["document"]
        if name not in read:
            read[name] = _read(folder / name)
        yield _score(row, *read[name]), read[name][1]


def _read(path: Path) -> tuple[Document, list[Candidate]]:
    text = path.read_text(encoding="utf-8")
    document = Document(text, path.stem, published_on=PUBLISHED[path.stem[:3]])
    return document, TrainedExtractor().extract(document, demo_actors(), demo_claims())


def _score(row: dict[str, str], document: Document, found: list[Candidate]) -> Score:
    start = document.text.index(row["evidence_contains"])
    end = start + len(row["evidence_contains"])
    for one in found:
        overlaps = any(span.start < end and start < span.end for span in one.places)
        if overlaps and (one.actor, one.claim) == (row["actor"], row["claim"]):
            return Score(row, one, _same_sign(row["stance"], one))
    return Score(row, None, sign=False)


def _same_sign(stance: str, found: Candidate) -> bool:
    wanted = next(number for value, number in NUMBERS.items() if value.value == stance)
    number = NUMBERS[found.value] if found.value else 0
    return (wanted > 0) == (number > 0) and (wanted < 0) == (number < 0)


def main() -> int:
    """Print a line for each gold row and the totals."""
    folder = corpus()
    if not (folder / "gold.csv").exists():
        sys.stdout.write(f"skipped: no corpus at {folder} (set STANDPOINT_CORPUS)\n")
        return 0
    results = [score for score, _ in scores(folder)]
    for one in results:
        value = one.found.value if one.found else "-"
        state = "found" if one.found else "missed"
        words = f"{state:7}{one.row['actor']:24}{one.row['claim']:20}"
        sys.stdout.write(f"{words}{one.row['stance']:22}{value}\n")
    found = sum(1 for one in results if one.found)
    signs = sum(1 for one in results if one.sign)
    sys.stdout.write(f"rows {found} of {len(results)}, sign right in {signs}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
