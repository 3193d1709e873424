"""Servers that answer badly, and the setting that lets them be reached."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.servers import Peer


@pytest.fixture
def peer(settings: Settings) -> Iterator[Peer]:
    """A server on this machine that may be fetched from."""
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FEED_ENTRY_SPACING_SECONDS = 0
    cache.clear()
    with Peer() as peer:
        yield peer
