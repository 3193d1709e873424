"""Who changed what and when stays readable, also after the account is gone."""

from datetime import date

import pghistory.models
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from claims.admin.workbench.changes import history_of
from claims.models import Stance, StanceValue
from claims.operations.history import as_done_by
from claims.operations.stances import amend_stance, log_stance, retract_stance
from claims.operations.suggestions import accept_suggestion, reopen_suggestion
from tests.factories.actors import CountryFactory
from tests.factories.claims import NOW, ClaimFactory, StanceFactory, SuggestionFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    """Who logs."""
    return UserFactory.create(username="anna", role="analyst")


@pytest.fixture
def stance(analyst: User) -> Stance:
    """A stance that the analyst logged."""
    return log_stance(
        by=analyst,
        actor=CountryFactory.create(),
        claim=ClaimFactory.create(),
        value=StanceValue.SUPPORT,
        document=DocumentFactory.create(),
        start=0,
        end=6,
        stated_on=date(2024, 2, 26),
    )


def test_each_change_says_who_did_what(stance: Stance, analyst: User) -> None:
    lead = UserFactory.create(username="lea", role="lead")
    amend_stance(stance=stance, by=analyst, version=1, value=StanceValue.OPPOSE)
    retract_stance(stance=stance, by=lead, reason="Misread")
    changes = history_of(stance)
    assert [(c.who, c.what) for c in changes] == [
        ("lea", "retracted"),
        ("anna", "amended"),
        ("anna", "logged"),
    ]
    assert changes[1].details == ("value: “support” → “oppose”",)
    assert changes[0].details == ("reason: Misread",)
    assert changes[0].at >= changes[2].at


def test_the_names_in_the_history_outlive_the_account(
    stance: Stance, analyst: User
) -> None:
    analyst.delete()
    stance.refresh_from_db()
    assert stance.coder is None
    whats = [(change.who, change.what) for change in history_of(stance)]
    assert whats[-1] == ("anna", "logged")
    assert whats[0][1] == "the coder's account was deleted"


def test_deleting_an_account_keeps_its_decisions_and_texts(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    document = DocumentFactory.create(created_by=analyst)
    analyst.delete()
    suggestion.refresh_from_db()
    document.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("accepted", None)
    assert document.created_by is None
    assert Stance.objects.published().count() == 1


def test_undoing_an_acceptance_is_told_in_the_history(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    reopen_suggestion(suggestion=suggestion, by=analyst)
    told = [change.what for change in history_of(stance)]
    assert told == ["set apart from its suggestion", "retracted", "logged"]


def test_the_machine_is_named_where_nobody_acted() -> None:
    stance = StanceFactory.create()
    with as_done_by(None):
        Stance.objects.filter(pk=stance.pk).update(note="Checked")
    assert history_of(stance)[0].who == "the system"


def test_changes_in_the_admin_site_carry_the_account(
    client: Client, settings: Settings
) -> None:
    lead = UserFactory.create(username="lea", role="lead")
    client.force_login(lead, "django.contrib.auth.backends.ModelBackend")
    claim = ClaimFactory.create()
    client.post(
        f"/admin/claims/claim/{claim.pk}/change/",
        {
            "title": "New title",
            "slug": claim.slug,
            "status": claim.status,
            "proposition": claim.proposition,
            "phrases-TOTAL_FORMS": "0",
            "phrases-INITIAL_FORMS": "0",
        },
    )
    event = pghistory.models.Events.objects.tracks(claim).order_by("-pgh_id").first()
    assert event is not None
    assert event.pgh_context["by"] == "lea"
    assert event.pgh_context["user"] == lead.pk
