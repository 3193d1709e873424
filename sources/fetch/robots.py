"""Asking a site whether programs may read a page."""

import hashlib
from urllib.parse import urlsplit

from django.core.cache import cache
from protego import Protego

from sources.fetch.following import safe_fetch
from sources.fetch.outcomes import FetchRefusedError, Outcome
from sources.fetch.requests import ROBOTS

ROBOT_NAME = "Standpoint"
ROBOTS_KEPT_SECONDS = 24 * 3600


def check_robots(url: str) -> None:
    """Raise FetchRefusedError where the site's robots.txt forbids this page to programs.

    No robots.txt is permission. One that cannot be read now is none: then
    FetchPostponedError is raised (RFC 9309, 2.3.1).
    """
    parts = urlsplit(url)
    rules = robots_rules(f"{parts.scheme}://{parts.netloc}/robots.txt")
    if not Protego.parse(rules).can_fetch(url, ROBOT_NAME):
        msg = f"{parts.hostname} does not want programs to read this page (robots.txt)."
        raise FetchRefusedError(Outcome.ROBOTS_DENIED, msg)


def robots_rules(robots_url: str) -> str:
    """Return the text of a robots.txt, kept for a day; raises FetchPostponedError."""
    key = "robots:" + hashlib.sha256(robots_url.encode()).hexdigest()
    if (known := cache.get(key)) is not None:
        return str(known)
    try:
        rules = safe_fetch(robots_url, budget=ROBOTS).content.decode("utf8", "replace")
    except FetchRefusedError as error:
        if error.outcome not in {Outcome.HTTP_4XX, Outcome.GONE}:
            raise
        rules = ""
    cache.set(key, rules, ROBOTS_KEPT_SECONDS)
    return rules
