"""The readers' pages in a real browser: nothing blocked, everything reachable by keyboard."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from actors.models import Rank
from claims.models import StanceValue
from tests.factories.actors import AffiliationFactory, PersonFactory
from tests.factories.users import UserFactory
from tests.factories.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery staple"  # noqa: S105 - of a test account
ADDRESSES = [
    "/",
    "/claims/",
    "/claims/ground-troops/",
    "/claims/ground-troops/?as_of=2020-01-01",
    "/countries/FR/",
    "/countries/DE/",
    "/actors/",
    "/actors/president/",
    "/actors/pair/",
    "/accounts/login/",
    "/no/such/page/",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def open_pages(settings: Settings) -> None:
    """Let everybody read."""
    settings.PUBLIC_READ = True


@pytest.fixture
def world() -> World:
    """A country that changed its mind while an adviser and the opposition disagreed."""
    world = World()
    world.said(stated_on=date(2026, 1, 5))
    world.said(value=StanceValue.CONDITIONAL_SUPPORT, stated_on=date(2026, 3, 5))
    world.said(
        actor=world.opponent, value=StanceValue.OPPOSE, stated_on=date(2026, 3, 6)
    )
    adviser = PersonFactory.create(slug="adviser", name="Ada Rat")
    AffiliationFactory.create(
        person=adviser, speaks_for=world.france, office="Adviser", rank=Rank.OFFICIAL
    )
    world.said(actor=adviser, value=StanceValue.OPPOSE, stated_on=date(2026, 3, 9))
    return world


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that notes every breach of the content security policy before it is shown."""
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    context.add_init_script(
        "window.breaches = [];"
        "document.addEventListener('securitypolicyviolation',"
        " e => window.breaches.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    yield context.new_page()
    context.close()


def test_no_page_breaks_the_content_security_policy(
    world: World, page: Page, live_server: LiveServer
) -> None:
    failures: list[str] = []
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    inline = page.locator("[style], script:not([src]):not([nonce])")
    for address in ADDRESSES:
        response = page.goto(live_server.url + address)
        assert response is not None
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert page.evaluate("document.styleSheets.length") == 1, address
        assert page.evaluate("window.breaches") == [], address
        assert inline.count() == 0, address
    assert failures == []


def test_no_page_is_wider_than_a_phone(
    world: World, page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for address in ADDRESSES:
        page.goto(live_server.url + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_every_mark_is_reached_by_keyboard_and_opens_its_stance(
    world: World, page: Page, live_server: LiveServer, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/countries/FR/")
    expected = page.locator("a.mark:visible").evaluate_all(
        "marks => marks.map(m => m.getAttribute('href'))"
    )
    assert len(expected) == 4
    assert focused_marks(page) == expected
    page.locator(f"a.mark:visible[href='{expected[0]}']").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + expected[0])
    expect(page.locator("mark")).to_be_visible()


def focused_marks(page: Page) -> list[str]:
    """Press Tab through the whole page and return the marks on the way."""
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        href = page.evaluate(
            "document.activeElement.matches('a.mark')"
            " ? document.activeElement.getAttribute('href') : ''"
        )
        if href:
            seen.append(href)
    return list(dict.fromkeys(seen))


def test_a_mark_is_named_by_who_said_what(
    world: World, page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/countries/FR/")
    name = "Anne Chef (President) supported it on 5 January 2026"
    expect(page.get_by_role("link", name=name)).to_be_visible()


def test_the_pages_work_without_javascript(
    world: World, chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/claims/ground-troops/")
    page.get_by_label("As of").fill("2026-02-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Showing 1 February 2026")).to_be_visible()
    page.get_by_role("link", name="France").first.click()
    expect(page).to_have_url(f"{live_server.url}/countries/FR/?as_of=2026-02-01")
    expect(page.locator(".standing")).to_contain_text("Support")
    context.close()


def test_contested_days_are_shown_with_the_reason(
    world: World, page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/countries/FR/?as_of=2026-03-10")
    expect(page.locator(".since .flag--contested")).to_be_visible()
    expect(page.locator(".story__now .reasons")).to_contain_text("Ada Rat")
    expect(page.locator("rect.contested:visible").last).to_be_attached()


def test_an_analyst_logs_in_and_out(page: Page, live_server: LiveServer) -> None:
    UserFactory.create(username="ann", password=PASSWORD)
    page.goto(f"{live_server.url}/accounts/login/?next=/claims/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(f"{live_server.url}/claims/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
