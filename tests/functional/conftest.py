"""What the tests with real processes share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.workers import Crew, SlowPage, environment
from tests.servers import Peer


@pytest.fixture
def crew(transactional_db: None, tmp_path: Path) -> Iterator[Crew]:
    """A beat on the test database, and workers as the test starts them."""
    with Crew(tmp_path, environment()) as crew:
        yield crew


@pytest.fixture
def slow() -> Iterator[tuple[Peer, SlowPage]]:
    """A server with a page that is held back."""
    page = SlowPage()
    with Peer() as peer:
        peer.answers["/slow"] = page.answer(peer)
        yield peer, page
        page.let_go.set()
