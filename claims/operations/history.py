"""Puts the person's name beside each change, so that it outlives the account."""

from contextlib import AbstractContextManager
from typing import Any

import pghistory
from django.contrib.auth.models import User


def as_done_by(by: User | None, **details: Any) -> AbstractContextManager[Any]:
    """Record who changes rows inside the block; None stands for the machine."""
    if by is None:
        return pghistory.context(by="", **details)
    return pghistory.context(user=by.pk, by=by.get_username(), **details)
