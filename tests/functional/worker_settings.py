"""The product's settings for real workers under test: they may fetch from this machine."""

import os

from config.settings import *  # noqa: F403, TID251

FETCH_ALLOW_LOOPBACK = True
FEED_ENTRY_SPACING_SECONDS = 0
if "HARD_LIMIT" in os.environ:
    CELERY_TASK_TIME_LIMIT = int(os.environ["HARD_LIMIT"])
    CELERY_TASK_SOFT_TIME_LIMIT = 0  # none, as where the work cannot be interrupted
