"""``python -m extraction attributions DIR`` writes one JSON line a text."""

import io
import json
from pathlib import Path

import pytest

from extraction.__main__ import main
from extraction.commands import print_attributions


def rows(folder: Path, threshold: float = 0.5) -> list[dict]:
    out = io.StringIO()
    print_attributions(folder, threshold=threshold, out=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_text_gives_a_line_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Nothing happened.", encoding="utf-8")
    (tmp_path / "a.txt").write_text("“We left,” said Ada.", encoding="utf-8")
    (tmp_path / "c.md").write_text("Not read.", encoding="utf-8")
    first, second = rows(tmp_path)
    assert (first["document"], second["document"]) == ("a", "b")
    assert second["attributions"] == []


def test_offsets_count_code_points_and_keep_line_breaks(tmp_path: Path) -> None:
    text = "🚢 Harbour\r\n\r\n“We left early today,” said Ada."
    (tmp_path / "a.txt").write_bytes(text.encode())
    (found,) = rows(tmp_path)[0]["attributions"]
    assert [text[s:e] for s, e in found["content"]] == ["“We left early today,”"]
    assert [text[s:e] for s, e in found["source"]] == ["Ada"]
    assert [text[s:e] for s, e in found["cue"]] == ["said"]


def test_a_higher_threshold_leaves_out_the_less_sure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway supports the treaty.", encoding="utf-8")
    assert rows(tmp_path, threshold=0.1)[0]["attributions"]
    assert rows(tmp_path, threshold=0.98)[0]["attributions"] == []


def test_a_missing_folder_is_refused_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["attributions", str(tmp_path / "missing")])
    assert "name one that holds *.txt" in capsys.readouterr().err


def test_french_and_german_texts_are_read_by_their_own_rules(tmp_path: Path) -> None:
    french = "Le maire a dit que la route qui va au port sera fermée par la mer."
    german = "Der Minister sagte, dass die Schule nicht mit dem Amt reden werde."
    (tmp_path / "a.txt").write_text(french, encoding="utf-8")
    (tmp_path / "b.txt").write_text(german, encoding="utf-8")
    first, second = (row["attributions"][0] for row in rows(tmp_path))
    assert [french[s:e] for s, e in first["source"]] == ["Le maire"]
    assert [german[s:e] for s, e in second["source"]] == ["Der Minister"]


def test_another_language_gives_an_empty_line_and_a_word_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "El gobierno no quiere que los impuestos se suban en las regiones."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert rows(tmp_path) == [{"document": "a", "attributions": []}]
    assert "a.txt: The text is Spanish" in capsys.readouterr().err
