"""The gold set is sound, and its score counts what it says it counts."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.gold.corpus import Decoy, Gold, GoldStance, GoldText, case_files, read_gold
from tests.gold.matching import SIGNS, macro_f1, match, trips
from tests.gold.score import figures, main, report

FILES = [path for half in ("dev", "test") for path in case_files(half)]
GUIDELINE = Path(__file__).parents[1] / "gold" / "guideline.md"
RANKS = (
    "head_of_state",
    "head_of_government",
    "head_of_organisation",
    "minister",
    "spokesperson",
    "official",
    "opposition",
    "independent",
)


def cases(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def named_traps() -> list[str]:
    section = GUIDELINE.read_text("utf-8").split("## Traps")[1].split("\n## ")[0]
    lines = [line.split("|") for line in section.splitlines()[4:] if line]
    return [cell.strip() for line in lines for cell in line[1:4:2] if cell.strip()]


def rows(path: Path) -> list[dict[str, Any]]:
    case = cases(path)
    return [*case["gold"], *case.get("decoys", [])]


def spoken_for(actor: dict[str, Any], day: str) -> str:
    if actor["kind"] != "person":
        return str(actor["slug"])
    held = [
        office
        for office in actor["affiliations"]
        if (office["from"] or "") <= day < (office["until"] or "9999")
    ]
    held.sort(key=lambda office: RANKS.index(office["rank"]))
    return held[0]["speaks_for"] if held else ""


every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_file
def test_each_evidence_occurs_exactly_once_in_its_text(path: Path) -> None:
    bodies = {text["id"]: text["text"] for text in cases(path)["texts"]}
    counts = {
        row["evidence"]: bodies[row["text"]].count(row["evidence"])
        for row in rows(path)
    }
    assert {words: n for words, n in counts.items() if n != 1} == {}


@every_file
def test_each_evidence_lies_inside_one_paragraph(path: Path) -> None:
    assert [row["evidence"] for row in rows(path) if "\n" in row["evidence"]] == []


@every_file
def test_each_slug_is_known_and_unique(path: Path) -> None:
    case = cases(path)
    for part in ("actors", "claims"):
        slugs = [row["slug"] for row in case[part]]
        assert len(slugs) == len(set(slugs))
    actors = {row["slug"] for row in case["actors"]}
    claims = {row["slug"] for row in case["claims"]}
    assert {row["actor"] for row in rows(path)} <= actors | {""}
    assert {row["claim"] for row in rows(path)} <= claims | {""}
    assert all(row["actor"] and row["claim"] for row in case["gold"])
    assert {slug for row in case["actors"] for slug in row.get("members", ())} <= actors


@every_file
def test_each_date_parses(path: Path) -> None:
    case = cases(path)
    for text in case["texts"]:
        assert date.fromisoformat(text["published_on"]) > date(2000, 1, 1)
    for row in case["gold"]:
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["stated_on"])
        whole = row["stated_on"] + "-01-01"[len(row["stated_on"]) - 4 :]
        assert date.fromisoformat(whole) > date(2000, 1, 1)
    for actor in case["actors"]:
        for office in actor["affiliations"]:
            assert not office["until"] or date.fromisoformat(
                office["from"]
            ) < date.fromisoformat(office["until"])


@every_file
def test_each_row_speaks_for_the_office_in_force_that_day(path: Path) -> None:
    case = cases(path)
    actors = {row["slug"]: row for row in case["actors"]}
    published = {text["id"]: text["published_on"] for text in case["texts"]}
    for row in case["gold"]:
        exact = len(row["stated_on"]) == 10
        day = row["stated_on"] if exact else published[row["text"]]
        assert row["speaks_for"] == spoken_for(actors[row["actor"]], day), row


@every_file
def test_each_value_condition_and_trap_is_in_the_codebook(path: Path) -> None:
    case = cases(path)
    bodies = {text["id"]: text["text"] for text in case["texts"]}
    guideline = GUIDELINE.read_text("utf-8")
    for row in case["gold"]:
        assert row["stance"] in SIGNS
        assert row["condition"] in bodies[row["text"]]
    traps = {trap for row in rows(path) for trap in row["trap"].split()}
    assert {trap for trap in traps if f"| {trap} |" not in guideline} == set()


def test_no_text_is_in_both_halves_or_twice() -> None:
    texts = [text for path in FILES for text in cases(path)["texts"]]
    assert len({text["id"] for text in texts}) == len(texts)
    assert len({text["text"] for text in texts}) == len(texts)


def test_the_development_half_is_as_large_as_promised() -> None:
    gold = read_gold(case_files("dev"))
    required = [stance for stance in gold.stances if not stance.optional]
    assert len(gold.texts) - len(gold.empty_texts()) >= 50
    assert len(gold.empty_texts()) >= 10
    assert len(required) >= 500
    traps = [trap for row in required for trap in row.traps]
    traps += [trap for decoy in gold.decoys for trap in decoy.traps]
    assert {trap: n for trap, n in Counter(traps).items() if n < 4} == {}


def test_the_test_half_is_as_large_as_promised() -> None:
    gold = read_gold(case_files("test"))
    required = [stance for stance in gold.stances if not stance.optional]
    assert len(gold.texts) >= 40
    assert len(gold.empty_texts()) >= 5
    assert len(required) >= 210
    assert Counter(text.language for text in gold.texts) >= Counter(fr=3, de=3)
    traps = Counter(trap for stance in required for trap in stance.traps)
    traps += Counter(trap for decoy in gold.decoys for trap in decoy.traps)
    assert {trap: traps[trap] for trap in named_traps() if traps[trap] < 3} == {}


def stance(
    *, actor: str = "ann", optional: bool = False, at: tuple[int, int]
) -> GoldStance:
    return GoldStance(
        "t", actor, "x", "c", "support", "", "2025-01-01", at, (), optional
    )


def candidate(
    actor: str, at: tuple[int, int], value: str | None = "support"
) -> dict[str, Any]:
    return {
        "text": "t",
        "actor": actor,
        "claim": "c",
        "stance": value,
        "evidence": [at],
    }


def gold_of(*stances: GoldStance, decoys: tuple[Decoy, ...] = ()) -> Gold:
    texts = (GoldText("t", "f", "en", 9), GoldText("empty", "f", "en", 9))
    return Gold((), texts, stances, decoys)


def test_a_row_is_matched_by_one_proposal_only() -> None:
    outcome = match(
        gold_of(stance(at=(0, 9))), [candidate("ann", (0, 4)), candidate("ann", (2, 9))]
    )
    assert [said.evidence for _, said in outcome.pairs] == [((2, 9),)]
    assert len(outcome.false) == 1
    assert figures(outcome)["precision"] == 0.5
    assert figures(outcome)["recall"] == 1.0


def test_touching_evidence_does_not_overlap() -> None:
    outcome = match(gold_of(stance(at=(0, 5))), [candidate("ann", (5, 9))])
    assert (len(outcome.pairs), len(outcome.missed), len(outcome.false)) == (0, 1, 1)


def test_an_optional_row_counts_neither_for_nor_against() -> None:
    gold = gold_of(stance(at=(0, 9)), stance(actor="bob", optional=True, at=(0, 9)))
    without = match(gold, [candidate("ann", (0, 9))])
    with_it = match(gold, [candidate("ann", (0, 9)), candidate("bob", (0, 9))])
    assert figures(without) == figures(with_it)
    assert figures(without)["f1"] == 1.0


def test_a_proposal_without_a_value_is_counted_apart() -> None:
    outcome = match(gold_of(stance(at=(0, 9))), [candidate("ann", (0, 9), None)])
    assert outcome.left_out == 1
    assert outcome.false == []


def test_a_conditional_value_has_the_sign_of_its_pole() -> None:
    gold = gold_of(stance(at=(0, 9)))
    near = match(gold, [candidate("ann", (0, 9), "conditional_support")])
    undecided = match(gold, [candidate("ann", (0, 9), "ambiguous")])
    assert figures(near)["sign_right"] == 1.0
    assert figures(near)["macro_f1"] == 0.0
    assert figures(undecided)["sign_right"] == 0.0


def test_macro_f1_is_the_mean_over_the_values_that_occur() -> None:
    pairs = [("support", "support"), ("support", "oppose"), ("oppose", "oppose")]
    assert macro_f1(pairs) == pytest.approx(2 / 3)


def test_a_decoy_is_tripped_by_its_actor_only() -> None:
    decoy = Decoy("t", "ann", "", (0, 5), ("denied",))
    outcome = match(gold_of(), [candidate("ann", (0, 3)), candidate("bob", (0, 3))])
    assert [trips(one, decoy) for one in outcome.false] == [True, False]


def test_the_report_names_false_proposals_where_nothing_is_to_be_found() -> None:
    row = {**candidate("ann", (0, 3)), "text": "empty"}
    gold = gold_of(stance(at=(0, 9)))
    assert "nothing to find: 1 false proposals in 1 texts" in report(
        gold, match(gold, [row])
    )


def test_the_score_of_the_gold_itself_is_perfect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for path in case_files("dev"):
            bodies = {text["id"]: text["text"] for text in cases(path)["texts"]}
            for row in cases(path)["gold"]:
                start = bodies[row["text"]].index(row["evidence"])
                span = [start, start + len(row["evidence"])]
                lines.write(json.dumps({**row, "evidence": [span]}) + "\n")
    assert main(["dev", "--candidates", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "precision 1.000  recall 1.000  F1 1.000" in printed
    assert "5-way macro-F1 of matched  1.000" in printed
