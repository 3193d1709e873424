"""The API's browsable page in a real browser, under its own security policy."""

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.factories.claims import ClaimFactory


@pytest.mark.browser
def test_the_schema_is_browsed_and_tried_out_without_any_violation(
    chromium: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_READ = True
    ClaimFactory.create(title="Tried out")
    page = chromium.new_page()
    trouble: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/api/v1/docs/")
    claims = page.locator("#operations-claims-claims_list")
    claims.locator(".opblock-summary-control").click()
    claims.locator(".try-out__btn").click()
    claims.locator(".execute").click()
    claims.locator(".live-responses-table").get_by_text("Tried out").wait_for()
    page.close()

    elsewhere = [url for url in asked if not url.startswith((live_server.url, "data:"))]
    assert (trouble, elsewhere) == ([], [])
