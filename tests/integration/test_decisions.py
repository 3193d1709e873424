"""Each decision is kept with what was known of the suggestion, and stays as it was."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction

from claims.models import Decision, StanceValue, Suggestion, SuggestionState
from claims.operations.stances import amend_stance, violated_constraint
from claims.operations.suggestions import (
    accept_suggestion,
    record_suggestions,
    reject_suggestion,
    reopen_suggestion,
)
from extraction.interface import Candidate, Kind, Span, Value
from tests.factories.actors import CountryFactory
from tests.factories.claims import NOW, ClaimFactory, SuggestionFactory
from tests.factories.learning import decide
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
FEATURES = {"confidence": 0.7, "kind_direct": 1.0}


@pytest.fixture
def analyst() -> User:
    return UserFactory.create(role="analyst")


@pytest.fixture
def suggestion() -> Suggestion:
    return SuggestionFactory.create(features=FEATURES)


def test_a_new_suggestion_keeps_the_features_of_its_candidate() -> None:
    actor, claim = CountryFactory.create(), ClaimFactory.create()
    candidate = Candidate(
        kind=Kind.DIRECT,
        content=(Span(0, 6),),
        claim=claim.slug,
        actor=actor.slug,
        value=Value.SUPPORT,
        confidence=0.8,
        features={"sure_voice": 0.95},
    )
    record_suggestions(
        document=DocumentFactory.create(),
        candidates=[candidate],
        extractor_name="rules",
        extractor_version="1",
    )
    stored = Suggestion.objects.get()
    assert stored.features["sure_voice"] == 0.95
    assert stored.features["kind_direct"] == 1.0
    assert stored.score == stored.confidence == 0.8
    assert not stored.is_learned


def test_an_acceptance_is_kept_with_its_features(
    analyst: User, suggestion: Suggestion
) -> None:
    accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    decision = Decision.objects.get()
    assert (decision.suggestion, decision.outcome) == (suggestion, "accepted")
    assert (decision.features, decision.amended) == (FEATURES, [])
    assert (decision.decided_by, decision.decided_at) == (analyst, NOW)
    assert (decision.extractor, decision.extractor_version) == ("rules", "1")
    assert (decision.claim, decision.actor_kind) == (suggestion.claim, "person")
    assert decision.text == suggestion.evidence.document_id


def test_an_amendment_is_kept_with_what_was_changed(
    analyst: User, suggestion: Suggestion
) -> None:
    accept_suggestion(
        suggestion=suggestion,
        by=analyst,
        now=NOW,
        value=StanceValue.OPPOSE,
        start=0,
        end=4,
        stated_on=date(2024, 2, 25),
        note="Reads otherwise",
    )
    decision = Decision.objects.get()
    assert decision.outcome == SuggestionState.AMENDED
    assert decision.amended == ["evidence", "stated_on", "value"]


def test_a_rejection_is_kept_with_its_reason(
    analyst: User, suggestion: Suggestion
) -> None:
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW, reason=" Irony ")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason) == ("rejected", "Irony")
    assert decision.features == FEATURES


def test_deciding_twice_keeps_one_decision(
    analyst: User, suggestion: Suggestion
) -> None:
    for _ in range(2):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert Decision.objects.count() == 1


def test_a_refused_acceptance_keeps_no_decision(analyst: User) -> None:
    suggestion = SuggestionFactory.create(value="")
    with pytest.raises(ValueError, match="value"):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert not Decision.objects.exists()


def test_an_undone_decision_stays_but_no_longer_stands(
    analyst: User, suggestion: Suggestion
) -> None:
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    reopened = reopen_suggestion(suggestion=suggestion, by=analyst)
    assert not Decision.objects.standing().exists()
    accept_suggestion(suggestion=reopened, by=analyst, now=NOW)
    assert Decision.objects.standing().get().outcome == SuggestionState.ACCEPTED
    assert Decision.objects.count() == 2


def test_a_wire_copy_counts_as_the_text_that_it_repeats(analyst: User) -> None:
    first = DocumentFactory.create()
    copy = DocumentFactory.create(near_duplicate_of=first, similarity=0.95)
    suggestion = SuggestionFactory.create(evidence__document=copy)
    reject_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert Decision.objects.get().text == first.pk


def test_a_decision_outlives_its_suggestion_its_stance_and_the_account(
    analyst: User, suggestion: Suggestion
) -> None:
    other = SuggestionFactory.create(features=FEATURES)
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    amend_stance(
        stance=stance, by=analyst, version=stance.version, value=StanceValue.AMBIGUOUS
    )
    reject_suggestion(suggestion=other, by=analyst, now=NOW)
    other.delete()
    analyst.delete()
    kept = list(Decision.objects.order_by("pk"))
    assert [row.outcome for row in kept] == ["accepted", "rejected"]
    assert [row.features for row in kept] == [FEATURES, FEATURES]
    assert [row.suggestion_id for row in kept] == [suggestion.pk, None]
    assert {row.decided_by_id for row in kept} == {None}


def test_what_was_decided_is_never_rewritten() -> None:
    (decision,) = decide(count=1)
    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
    ):
        Decision.objects.filter(pk=decision.pk).update(features={})
    decision.refresh_from_db()
    assert decision.features


def refusal(**changes: Any) -> str:
    """Return the name of the constraint that two such decisions violate."""
    (decision,) = decide(count=1)
    decision.suggestion = SuggestionFactory.create()
    decision.save(update_fields=["suggestion"])
    decision.pk = None
    for name, value in changes.items():
        setattr(decision, name, value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        decision.save(force_insert=True)
    return violated_constraint(refused.value)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("claims_decision_outcome_known", {"outcome": "open"}),
        ("claims_decision_amendments_named", {"outcome": "amended"}),
        (
            "claims_decision_amendments_named",
            {"outcome": "rejected", "amended": ["value"]},
        ),
        ("claims_decision_one_standing", {}),
    ],
)
def test_a_decision_refuses(name: str, changes: dict[str, Any]) -> None:
    assert refusal(**changes) == name
