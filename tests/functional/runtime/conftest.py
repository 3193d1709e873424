"""Embedded servers of a test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.supervisor import Supervisor, stop_leftovers


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A var folder in a closed folder, which no other account may enter."""
    tmp_path.chmod(0o700)
    folder = tmp_path / "a closed place"
    monkeypatch.setenv("STANDPOINT_VAR", str(folder))
    yield folder
    stop_leftovers(folder)
    home = folder / "postgres"
    if home.is_symlink():
        shutil.rmtree(home.resolve())


@pytest.fixture
def supervisor(var: Path) -> Iterator[Supervisor]:
    """A supervisor of this process."""
    var.mkdir()
    supervisor = Supervisor(var, print)
    yield supervisor
    supervisor.stop()
