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
