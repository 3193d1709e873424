"""The product's settings for real workers under test: they may fetch from this machine."""

from config.settings import *  # noqa: F403, TID251

FETCH_ALLOW_LOOPBACK = True
FEED_ENTRY_SPACING_SECONDS = 0
