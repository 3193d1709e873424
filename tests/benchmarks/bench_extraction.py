"""What the offline engine reaches, and what it costs: ``make bench-extraction``.

PolNeAR and the corpus of real texts are no part of the project: the environment variables
STANDPOINT_POLNEAR and STANDPOINT_CORPUS say where they lie, else ``../shared``. What is
not there is said to be skipped.
"""

import json
import os
import resource
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from extraction.cases import demo_actors, demo_claims
from extraction.interface import Document
from extraction.parsing import parse
from extraction.trained.extractor import TrainedExtractor
from tests.benchmarks import corpus_rows
from tests.gold import decisions, score
from tests.gold.corpus import case_files
from training import evaluate, fields

ROOT = Path(__file__).resolve().parents[2]
POLNEAR = Path(
    os.environ.get("STANDPOINT_POLNEAR") or ROOT.parent / "shared" / "attribution"
)
WORDS, WORDS_PER_PAGE = 600, 400


def test_attributions_of_polnear_dev(tmp_path: Path) -> None:
    archive = POLNEAR / "polnear-train-dev.tar.gz"
    if not archive.exists():
        pytest.skip(f"no PolNeAR at {POLNEAR} (set STANDPOINT_POLNEAR)")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    dev = next(p for p in tmp_path.rglob("dev") if (p / "text").is_dir())
    found = tmp_path / "attributions.jsonl"
    command = [sys.executable, "-m", "extraction", "attributions", str(dev / "text")]
    with found.open("wb") as out:
        subprocess.run(command, check=True, stdout=out, cwd=ROOT)  # noqa: S603
    scorer = [sys.executable, str(POLNEAR / "score.py"), str(dev), str(found)]
    result = subprocess.run(scorer, check=True, capture_output=True, text=True)  # noqa: S603
    print(f"\nPolNeAR dev, default threshold\n{result.stdout}")  # noqa: T201
    assert "A50" in result.stdout


def test_rows_of_the_two_real_texts() -> None:
    print("\nReal texts")  # noqa: T201
    assert corpus_rows.main() == 0


@pytest.mark.parametrize("half", ["dev", "test"])
def test_own_gold_set(half: str) -> None:
    if not (ROOT / "tests" / "gold" / half).is_dir():
        pytest.skip(f"no {half} half of the gold set yet")
    print(f"\nOwn gold set, {half} half")  # noqa: T201
    assert score.main([half]) == 0


def test_fields_never_trained_on() -> None:
    print("\nFields never trained on nor looked at")  # noqa: T201
    paths = sorted((ROOT / "training" / "heldout").glob("*.txt"))
    assert evaluate.main([str(path) for path in paths]) == 0


@pytest.mark.parametrize("language", ["de", "fr"])
def test_french_and_german_fields_not_trained_on(language: str) -> None:
    print(f"\nFields not trained on: {language}")  # noqa: T201
    found = sorted(fields.FOREIGN.glob(f"{language}-*.txt"))
    paths = [str(path) for path in found if path.stem in fields.HELD_BACK]
    assert evaluate.main(paths) == 0


def test_learning_from_the_gold_set() -> None:
    print("\nLearning, with the gold set's development half for decisions")  # noqa: T201
    print("\n".join(decisions.lines()))  # noqa: T201


def english_words() -> list[str]:
    """Words of the gold set's English texts, one text after the other."""
    cases = [json.loads(path.read_text("utf-8")) for path in case_files("dev")]
    texts = [row for case in cases for row in case["texts"]]
    return " ".join(t["text"] for t in texts if t["lang"] == "en").split(" ")


def text_of(words: int) -> str:
    """Return a text of so many words, made of the gold set's texts in turn."""
    all_words = english_words()
    repeated = all_words * (words // len(all_words) + 1)
    return " ".join(repeated[:words])


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call of this process."""
    start = process_time()
    work()
    return process_time() - start


def test_speed_and_memory() -> None:
    extractor, actors, claims = TrainedExtractor(), demo_actors(), demo_claims()

    def read(text: str) -> object:
        return extractor.extract(Document(text), actors, claims)

    short = text_of(WORDS)
    read(short)  # loads the model
    whole = min(cpu_seconds(lambda: read(short)) for _ in range(5))
    bare = min(cpu_seconds(lambda: parse(short)) for _ in range(5))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{WORDS} words: {whole:.2f} CPU-s, {whole / bare:.1f} x the bare parse")  # noqa: T201
    print(f"peak memory of this process {memory:.0f} MB")  # noqa: T201
    for pages in (10, 30, 100):
        seconds = cpu_seconds(lambda n=pages: read(text_of(n * WORDS_PER_PAGE)))  # type: ignore[misc]
        print(f"{pages:4} pages: {seconds / pages:.3f} CPU-s a page")  # noqa: T201
    assert whole > 0
