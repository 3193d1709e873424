"""Reads the demo's CSV files; pure."""

import csv
from pathlib import Path

HERE = Path(__file__).parent

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of one of the demo's tables, e.g. ``rows("actors")``."""
    with (HERE / f"{name}.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def text(folder: str, name: str) -> str:
    """Return one of the demo's texts."""
    return (HERE / folder / name).read_text(encoding="utf8")
