"""What every kind of test shares: the browser where there is one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from config.testrun import BROWSERS, browser_line


def pytest_configure(config: pytest.Config) -> None:
    """Name our markers."""
    config.addinivalue_line("markers", "browser: drives Debian's Chromium")
    serve_static_files_from_their_sources()


def serve_static_files_from_their_sources() -> None:
    """A clean checkout has collected none, so there is no manifest of hashed names."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain


def pytest_report_header() -> str:
    """Say plainly whether the tests in a browser run."""
    return browser_line()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests in a browser where there is none."""
    if chromium_path() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


def chromium_path() -> str | None:
    """Where the browser is, if anywhere."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each opens contexts of its own.

    Playwright keeps an event loop in this thread, which Django takes for an async caller.
    """
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox"]
        )
        yield browser
        browser.close()
