"""What a deployment of this app must not do."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def refuse_open_loopback(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Refuse the setting that lets tests fetch from this machine."""
    if not settings.FETCH_ALLOW_LOOPBACK:
        return []
    return [
        Error(
            "FETCH_ALLOW_LOOPBACK opens this machine's own servers to fetching.",
            hint="Remove it: it is for tests only.",
            id="sources.E001",
        )
    ]
