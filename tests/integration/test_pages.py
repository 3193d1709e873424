"""The readers' pages: what they show, to whom, in how many queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from actors.models import Rank
from claims.models import ClaimStatus, StanceState, StanceValue
from tests.factories.actors import AffiliationFactory, PersonFactory
from tests.factories.claims import ClaimFactory, EvidenceFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory
from tests.factories.world import World

pytestmark = pytest.mark.django_db
Count = Callable[..., Any]
ADDRESSES = [
    "/",
    "/claims/",
    "/claims/ground-troops/",
    "/countries/FR/",
    "/actors/",
    "/actors/president/",
    "/actors/pair/",
]


@pytest.fixture(autouse=True)
def open_pages(settings: Settings) -> None:
    """Let everybody read."""
    settings.PUBLIC_READ = True


def page(client: Client, address: str, status: int = 200) -> str:
    """Return the text of a page."""
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# Who may read


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_open_where_reading_is_public(client: Client, address: str) -> None:
    World().said()
    page(client, address)


@pytest.mark.parametrize("address", [*ADDRESSES, "/stances/1/", "/claims/no-such/"])
def test_pages_lead_to_the_login_where_reading_is_not_public(
    client: Client, settings: Settings, address: str
) -> None:
    settings.PUBLIC_READ = False
    World().said()
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={address}"


def test_a_viewer_reads_where_reading_is_not_public(
    client: Client, settings: Settings
) -> None:
    settings.PUBLIC_READ = False
    World().said()
    client.force_login(UserFactory.create(role="viewer"))
    assert "France" in page(client, "/claims/ground-troops/")


def test_an_account_without_a_role_is_told_what_to_do(
    client: Client, settings: Settings
) -> None:
    settings.PUBLIC_READ = False
    client.force_login(UserFactory.create())
    assert "no role yet" in page(client, "/", 403)


def test_personal_pages_stay_out_of_caches(client: Client) -> None:
    client.force_login(UserFactory.create(role="viewer"))
    assert "no-store" in client.get("/").headers["Cache-Control"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_only_read(client: Client, address: str) -> None:
    World()
    assert client.post(address).status_code == 405


# What is shown


def test_the_claim_page_shows_who_holds_what(client: Client) -> None:
    world = World()
    stance = world.said(
        value=StanceValue.CONDITIONAL_SUPPORT, condition="if asked by the capital"
    )
    html = page(client, "/claims/ground-troops/?as_of=2024-03-01")
    assert f'href="/stances/{stance.pk}/?as_of=2024-03-01"' in html
    assert "Condition: if asked by the capital." in html
    assert "United: 1 conditional support, of 2 members." in html


def test_as_of_a_day_before_anybody_spoke_the_page_says_so(client: Client) -> None:
    World().said()
    html = page(client, "/claims/ground-troops/?as_of=2020-01-01")
    assert "Nobody has spoken on this claim by then" in html
    assert 'href="/countries/FR/?as_of=2020-01-01"' not in html


def test_links_keep_the_chosen_day(client: Client) -> None:
    World().said()
    html = page(client, "/claims/ground-troops/?as_of=2024-03-01")
    assert "/countries/FR/?as_of=2024-03-01" in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("as_of=yesterday", "Write the day as 2024-05-20."),
        ("as_of=0001-01-01", "Choose a day from 1900"),
        ("as_of=2199-12-31", "Choose a day from 1900 to today"),
        ("known_at=2199-12-31T12:00", "Choose a moment up to now"),
        ("known_at=0001-01-01T12:00", "Choose a moment from 1900 on."),
        ("known_at=noon", "Write the moment as 2024-05-20T18:00, in UTC."),
    ],
)
def test_a_bad_date_is_told_in_words(client: Client, query: str, words: str) -> None:
    stance = World().said()
    for address in ("/", "/claims/ground-troops/", f"/stances/{stance.pk}/"):
        assert words in page(client, f"{address}?{query}", 400)


def test_unknown_parameters_are_ignored(client: Client) -> None:
    World()
    page(client, "/claims/ground-troops/?utm_source=letter")


def test_as_known_before_anything_was_recorded_nothing_is_shown(client: Client) -> None:
    World().said()
    html = page(client, "/countries/FR/?known_at=2020-01-01T12:00")
    assert "Nothing is recorded of France" in html


def test_an_empty_database_says_what_to_do_next(client: Client) -> None:
    assert "No claim is tracked yet" in page(client, "/")
    assert "No claim is tracked yet" in page(client, "/claims/")


def test_a_silent_country_says_that_silence_is_not_a_position(client: Client) -> None:
    World()
    assert "Silence is not a position" in page(client, "/countries/DE/")


def test_a_lower_case_code_and_a_countrys_slug_lead_to_its_page(client: Client) -> None:
    World()
    for address in ("/countries/fr/", "/actors/fr/"):
        assert client.get(address).headers["Location"] == "/countries/FR/"


def test_the_opposition_is_among_the_other_voices(client: Client) -> None:
    world = World()
    world.said(actor=world.opponent)
    html = page(client, "/countries/FR/")
    assert "only other voices have spoken" in html
    assert "Odo Contra" in html


def test_an_official_who_does_not_count_is_told_why(client: Client) -> None:
    world = World()
    world.said()
    adviser = PersonFactory.create(name="Ada Rat")
    AffiliationFactory.create(
        person=adviser, speaks_for=world.france, office="Adviser", rank=Rank.OFFICIAL
    )
    world.said(actor=adviser, stated_on=date(2024, 5, 2))
    why = (
        "Not counted: an official, and Anne Chef (President) had spoken "
        "on 26 February 2024, within the 365 days before."
    )
    for address in ("/countries/FR/", "/claims/ground-troops/"):
        assert page(client, address).count(why) == 1


def test_a_group_whose_members_fell_silent_says_so_in_its_chart(client: Client) -> None:
    World().said()
    assert "silence</text>" in page(client, "/actors/pair/?as_of=2026-01-01")
    assert "silence</text>" not in page(client, "/actors/pair/?as_of=2024-06-01")


def test_quotes_that_bring_their_own_marks_are_marked_once(client: Client) -> None:
    document = DocumentFactory.create(body='"We support it," she said.')
    evidence = EvidenceFactory.create(document=document, start=0, end=16)
    World().said(evidence=evidence)
    html = page(client, "/countries/FR/")
    assert "<q>“We support it,”</q>" in html
    assert ": “We support it,”</title>" in html


def test_the_foot_leads_to_the_api_and_the_head_of_staff_to_the_workbench(
    client: Client,
) -> None:
    html = page(client, "/")
    assert 'href="/api/v1/docs/"' in html
    assert "/admin/workbench/" not in html
    client.force_login(UserFactory.create(role="analyst"))
    assert 'href="/admin/workbench/">Workbench' in page(client, "/")


def test_values_are_called_by_one_set_of_words(client: Client) -> None:
    World().said(value=StanceValue.CONDITIONAL_SUPPORT)
    html = "".join(page(client, a) for a in ADDRESSES).lower()
    assert "conditional support" in html
    assert "conditionally support" not in html


def test_a_persons_page_shows_offices_and_words(client: Client) -> None:
    World().said()
    html = page(client, "/actors/president/")
    assert "President" in html
    assert "Report" in html


def test_names_are_escaped(client: Client) -> None:
    world = World()
    world.france.name = "<script>alert(1)</script>"
    world.france.save(update_fields=["name"])
    document = DocumentFactory.create(body='"><img src=x onerror=alert(2)> end.')
    evidence = EvidenceFactory.create(document=document, start=0, end=30)
    stance = world.said(evidence=evidence)
    for address in (*ADDRESSES, f"/stances/{stance.pk}/"):
        html = page(client, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# One stance


def test_the_stance_page_marks_the_quote_in_a_window_of_the_text(
    client: Client,
) -> None:
    body = "alpha " * 400 + "We support it." + " omega" * 400
    document = DocumentFactory.create(body=body)
    start = body.index("We support")
    evidence = EvidenceFactory.create(document=document, start=start, end=start + 14)
    stance = World().said(evidence=evidence)
    html = page(client, f"/stances/{stance.pk}/")
    assert "<mark>We support it.</mark>" in html
    assert 40 < html.count("alpha") < 60
    assert 40 < html.count("omega") < 60


def test_a_quote_at_the_very_start_has_nothing_before_it(client: Client) -> None:
    stance = World().said()
    html = page(client, f"/stances/{stance.pk}/")
    assert "<blockquote><mark>" in html


@pytest.mark.parametrize("state", [StanceState.DRAFT, StanceState.RETRACTED])
def test_unpublished_stances_are_never_shown_to_readers(
    client: Client, state: str
) -> None:
    world = World()
    reason = "Misread." if state == StanceState.RETRACTED else ""
    stance = world.said(state=state, retraction_reason=reason, occasion="Secret talks")
    assert "not published" in page(client, f"/stances/{stance.pk}/", 404)
    for address in ADDRESSES:
        html = page(client, address)
        assert "Secret talks" not in html
        assert f"/stances/{stance.pk}/" not in html
    client.force_login(UserFactory.create(role="viewer"))
    page(client, f"/stances/{stance.pk}/", 404)


def test_an_analyst_sees_that_a_stance_was_retracted_and_why(client: Client) -> None:
    stance = World().said(state=StanceState.RETRACTED, retraction_reason="Misread it.")
    client.force_login(UserFactory.create(role="analyst"))
    html = page(client, f"/stances/{stance.pk}/")
    assert "This stance was retracted" in html
    assert "Misread it." in html


def test_a_draft_claim_has_no_page(client: Client) -> None:
    ClaimFactory.create(slug="half-done", title="Half done", status=ClaimStatus.DRAFT)
    page(client, "/claims/half-done/", 404)
    assert "Half done" not in page(client, "/claims/") + page(client, "/")


def test_nothing_of_a_draft_claim_is_shown_anywhere(client: Client) -> None:
    world = World()
    hidden = ClaimFactory.create(title="Half done", status=ClaimStatus.DRAFT)
    stance = world.said(claim=hidden)
    for address in ADDRESSES:
        assert "Half done" not in page(client, address)
    page(client, f"/stances/{stance.pk}/", 404)


# Queries


@pytest.mark.parametrize("stances", [1, 9])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 7),
        ("/claims/", 1),
        ("/claims/ground-troops/", 6),
        ("/countries/FR/", 9),
        ("/actors/", 1),
        ("/actors/president/", 6),
        ("/actors/pair/", 9),
    ],
)
def test_a_page_takes_the_same_queries_at_any_size(
    client: Client,
    django_assert_num_queries: Count,
    address: str,
    queries: int,
    stances: int,
) -> None:
    world = World()
    for number in range(stances):
        world.said(stated_on=date(2024, 2, 1) + timedelta(days=number))
    with django_assert_num_queries(queries):
        page(client, address)


def test_a_stance_page_takes_two_queries(
    client: Client, django_assert_num_queries: Count
) -> None:
    stance = World().said()
    with django_assert_num_queries(2):
        page(client, f"/stances/{stance.pk}/")
