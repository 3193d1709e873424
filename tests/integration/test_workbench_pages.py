"""The workbench's pages: what they show, what their forms do, and what they refuse."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Stance, StanceState, StanceValue, Suggestion
from claims.operations.stances import amend_stance
from claims.operations.suggestions import accept_suggestion
from tests.factories.actors import (
    AffiliationFactory,
    CountryFactory,
    PersonFactory,
)
from tests.factories.claims import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    StanceFactory,
    SuggestionFactory,
)
from tests.factories.sources import DocumentFactory
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/workbench/"


@pytest.fixture
def user() -> User:
    """An analyst."""
    return UserFactory.create(username="anna", role="analyst")


@pytest.fixture
def analyst(client: Client, user: User) -> Client:
    """The analyst's browser."""
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def shown(client: Client, address: str, **query: Any) -> str:
    """Return the text of a page."""
    return client.get(address, query).content.decode()


# The queue


def test_an_empty_queue_says_what_to_do_next(analyst: Client) -> None:
    assert "No suggestions waiting" in shown(analyst, QUEUE)


FILTERS = {
    "claim": lambda row: row.claim_id,
    "actor": lambda row: row.actor_id,
    "country": lambda row: row.speaks_for_id,
    "document": lambda row: row.evidence.document_id,
    "score": lambda _: "0.8",
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_queue_narrows_by(analyst: Client, name: str) -> None:
    wanted = SuggestionFactory.create(
        speaks_for=CountryFactory.create(), score=0.9, actor__name="Wanted"
    )
    SuggestionFactory.create(speaks_for=CountryFactory.create(), actor__name="Other")
    page = shown(analyst, QUEUE, **{name: FILTERS[name](wanted)})
    assert f"?selected={wanted.pk}" in page
    assert page.count("queue__row") - page.count("queue__rows") == 1


def test_a_filter_that_matches_nothing_offers_to_show_all(analyst: Client) -> None:
    SuggestionFactory.create(score=0.1)
    assert "Nothing matches these filters" in shown(analyst, QUEUE, score="0.8")


def test_a_filter_that_is_no_choice_is_refused(analyst: Client) -> None:
    SuggestionFactory.create()
    assert "Select a valid choice" in shown(analyst, QUEUE, claim="999999")


def test_the_queue_asks_the_same_number_of_queries_for_more_rows(
    analyst: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        SuggestionFactory.create()
    with django_assert_max_num_queries(20):
        shown(analyst, QUEUE)


def test_decided_suggestions_are_not_in_the_queue(analyst: Client, user: User) -> None:
    suggestion = SuggestionFactory.create(actor__name="Decided Person")
    accept_suggestion(suggestion=suggestion, by=user, now=NOW)
    assert "Decided Person" not in shown(analyst, QUEUE)


# The text


def desk(row: Suggestion | Stance) -> str:
    """Where the text of a row is."""
    return f"/admin/workbench/documents/{row.evidence.document_id}/"


def test_the_text_is_escaped_and_keeps_carriage_returns(analyst: Client) -> None:
    document = DocumentFactory.create(body="One\r\n<script>alert(1)</script>")
    page = shown(analyst, f"/admin/workbench/documents/{document.pk}/")
    assert "One&#13;\n&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_overlapping_evidence_shows_both_looks_and_labels(analyst: Client) -> None:
    evidence = EvidenceFactory.create(start=0, end=10)
    SuggestionFactory.create(evidence=evidence)
    StanceFactory.create(
        evidence=EvidenceFactory.create(document=evidence.document, start=4, end=14)
    )
    page = shown(analyst, f"/admin/workbench/documents/{evidence.document_id}/")
    assert 'class="mark mark-selected" data-label="S1"' in page
    assert 'class="mark mark-selected mark-stance" data-label="L1"' in page
    assert 'class="mark mark-stance">' in page


def test_a_text_that_is_not_there_is_not_found(analyst: Client) -> None:
    assert analyst.get("/admin/workbench/documents/999999/").status_code == 404


def test_the_desk_asks_the_same_number_of_queries_for_more_rows(
    analyst: Client, django_assert_max_num_queries: Any
) -> None:
    document = DocumentFactory.create()
    for place in range(6):
        evidence = EvidenceFactory.create(document=document, start=place, end=20)
        SuggestionFactory.create(evidence=evidence)
        StanceFactory.create(evidence=evidence)
    with django_assert_max_num_queries(25):
        shown(analyst, f"/admin/workbench/documents/{document.pk}/")


def test_the_desk_names_the_other_claims_that_the_words_fit(analyst: Client) -> None:
    other = ClaimFactory.create(title="A force after a ceasefire")
    row = SuggestionFactory.create(claim_guesses=[other.slug])
    address = f"/admin/workbench/documents/{row.evidence.document_id}/"
    assert "The words also fit: A force after a ceasefire" in shown(analyst, address)


def stance_form(row: Suggestion | Stance, **given: Any) -> dict[str, Any]:
    """Fill in the form as the page shows it."""
    return {
        "claim": row.claim_id,
        "actor": row.actor_id,
        "speaks_for": "",
        "value": "support",
        "condition": "",
        "stated_on": "2024-02-26",
        "stated_precision": "day",
        "occasion": "",
        "note": "",
        "quote": row.evidence.quote,
        "start": row.evidence.start,
        "end": row.evidence.end,
    } | given


def test_accepting_by_double_click_logs_one_stance(analyst: Client) -> None:
    row = SuggestionFactory.create()
    for _ in range(2):
        analyst.post(f"/admin/workbench/suggestions/{row.pk}/accept/")
    assert Stance.objects.count() == 1


def test_after_a_decision_the_next_suggestion_of_the_text_is_selected(
    analyst: Client,
) -> None:
    first = SuggestionFactory.create()
    document = first.evidence.document
    second = SuggestionFactory.create(
        evidence=EvidenceFactory.create(document=document, start=11, end=20)
    )
    answer = analyst.post(f"/admin/workbench/suggestions/{first.pk}/reject/")
    assert answer.headers["Location"] == f"{desk(first)}?selected={second.pk}"


def test_a_stance_is_logged_by_typed_words(analyst: Client, user: User) -> None:
    row = SuggestionFactory.create()
    words = "no soldiers will be sent"
    form = stance_form(row, quote=words, start="", end="")
    analyst.post(f"{desk(row)}log/", form)
    stance = Stance.objects.with_parts().get()
    assert (stance.evidence.quote, stance.coder) == (words, user)


REFUSED = [
    ({"quote": "never said", "start": "", "end": ""}, "not in the text"),
    ({"quote": "", "start": "", "end": ""}, "Select the words in the text first"),
    ({"quote": "other words"}, "not those of the document"),
    ({"start": 0, "end": 99999, "quote": ""}, "no words from 0 to 99999"),
    ({"condition": "if asked"}, "A condition goes only with"),
    ({"stated_on": ""}, "This field is required"),
    ({"value": "maybe"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED)
def test_a_form_that_cannot_be_logged_comes_back_with_the_reason(
    analyst: Client, given: dict[str, Any], reason: str
) -> None:
    row = SuggestionFactory.create()
    answer = analyst.post(f"{desk(row)}log/", stance_form(row, note="Mine", **given))
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert "Mine" in answer.content.decode()
    assert not Stance.objects.exists()


def test_amending_a_suggestion_refused_keeps_what_was_typed(analyst: Client) -> None:
    row = SuggestionFactory.create()
    form = stance_form(row, condition="typed condition")
    answer = analyst.post(f"/admin/workbench/suggestions/{row.pk}/amend/", form)
    assert answer.status_code == 422
    assert "typed condition" in answer.content.decode()
    assert "Accept with changes" in answer.content.decode()


def test_deciding_what_somebody_decided_shows_a_conflict(analyst: Client) -> None:
    row = SuggestionFactory.create()
    other = UserFactory.create(username="berta", role="analyst")
    accept_suggestion(suggestion=row, by=other, now=NOW)
    for action in ("accept", "reject"):
        answer = analyst.post(f"/admin/workbench/suggestions/{row.pk}/{action}/")
        assert answer.status_code == 409
        assert "berta" in answer.content.decode()


def test_undo_with_nothing_to_undo_says_so(analyst: Client) -> None:
    row = SuggestionFactory.create()
    answer = analyst.post(f"{desk(row)}undo/", follow=True)
    assert "nothing of yours to undo" in answer.content.decode()


def test_undo_of_anothers_stance_is_refused_in_words(analyst: Client) -> None:
    row = SuggestionFactory.create()
    other = UserFactory.create(role="analyst")
    accept_suggestion(suggestion=row, by=other, now=NOW)
    address = f"/admin/workbench/suggestions/{row.pk}/undo/"
    answer = analyst.post(address, follow=True)
    assert "ask them or a lead" in answer.content.decode()
    assert Stance.objects.published().exists()


# The stance


def stance_page(stance: Stance) -> str:
    """Where a stance is amended."""
    return f"/admin/claims/stance/{stance.pk}/change/"


def test_saving_a_stance_amends_it(analyst: Client, user: User) -> None:
    stance = StanceFactory.create(coder=user)
    form = stance_form(stance, value="oppose", version=1)
    analyst.post(stance_page(stance), form)
    stance.refresh_from_db()
    assert (stance.value, stance.version) == (StanceValue.OPPOSE, 2)


def test_the_second_of_two_who_save_sees_both_versions(
    analyst: Client, user: User
) -> None:
    stance = StanceFactory.create(coder=user)
    lead = UserFactory.create(username="lea", role="lead")
    amend_stance(stance=stance, by=lead, version=1, note="From Lea")
    form = stance_form(stance, note="From Anna", version=1)
    answer = analyst.post(stance_page(stance), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("lea", "From Lea", "From Anna"))
    analyst.post(stance_page(stance), form | {"version": 2})
    stance.refresh_from_db()
    assert stance.note == "From Anna"


def test_a_stance_on_a_closed_claim_can_still_be_amended(
    analyst: Client, user: User
) -> None:
    stance = StanceFactory.create(
        coder=user, claim=ClaimFactory.create(status="closed")
    )
    form = stance_form(stance, note="Checked", version=1)
    assert analyst.post(stance_page(stance), form).status_code == 302


def test_anothers_stance_is_shown_but_not_saved(analyst: Client) -> None:
    stance = StanceFactory.create(coder=UserFactory.create())
    assert "ask them or a lead" in shown(analyst, stance_page(stance))
    form = stance_form(stance, note="Mine now", version=1)
    assert analyst.post(stance_page(stance), form).status_code == 403


def test_retracting_asks_for_the_reason(analyst: Client, user: User) -> None:
    stance = StanceFactory.create(coder=user)
    address = f"/admin/workbench/stances/{stance.pk}/retract/"
    analyst.post(address, {"reason": " "})
    assert Stance.objects.published().exists()
    analyst.post(address, {"reason": "Misread"})
    stance.refresh_from_db()
    assert (stance.state, stance.retraction_reason) == ("retracted", "Misread")
    assert "Retracted: Misread" in shown(analyst, stance_page(stance))


def test_a_draft_is_published_from_its_page(analyst: Client, user: User) -> None:
    stance = StanceFactory.create(coder=user, state=StanceState.DRAFT)
    analyst.post(f"/admin/workbench/stances/{stance.pk}/publish/")
    stance.refresh_from_db()
    assert stance.state == StanceState.PUBLISHED


def test_the_history_button_leads_to_the_stances_history(analyst: Client) -> None:
    stance = StanceFactory.create()
    answer = analyst.get(f"/admin/claims/stance/{stance.pk}/history/")
    assert answer.headers["Location"] == f"{stance_page(stance)}#history"


def test_the_list_of_stances_filters_by_whom_they_speak_for(analyst: Client) -> None:
    stance = StanceFactory.create(actor__name="Wanted Land")
    StanceFactory.create(actor__name="Other Land")
    rows = analyst.get("/admin/claims/stance/", {"speaks_for": stance.actor_id})
    assert [row.pk for row in rows.context["cl"].result_list] == [stance.pk]


@pytest.mark.parametrize("number", ["abc", "999999", "9" * 30])
@pytest.mark.parametrize("kind", ["stance", "suggestion"])
def test_a_row_that_is_not_there_is_not_found(
    analyst: Client, kind: str, number: str
) -> None:
    address = f"/admin/claims/{kind}/{number}/change/"
    assert analyst.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["stance", "suggestion", "claim"])
def test_no_list_offers_to_delete(analyst: Client, kind: str) -> None:
    StanceFactory.create()
    SuggestionFactory.create()
    assert "delete_selected" not in shown(analyst, f"/admin/claims/{kind}/")


def test_a_lead_keeps_an_actor_with_its_offices(client: Client) -> None:
    office = AffiliationFactory.create()
    lead = UserFactory.create(role="lead")
    client.force_login(lead, "django.contrib.auth.backends.ModelBackend")
    form = {
        "name": "New name",
        "slug": office.person.slug,
        "description": "",
        "aliases-TOTAL_FORMS": "1",
        "aliases-INITIAL_FORMS": "0",
        "aliases-0-name": "Manu",
        "aliases-0-kind": "name",
        "affiliations-TOTAL_FORMS": "1",
        "affiliations-INITIAL_FORMS": "1",
        "affiliations-0-id": office.pk,
        "affiliations-0-person": office.person_id,
        "affiliations-0-speaks_for": office.speaks_for_id,
        "affiliations-0-office": "President",
        "affiliations-0-rank": "head_of_state",
        "affiliations-0-period_0": "2017-05-14",
        "affiliations-0-period_1": "2027-05-14",
    }
    answer = client.post(f"/admin/actors/actor/{office.person_id}/change/", form)
    assert answer.status_code == 302
    office.refresh_from_db()
    assert office.period.upper.year == 2027
    assert office.person.aliases.get().name == "Manu"


# Doubts, ways back and refusals


def logged_by_hand(document: Any, **given: Any) -> dict[str, Any]:
    """Return what the form for a stance by hand sends."""
    return {
        "claim": ClaimFactory.create().pk,
        "actor": CountryFactory.create().pk,
        "value": StanceValue.SUPPORT,
        "stated_on": "2024-02-26",
        "stated_precision": "day",
        "quote": "the president said",
    } | given


def messages_after(client: Client, address: str, sent: dict[str, Any]) -> list[str]:
    """Send a form and return the messages of the page that follows."""
    page = client.post(address, sent, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_a_person_without_office_is_logged_with_a_warning(analyst: Client) -> None:
    document = DocumentFactory.create()
    person = PersonFactory.create(name="Jane Roe")
    sent = logged_by_hand(document, actor=person.pk)
    address = f"/admin/workbench/documents/{document.pk}/log/"
    done, warning = messages_after(analyst, address, sent)
    assert "Logged" in done
    assert "counts for no country: Jane Roe held no office" in warning


def test_accepting_a_person_without_office_warns_too(analyst: Client) -> None:
    suggestion = SuggestionFactory.create()
    address = f"/admin/workbench/suggestions/{suggestion.pk}/accept/"
    assert "counts for no country" in messages_after(analyst, address, {})[1]


def test_a_conditional_value_without_condition_is_logged_with_a_warning(
    analyst: Client,
) -> None:
    document = DocumentFactory.create()
    sent = logged_by_hand(document, value=StanceValue.CONDITIONAL_SUPPORT)
    address = f"/admin/workbench/documents/{document.pk}/log/"
    assert "no condition" in messages_after(analyst, address, sent)[1]


def test_a_complete_stance_is_logged_without_warning(analyst: Client) -> None:
    document = DocumentFactory.create()
    address = f"/admin/workbench/documents/{document.pk}/log/"
    assert len(messages_after(analyst, address, logged_by_hand(document))) == 1


def test_a_refused_stance_keeps_the_selection_and_what_was_typed(
    analyst: Client,
) -> None:
    first = SuggestionFactory.create()
    second = SuggestionFactory.create(
        evidence=EvidenceFactory.create(
            document=first.evidence.document, start=12, end=20
        )
    )
    document = first.evidence.document
    sent = logged_by_hand(
        document, stated_on="2024-03-02", occasion="Summit", selected=second.pk
    )
    page = analyst.post(f"/admin/workbench/documents/{document.pk}/log/", sent)
    shown_again = page.content.decode()
    assert page.status_code == 422
    assert "published on 1 March 2024" in shown_again
    assert 'value="Summit"' in shown_again
    assert 'data-selected="S2"' in shown_again


def test_accepting_an_undated_suggestion_opens_its_form_at_the_date(
    analyst: Client,
) -> None:
    suggestion = SuggestionFactory.create(stated_on=None, stated_precision="")
    page = analyst.post(f"/admin/workbench/suggestions/{suggestion.pk}/accept/")
    form = page.content.decode()
    assert page.status_code == 422
    assert "Say when the statement was made" in form
    assert 'data-focus="stated_on"' in form
    assert 'value="2024-03-01"' in form


@pytest.mark.parametrize(
    ("asked", "arrives"),
    [
        ("/admin/workbench/documents/1/?selected=2", True),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_retracting_returns_to_a_page_of_this_site_only(
    analyst: Client, user: User, asked: str, *, arrives: bool
) -> None:
    stance = StanceFactory.create(coder=user)
    address = f"/admin/workbench/stances/{stance.pk}/retract/"
    assert (f'name="next" value="{asked}"' in shown(analyst, address, next=asked)) == (
        arrives
    )
    answer = analyst.post(address, {"reason": "Misread", "next": asked})
    own = f"/admin/claims/stance/{stance.pk}/change/"
    assert answer.headers["Location"] == (asked if arrives else own)


def test_amending_from_a_text_returns_to_the_text(analyst: Client, user: User) -> None:
    stance = StanceFactory.create(coder=user)
    own = f"/admin/claims/stance/{stance.pk}/change/"
    assert f"{own}?next={desk(stance)}" in shown(analyst, desk(stance)).replace(
        "%2F", "/"
    )
    sent = {
        "claim": stance.claim_id,
        "actor": stance.actor_id,
        "value": "oppose",
        "stated_on": "2024-02-26",
        "stated_precision": "day",
        "start": 0,
        "end": 10,
        "version": 1,
        "next": desk(stance),
    }
    assert analyst.post(own, sent).headers["Location"] == desk(stance)


def test_the_page_of_a_stance_shows_the_words_around_its_quote(
    analyst: Client,
) -> None:
    stance = StanceFactory.create()
    page = shown(analyst, f"/admin/claims/stance/{stance.pk}/change/")
    assert f"{stance.evidence.quote}</mark>" in page
    assert "no soldiers will be sent." in page


# Who comes in


def test_a_viewer_is_told_that_the_role_is_missing(client: Client) -> None:
    viewer = UserFactory.create(role="viewer")
    client.force_login(viewer, "django.contrib.auth.backends.ModelBackend")
    for address in (QUEUE, "/admin/", "/admin/login/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "The workbench is for analysts" in page
        assert 'href="/"' in page
        assert 'name="password"' not in page


def test_a_visitor_is_sent_to_the_one_login_form(client: Client) -> None:
    page = client.get(QUEUE, follow=True)
    assert page.redirect_chain[-1][0] == f"/accounts/login/?next={QUEUE}"


@pytest.mark.parametrize(
    ("role", "asked", "arrives"),
    [
        ("analyst", "", QUEUE),
        ("lead", "", QUEUE),
        ("viewer", "", "/"),
        ("analyst", "/claims/", "/claims/"),
    ],
)
def test_after_the_login_each_role_begins_at_its_work(
    client: Client, role: str, asked: str, arrives: str
) -> None:
    user = UserFactory.create(role=role, password=PASSWORD)
    sent = {"username": user.username, "password": PASSWORD, "next": asked}
    answer = client.post("/accounts/login/", sent)
    assert answer.headers["Location"] == arrives


def test_times_carry_their_zone_and_24_hours(analyst: Client) -> None:
    SuggestionFactory.create(
        state="rejected", decided_at=datetime(2026, 1, 15, 17, 5, tzinfo=UTC)
    )
    page = shown(analyst, "/admin/claims/suggestion/")
    assert "15 Jan 2026, 17:05 UTC" in page


@pytest.mark.parametrize("value", ["conditional oppose", "conditional support"])
def test_values_have_one_set_of_words(analyst: Client, value: str) -> None:
    document = DocumentFactory.create()
    assert value in shown(analyst, f"/admin/workbench/documents/{document.pk}/")
