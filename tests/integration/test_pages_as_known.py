"""The readers' pages as known on a past moment: everything that they show is of that moment."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from actors.models import Membership
from claims.models import Claim, ClaimStatus, Stance, StanceState, StanceValue
from claims.operations.stances import amend_stance, publish_stance, retract_stance
from tests.factories.actors import AliasFactory
from tests.factories.users import UserFactory
from tests.factories.world import World

# Events carry the time of their transaction, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def open_pages(settings: Settings) -> None:
    """Let everybody read."""
    settings.PUBLIC_READ = True


def page(client: Client, address: str, status: int = 200) -> str:
    """Return the text of a page."""
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def moment_after_all() -> str:
    """Return a moment after what was written so far and before what comes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now.astimezone(UTC).replace(tzinfo=None).isoformat()


def test_links_to_evidence_carry_both_dates_and_lead_to_it(client: Client) -> None:
    stance = World().said()
    then = moment_after_all()
    retract_stance(stance=stance, by=None, reason="Misread.")
    query = f"?as_of=2024-03-01&known_at={then}"
    for address in ("/claims/ground-troops/", "/countries/FR/", "/actors/president/"):
        html = page(client, address + query).replace("&amp;", "&").replace("%3A", ":")
        links = set(re.findall(r'href="(/stances/[^"]*)"', html))
        assert links == {f"/stances/{stance.pk}/{query}"}
    page(client, f"/stances/{stance.pk}/{query}")


def test_a_stance_is_shown_as_it_stood_with_what_came_later(client: Client) -> None:
    stance = World().said(
        value=StanceValue.CONDITIONAL_SUPPORT, condition="if asked by the capital"
    )
    then = moment_after_all()
    amend_stance(
        stance=stance, by=None, version=1, value=StanceValue.OPPOSE, condition=""
    )
    html = page(client, f"/stances/{stance.pk}/?known_at={then}")
    assert "Condition: if asked by the capital" in html
    assert "Later amended" in html
    assert "Later retracted" not in html
    assert "if asked by the capital" not in page(client, f"/stances/{stance.pk}/")


def test_what_did_not_change_later_says_nothing_of_it(client: Client) -> None:
    stance = World().said()
    html = page(client, f"/stances/{stance.pk}/?known_at={moment_after_all()}")
    assert "Shown as this database knew it" in html
    assert "Later" not in html


def test_a_stance_retracted_since_is_shown_as_known_then_and_says_so(
    client: Client,
) -> None:
    stance = World().said()
    then = moment_after_all()
    retract_stance(stance=stance, by=None, reason="Misread by somebody.")
    html = page(client, f"/stances/{stance.pk}/?known_at={then}")
    assert "Later retracted" in html
    assert "<mark>" in html
    assert "Misread by somebody" not in html


def test_a_retracted_stance_tells_its_date_and_nothing_else(client: Client) -> None:
    world = World()
    stance = world.said(occasion="Secret talks")
    retract_stance(stance=stance, by=None, reason="Misread by somebody.")
    html = page(client, f"/stances/{stance.pk}/", 410)
    assert "This stance was retracted on" in html
    for hidden in ("Misread", "Secret talks", world.president.name, stance.evidence):
        assert str(hidden) not in html


def test_a_draft_retracted_before_anybody_saw_it_is_not_there(client: Client) -> None:
    stance = World().said(state=StanceState.DRAFT)
    then = moment_after_all()
    retract_stance(stance=stance, by=None, reason="Misread.")
    page(client, f"/stances/{stance.pk}/", 404)
    page(client, f"/stances/{stance.pk}/?known_at={then}", 404)


def test_a_version_that_was_a_draft_is_never_shown(client: Client) -> None:
    stance = World().said(state=StanceState.DRAFT)
    then = moment_after_all()
    publish_stance(stance=stance, by=None)
    page(client, f"/stances/{stance.pk}/")
    page(client, f"/stances/{stance.pk}/?known_at={then}", 404)
    client.force_login(UserFactory.create(role="analyst"))
    html = page(client, f"/stances/{stance.pk}/?known_at={then}")
    assert "Readers do not see this stance" in html


def test_a_stance_not_recorded_by_then_is_not_there(client: Client) -> None:
    stance = World().said()
    page(client, f"/stances/{stance.pk}/?known_at=2020-01-01T12:00", 404)


def test_a_retracted_stance_of_a_draft_claim_is_not_there(client: Client) -> None:
    world = World()
    stance = world.said()
    retract_stance(stance=stance, by=None, reason="Misread.")
    Claim.objects.filter(pk=world.claim.pk).update(status=ClaimStatus.DRAFT)
    page(client, f"/stances/{stance.pk}/", 404)


def test_the_start_page_counts_and_lists_what_was_published_then(
    client: Client,
) -> None:
    world = World()
    kept, drafted = world.said(), world.said(state=StanceState.DRAFT)
    then = moment_after_all()
    retract_stance(stance=kept, by=None, reason="Misread.")
    publish_stance(stance=drafted, by=None)
    html = page(client, f"/?known_at={then}")
    assert f'href="/stances/{kept.pk}/?known_at=' in html
    assert f"/stances/{drafted.pk}/" not in html
    assert "<b>1</b> stance with evidence" in html


def test_offices_memberships_and_names_are_those_known_then(client: Client) -> None:
    world = World()
    alias = AliasFactory.create(actor=world.france, name="La Grande Nation")
    then = moment_after_all()
    world.office.delete()
    alias.delete()
    Membership.objects.all().delete()
    html = page(client, f"/countries/FR/?known_at={then}")
    for words in (world.president.name, "La Grande Nation", world.group.name):
        assert words in html
        assert words not in page(client, "/countries/FR/")
    assert "Germany" in page(client, f"/actors/pair/?known_at={then}")
    assert "President" in page(client, f"/actors/president/?known_at={then}")


def test_where_nothing_was_known_the_pages_say_so(client: Client) -> None:
    World()
    nothing = "No office, membership or other name of France was recorded by then."
    assert nothing in page(client, "/countries/FR/?known_at=2020-01-01T12:00")
    html = page(client, "/actors/president/?known_at=2020-01-01T12:00")
    assert "No office was recorded by then" in html


def test_stances_without_a_moment_are_todays(client: Client) -> None:
    stance = World().said()
    Stance.objects.filter(pk=stance.pk).update(occasion="Press conference")
    html = page(client, f"/stances/{stance.pk}/?as_of=2024-03-01")
    assert "Press conference" in html
    assert "Shown as this database knew it" not in html
