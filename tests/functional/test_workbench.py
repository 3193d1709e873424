"""The workbench in a real browser: keys, selected text, undo, conflicts, no breach of the policy."""

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from actors.models import Actor
from claims.models import (
    Claim,
    LearnedWeights,
    Stance,
    StanceValue,
    Suggestion,
    SuggestionState,
)
from claims.operations.suggestions import reject_suggestion
from sources.models import Document
from tests.factories.actors import AffiliationFactory, CountryFactory, PersonFactory
from tests.factories.claims import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    StanceFactory,
    SuggestionFactory,
)
from tests.factories.learning import learned_weights
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = (
    "👍🏽 Flags 🇫🇷 fly in Paris. “We must not rule out sending troops,” said Macron.\n\n"
    "Scholz disagreed: no soldiers will be sent.\nTusk kept silent."
)
ADDRESSES = [
    "/admin/",
    "/admin/workbench/",
    "/admin/workbench/?score=0.4",
    "/admin/workbench/?claim=999",
    "/admin/workbench/import/",
    "/admin/workbench/documents/{document}/",
    "/admin/workbench/documents/{document}/?amend={suggestion}",
    "/admin/workbench/stances/{stance}/retract/",
    "/admin/claims/stance/",
    "/admin/claims/stance/{stance}/change/",
    "/admin/claims/suggestion/",
    "/admin/claims/learnedweights/",
    "/admin/claims/learnedweights/{weights}/change/",
    "/admin/claims/claim/",
    "/admin/claims/claim/{claim}/change/",
    "/admin/actors/actor/",
    "/admin/actors/actor/{actor}/change/",
    "/admin/actors/actor/add/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/auth/user/{user}/change/",
    "/admin/auth/group/",
    "/admin/password_change/",
    "/admin/sources/document/",
    "/admin/sources/ingestion/",
    "/admin/sources/source/",
    "/admin/sources/feed/",
    "/admin/jobs/job/",
]


class Desk:
    """A text with two suggestions and one stance, and the one who reviews it."""

    def __init__(self) -> None:
        """Store them."""
        self.claim: Claim = ClaimFactory.create(title="Ground troops")
        self.macron: Actor = PersonFactory.create(name="Emmanuel Macron")
        AffiliationFactory.create(
            person=self.macron, speaks_for=CountryFactory.create(name="France")
        )
        self.scholz: Actor = PersonFactory.create(name="Olaf Scholz")
        self.document: Document = DocumentFactory.create(title="Paris", body=BODY)
        self.first = self.suggestion(self.macron, "We must not rule out sending troops")
        self.second = self.suggestion(
            self.scholz, "no soldiers will be sent", value=StanceValue.OPPOSE
        )
        self.stance: Stance = StanceFactory.create(
            claim=self.claim, evidence=self.evidence("Macron")
        )
        self.analyst: User = UserFactory.create(role="analyst")
        self.weights: LearnedWeights = learned_weights()

    def evidence(self, words: str):  # type: ignore[no-untyped-def]
        """Store the evidence of words in the text."""
        start = BODY.index(words)
        return EvidenceFactory.create(
            document=self.document, start=start, end=start + len(words)
        )

    def suggestion(
        self, actor: Actor, words: str, value: str = StanceValue.SUPPORT
    ) -> Suggestion:
        """Store an open suggestion on words of the text."""
        evidence = self.evidence(words)
        return SuggestionFactory.create(
            claim=self.claim,
            actor=actor,
            value=value,
            evidence=evidence,
            spans=[{"role": "source", "start": evidence.start, "end": evidence.end}],
        )

    def address(self, live_server: LiveServer) -> str:
        """Where the text's page is."""
        return f"{live_server.url}/admin/workbench/documents/{self.document.pk}/"


@pytest.fixture
def desk() -> Desk:
    """A text to review."""
    return Desk()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that notes every breach of the content security policy."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(
        "window.breaches = [];"
        "document.addEventListener('securitypolicyviolation',"
        " e => window.breaches.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    yield context
    context.close()


def log_in(context: BrowserContext, user: User, live_server: LiveServer) -> Page:
    """Return a page of a logged in browser."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context.new_page()


@pytest.fixture
def page(desk: Desk, context: BrowserContext, live_server: LiveServer) -> Page:
    """The text's page, as its analyst sees it."""
    page = log_in(context, desk.analyst, live_server)
    page.goto(desk.address(live_server))
    return page


def selected(page: Page) -> str:
    """Which suggestion the page has selected."""
    return page.locator("#desk").get_attribute("data-selected") or ""


def test_a_accepts_the_selected_suggestion_and_goes_on(desk: Desk, page: Page) -> None:
    page.keyboard.press("a")
    expect(page.locator(".notice--success")).to_contain_text("Accepted")
    stance = Stance.objects.get(suggestion=desk.first)
    assert stance.coder == desk.analyst
    assert stance.speaks_for is not None
    expect(page.locator(".card--selected")).to_contain_text("Olaf Scholz")


def test_keys_are_only_letters_while_a_field_has_the_focus(
    desk: Desk, page: Page
) -> None:
    page.locator("[name=quote]").focus()
    page.keyboard.type("axu 15?")
    expect(page.locator("[name=quote]")).to_have_value("axu 15?")
    assert Suggestion.objects.open().count() == 2
    assert not page.locator("#keys").is_visible()


def test_x_rejects_and_u_undoes(desk: Desk, page: Page) -> None:
    page.keyboard.press("x")
    expect(page.locator(".notice--success")).to_contain_text("Rejected")
    desk.first.refresh_from_db()
    assert desk.first.state == SuggestionState.REJECTED
    page.keyboard.press("u")
    expect(page.locator(".notice--success")).to_contain_text("Open again")
    desk.first.refresh_from_db()
    assert desk.first.state == SuggestionState.OPEN


def test_space_j_and_k_move_without_deciding(desk: Desk, page: Page) -> None:
    assert selected(page) == "S1"
    for key, arrives in [(" ", "S2"), ("j", "S1"), ("k", "S2")]:
        page.keyboard.press(key)
        expect(page.locator("#desk")).to_have_attribute("data-selected", arrives)
    assert Suggestion.objects.open().count() == 2


def focused(page: Page) -> str:
    """Name the field that has the focus."""
    return str(page.evaluate("document.activeElement.name || ''"))


def test_e_opens_the_form_and_the_keyboard_alone_amends_and_sends(
    desk: Desk, page: Page
) -> None:
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Accept with changes")).to_be_visible()
    expect(page.locator("[name=value]:checked")).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    expect(page.locator("[name=condition]")).to_be_focused()
    page.keyboard.type("If Kyiv asks")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice--success")).to_contain_text("with your changes")
    stance = Stance.objects.get(suggestion=desk.first)
    assert stance.value == StanceValue.CONDITIONAL_OPPOSE
    assert stance.condition == "If Kyiv asks"


def test_enter_in_a_field_of_one_line_sends_the_form(desk: Desk, page: Page) -> None:
    page.keyboard.press("e")
    expect(page.locator("[name=value]:checked")).to_be_focused()
    page.locator("[name=start]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice--success")).to_contain_text("Logged")
    assert Stance.objects.filter(suggestion=desk.first).exists()


def test_esc_leaves_the_field_and_then_the_form(desk: Desk, page: Page) -> None:
    page.keyboard.press("e")
    expect(page.locator("[name=value]:checked")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[name=value]:checked")).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Accept with changes")).to_be_hidden()
    expect(page.locator("#desk")).to_have_attribute("data-selected", "S1")
    assert Suggestion.objects.open().count() == 2


def test_letters_decide_nothing_while_a_value_has_the_focus(
    desk: Desk, page: Page
) -> None:
    page.keyboard.press("x")
    expect(page.locator(".notice--success")).to_contain_text("Rejected")
    page.keyboard.press("e")
    expect(page.locator("[name=value]:checked")).to_be_focused()
    page.keyboard.type("ujkx")
    expect(page.get_by_role("heading", name="Accept with changes")).to_be_visible()
    assert Suggestion.objects.open().count() == 1


def test_a_suggestion_without_value_opens_its_form_with_the_reason(
    desk: Desk, page: Page
) -> None:
    Suggestion.objects.filter(pk=desk.first.pk).update(value="")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Accept with changes")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("five values")
    assert focused(page) == "value"


def test_a_on_an_undated_suggestion_shows_why_and_begins_at_the_date(
    desk: Desk, page: Page
) -> None:
    Suggestion.objects.filter(pk=desk.first.pk).update(
        stated_on=None, stated_precision=""
    )
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("when the statement was made")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("[name=stated_on]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice--success")).to_contain_text("Logged")
    assert Stance.objects.filter(suggestion=desk.first).exists()


def test_a_refused_stance_shows_why_and_keeps_the_words_and_the_selection(
    desk: Desk, page: Page
) -> None:
    page.keyboard.press("j")
    expect(page.locator("#desk")).to_have_attribute("data-selected", "S2")
    drag_over(page, "Tusk kept silent")
    fill_stance(page, "Ground troops", "Olaf Scholz")
    page.locator("#log [name=value][value=oppose]").check()
    page.locator("#log [name=stated_on]").fill("2024-03-02")
    page.keyboard.press("Control+Enter")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("published on 1 March 2024")
    expect(refusal).to_be_in_viewport()
    expect(refusal).to_be_focused()
    expect(page.locator("#desk")).to_have_attribute("data-selected", "S2")
    expect(page.locator("#log [name=quote]")).to_have_value("Tusk kept silent")
    page.locator("#log [name=stated_on]").fill("2024-03-01")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice--success")).to_contain_text("Logged")
    expect(page.locator("#desk")).to_have_attribute("data-selected", "S2")


def test_the_queue_is_walked_and_opened_by_keys(
    desk: Desk, page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/admin/workbench/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("open it in its text")
    page.keyboard.press("Escape")
    rows = page.locator(".queue__link")
    for key, place in [("j", 0), ("j", 1), ("k", 0)]:
        page.keyboard.press(key)
        expect(rows.nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_be_visible()
    assert Suggestion.objects.open().count() == 2


def test_the_brand_is_ink_on_the_workbench_too(page: Page) -> None:
    colour = "element => getComputedStyle(element).color"
    assert page.locator("#site-name a").evaluate(colour) == "rgb(27, 28, 31)"


def drag_over(page: Page, words: str) -> None:
    """Select words of the text with the mouse, as a person does."""
    box = page.evaluate(
        """words => {
            const text = document.getElementById("text");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                const box = range.getBoundingClientRect();
                return [box.left, box.right, box.top + box.height / 2];
            }
        }""",
        words,
    )
    left, right, middle = box
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=5)
    page.mouse.up()


def fill_stance(page: Page, claim: str, actor: str) -> None:
    """Fill in who said it on which claim."""
    form = page.locator("#log")
    form.locator("[name=claim]").select_option(label=claim)
    form.locator("[name=actor]").select_option(label=actor)


def test_words_selected_after_emoji_are_logged_by_code_points(
    desk: Desk, page: Page
) -> None:
    drag_over(page, "Tusk kept silent")
    expect(page.locator("#log [name=quote]")).to_have_value("Tusk kept silent")
    expect(page.locator("#log [name=start]")).to_have_value(str(BODY.index("Tusk")))
    fill_stance(page, "Ground troops", "Olaf Scholz")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.get_by_role("button", name="Log this stance").click()
    expect(page.locator(".notice--success")).to_contain_text("Logged")
    stance = Stance.objects.select_related("evidence").get(value=StanceValue.AMBIGUOUS)
    assert stance.evidence.quote == "Tusk kept silent"
    assert stance.evidence.start == BODY.index("Tusk")
    expect(page.locator("#log [name=quote]")).to_have_value("")


def test_the_text_on_the_page_is_the_text_in_the_database(
    desk: Desk, page: Page
) -> None:
    assert page.locator("#text").evaluate("text => text.textContent") == BODY


def test_typed_words_take_the_place_of_earlier_offsets(desk: Desk, page: Page) -> None:
    drag_over(page, "Tusk kept silent")
    page.locator("#log [name=quote]").fill("Tusk kept")
    expect(page.locator("#log [name=start]")).to_have_value("")


def test_a_question_mark_shows_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("a")
    assert Suggestion.objects.open().count() == 2


def test_the_second_of_two_analysts_sees_what_the_first_decided(
    desk: Desk, page: Page
) -> None:
    other = UserFactory.create(username="berta", role="analyst")
    reject_suggestion(suggestion=desk.first, by=other, now=NOW, reason="Irony")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Decided in the meantime")).to_be_visible()
    expect(page.locator("#desk")).to_contain_text("berta")
    expect(page.locator("#desk")).to_contain_text("Irony")


def test_everything_works_without_javascript(
    desk: Desk, chromium: Browser, live_server: LiveServer
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = log_in(context, desk.analyst, live_server)
    page.goto(desk.address(live_server))
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="Amend e").click()
    page.locator("[name=value][value=ambiguous]").check()
    page.get_by_role("button", name="Log this stance").click()
    page.locator("#log [name=quote]").fill("Tusk kept silent")
    fill_stance(page, "Ground troops", "Olaf Scholz")
    page.locator("#log [name=value][value=oppose]").check()
    page.get_by_role("button", name="Log this stance").click()
    page.get_by_role("button", name="Undo last").click()
    context.close()
    values = Stance.objects.published().exclude(pk=desk.stance.pk).order_by("pk")
    assert list(values.values_list("value", flat=True)) == ["support", "oppose"]


def test_no_page_breaks_the_content_security_policy(
    desk: Desk, context: BrowserContext, live_server: LiveServer
) -> None:
    page = log_in(context, UserFactory.create(role="admin"), live_server)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in addresses_of(desk):
        response = page.goto(live_server.url + address)
        assert response is not None
        assert (address, response.status) == (address, 200)
        page.wait_for_load_state("networkidle")
        assert (address, page.evaluate("window.breaches")) == (address, [])
    assert errors == []


def addresses_of(desk: Desk) -> list[str]:
    """Every kind of page, with the rows that it shows."""
    return [
        address.format(
            document=desk.document.pk,
            suggestion=desk.first.pk,
            stance=desk.stance.pk,
            claim=desk.claim.pk,
            weights=desk.weights.pk,
            actor=desk.macron.pk,
            user=desk.analyst.pk,
        )
        for address in ADDRESSES
    ]


def test_an_unknown_speaker_is_added_and_accepted_by_keys(
    desk: Desk, context: BrowserContext, live_server: LiveServer
) -> None:
    PersonFactory.create(name="Donald Tusk", slug="donald-tusk")
    Suggestion.objects.filter(pk=desk.second.pk).update(
        actor=None,
        mention="Ernst Tusk",
        mention_kind="person",
        mention_description="Silesian miner",
        actor_guesses=["donald-tusk"],
    )
    lead = UserFactory.create(role="lead")
    page = log_in(context, lead, live_server)
    page.goto(f"{desk.address(live_server)}?selected={desk.second.pk}")
    expect(page.get_by_text("Who is “Ernst Tusk”?")).to_be_visible()
    expect(page.get_by_role("button", name="Donald Tusk")).to_be_visible()

    page.keyboard.press("w")
    expect(page.get_by_text("Added Ernst Tusk")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted: Ernst Tusk")).to_be_visible()

    assert Stance.objects.filter(actor__name="Ernst Tusk").count() == 1
    assert page.evaluate("window.breaches") == []
