"""Deciding suggestions, undoing decisions and storing what extractors propose."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Stance, StanceState, StanceValue, Suggestion, SuggestionState
from claims.operations import stances
from claims.operations.stances import evidence_at
from claims.operations.stated_dates import UndatedStanceError
from claims.operations.suggestions import (
    ACCEPTANCE_UNDONE,
    Recorded,
    SuggestionDecidedError,
    accept_suggestion,
    record_suggestions,
    reject_suggestion,
    reopen_suggestion,
)
from extraction.interface import Candidate, Kind, Span, Value
from sources.models import Document, Precision
from tests.factories.actors import AffiliationFactory, CountryFactory, PersonFactory
from tests.factories.claims import NOW, ClaimFactory, StanceFactory, SuggestionFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    return UserFactory.create(role="analyst")


@pytest.fixture
def other() -> User:
    return UserFactory.create(role="analyst")


def test_accepting_a_suggestion_logs_its_stance(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert (stance.claim, stance.actor) == (suggestion.claim, suggestion.actor)
    assert (stance.evidence, stance.coder) == (suggestion.evidence, analyst)
    assert suggestion.state == SuggestionState.ACCEPTED
    assert (suggestion.decided_by, suggestion.decided_at) == (analyst, NOW)


def test_accepting_a_suggestion_twice_logs_one_stance(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    first = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    second = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert first == second
    assert Stance.objects.count() == 1


def test_the_second_of_two_analysts_is_told_who_decided(
    analyst: User, other: User
) -> None:
    suggestion = SuggestionFactory.create()
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    with pytest.raises(SuggestionDecidedError, match=analyst.username):
        accept_suggestion(suggestion=suggestion, by=other, now=NOW)
    with pytest.raises(SuggestionDecidedError, match="accepted"):
        reject_suggestion(suggestion=suggestion, by=other, now=NOW)


def test_accepting_what_was_rejected_is_refused(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW, reason="Irony")
    with pytest.raises(SuggestionDecidedError, match="rejected"):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert not Stance.objects.exists()


def test_accepting_with_changes_keeps_both_versions(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    stance = accept_suggestion(
        suggestion=suggestion, by=analyst, now=NOW, value=StanceValue.OPPOSE
    )
    assert stance.value == StanceValue.OPPOSE
    assert suggestion.value == StanceValue.SUPPORT
    assert suggestion.state == SuggestionState.AMENDED


def test_finding_for_whom_the_speaker_spoke_is_no_amendment(analyst: User) -> None:
    office = AffiliationFactory.create()
    suggestion = SuggestionFactory.create(actor=office.person, speaks_for=None)
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert stance.speaks_for == office.speaks_for
    assert suggestion.state == SuggestionState.ACCEPTED


def test_a_suggestion_that_cannot_be_logged_stays_open(analyst: User) -> None:
    suggestion = SuggestionFactory.create(value="")
    with pytest.raises(stances.UnknownValueError):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OPEN


def test_an_undated_suggestion_is_accepted_with_a_date(analyst: User) -> None:
    suggestion = SuggestionFactory.create(stated_on=None, stated_precision="")
    with pytest.raises(UndatedStanceError):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    stance = accept_suggestion(
        suggestion=suggestion, by=analyst, now=NOW, stated_on=date(2024, 3, 1)
    )
    assert stance.stated_on == date(2024, 3, 1)


def test_rejecting_twice_keeps_the_first_reason(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW, reason="Irony")
    again = reject_suggestion(suggestion=suggestion, by=analyst, now=NOW, reason="?")
    assert again.decision_note == "Irony"


def test_undoing_a_rejection_reopens_the_suggestion(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    reopened = reopen_suggestion(suggestion=suggestion, by=analyst)
    assert (reopened.state, reopened.decided_by) == (SuggestionState.OPEN, None)
    assert reopen_suggestion(suggestion=suggestion, by=analyst) == reopened


def test_undoing_an_acceptance_retracts_its_stance(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    reopen_suggestion(suggestion=suggestion, by=analyst)
    stance.refresh_from_db()
    assert stance.state == StanceState.RETRACTED
    assert stance.retraction_reason == ACCEPTANCE_UNDONE


def test_a_suggestion_can_be_accepted_again_after_an_undo(analyst: User) -> None:
    suggestion = SuggestionFactory.create()
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    reopen_suggestion(suggestion=suggestion, by=analyst)
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert Stance.objects.published().count() == 1


def test_nobody_but_a_lead_undoes_what_another_accepted(
    analyst: User, other: User
) -> None:
    suggestion = SuggestionFactory.create()
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    with pytest.raises(stances.NotYoursError):
        reopen_suggestion(suggestion=suggestion, by=other)
    reopen_suggestion(suggestion=suggestion, by=UserFactory.create(role="lead"))
    assert not Stance.objects.published().exists()


def candidate(**given: Any) -> Candidate:
    """Build a candidate on the first word of a text."""
    fields: dict[str, Any] = {
        "kind": Kind.DIRECT,
        "content": (Span(0, 6),),
        "claim": "troops",
        "actor": "macron",
        "value": Value.SUPPORT,
        "confidence": 0.8,
        "reasons": ("says so",),
    } | given
    return Candidate(**fields)


@pytest.fixture
def document() -> Document:
    PersonFactory.create(slug="macron")
    CountryFactory.create(slug="fr")
    ClaimFactory.create(slug="troops")
    return DocumentFactory.create()


def recorded(document: Document, *candidates: Candidate) -> Recorded:
    """Record candidates as the extractor would."""
    return record_suggestions(
        document=document,
        candidates=candidates,
        extractor_name="rules",
        extractor_version="1",
    )


def test_candidates_become_open_suggestions_with_every_span(document: Document) -> None:
    given = candidate(
        content=(Span(20, 30), Span(10, 15)),
        source=(Span(0, 6),),
        condition=Span(16, 19),
        speaks_for="fr",
        stated_on=date(2024, 2, 26),
    )
    assert recorded(document, given).inserted == 1
    suggestion = Suggestion.objects.with_parts().get()
    assert (suggestion.evidence.start, suggestion.evidence.end) == (10, 30)
    assert [span["role"] for span in suggestion.spans] == [
        "source",
        "content",
        "condition",
        "content",
    ]
    assert suggestion.condition == document.body[16:19]
    assert suggestion.speaks_for is not None
    assert (suggestion.extractor, suggestion.extractor_version) == ("rules", "1")


def test_recording_the_same_candidates_twice_changes_nothing(
    document: Document,
) -> None:
    recorded(document, candidate())
    again = recorded(document, candidate())
    assert (again.inserted, again.unchanged) == (0, 1)
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("decide", [accept_suggestion, reject_suggestion])
def test_what_an_analyst_decided_is_not_proposed_again(
    document: Document, analyst: User, decide: Callable[..., Any]
) -> None:
    recorded(document, candidate(stated_on=date(2024, 2, 26)))
    decide(suggestion=Suggestion.objects.get(), by=analyst, now=NOW)
    assert recorded(document, candidate()).unchanged == 1


def test_what_an_analyst_logged_by_hand_is_not_proposed(document: Document) -> None:
    recorded(document, candidate())
    suggestion = Suggestion.objects.get()
    StanceFactory.create(
        actor=suggestion.actor, claim=suggestion.claim, evidence=suggestion.evidence
    )
    suggestion.delete()
    assert recorded(document, candidate()).unchanged == 1


def test_other_places_are_kept_and_what_is_logged_there_is_not_proposed(
    document: Document,
) -> None:
    given = candidate(also=(Span(20, 30),))
    recorded(document, given)
    suggestion = Suggestion.objects.get()
    assert (suggestion.evidence.start, suggestion.evidence.end) == (0, 6)
    assert suggestion.spans[-1] == {"role": "also", "start": 20, "end": 30}
    StanceFactory.create(
        actor=suggestion.actor,
        claim=suggestion.claim,
        evidence=evidence_at(document, 22, 28),
    )
    suggestion.delete()
    assert recorded(document, given).unchanged == 1


def test_words_that_overlap_a_logged_stance_are_not_proposed(
    document: Document,
) -> None:
    recorded(document, candidate())
    suggestion = Suggestion.objects.get()
    start, end = suggestion.evidence.start + 1, suggestion.evidence.end
    StanceFactory.create(
        actor=suggestion.actor,
        claim=suggestion.claim,
        evidence=evidence_at(document, start, end),
    )
    suggestion.delete()
    assert recorded(document, candidate()).unchanged == 1


def test_candidates_without_known_speaker_or_claim_are_counted_not_stored(
    document: Document,
) -> None:
    counts = recorded(document, candidate(actor=""), candidate(claim="unheard-of"))
    assert (counts.inserted, counts.unresolved) == (0, 2)


def test_a_date_taken_from_the_text_is_no_more_exact_than_the_texts_own(
    document: Document,
) -> None:
    document.published_precision = Precision.MONTH
    document.save(update_fields=["published_precision"])
    recorded(document, candidate(stated_on=document.published_on))
    assert Suggestion.objects.get().stated_precision == Precision.MONTH
