"""The database itself refuses what a claim, stance, suggestion or piece of evidence can't be."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.models import ProtectedError

from claims.models import Claim, Evidence, Stance, StanceState, Suggestion
from claims.operations.stances import violated_constraint
from tests.factories.claims import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    ExamplePhraseFactory,
    StanceFactory,
    SuggestionFactory,
)
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], Any]) -> str:
    """Return the name of the constraint that an act violates."""
    with (
        pytest.raises((IntegrityError, InternalError)) as refused,
        transaction.atomic(),
    ):
        act()
    return violated_constraint(refused.value)


STANCES = {
    "claims_stance_value_known": {"value": "maybe"},
    "claims_stance_state_known": {"state": "lost"},
    "claims_stance_precision_known": {"stated_precision": "week"},
    "claims_stance_condition_is_conditional": {"condition": "If Kyiv asks"},
    "claims_stance_retraction_has_reason": {"state": StanceState.RETRACTED},
}
SUGGESTIONS = {
    "claims_suggestion_value_known": {"value": "maybe"},
    "claims_suggestion_state_known": {"state": "lost", "decided_at": NOW},
    "claims_suggestion_score_bounded": {"score": 1.5},
    "claims_suggestion_decision_paired": {"state": "rejected"},
    "claims_suggestion_precision_paired": {"stated_precision": ""},
}
CLAIMS = {
    "claims_claim_status_known": {"status": "lost"},
    "claims_claim_worded": {"proposition": "  "},
}


@pytest.mark.parametrize(("name", "changes"), STANCES.items())
def test_a_stance_refuses(name: str, changes: dict[str, Any]) -> None:
    stance = StanceFactory.create()
    rows = Stance.objects.filter(pk=stance.pk)
    assert refusal(lambda: rows.update(**changes)) == name


@pytest.mark.parametrize(("name", "changes"), SUGGESTIONS.items())
def test_a_suggestion_refuses(name: str, changes: dict[str, Any]) -> None:
    suggestion = SuggestionFactory.create()
    rows = Suggestion.objects.filter(pk=suggestion.pk)
    assert refusal(lambda: rows.update(**changes)) == name


@pytest.mark.parametrize(("name", "changes"), CLAIMS.items())
def test_a_claim_refuses(name: str, changes: dict[str, Any]) -> None:
    rows = Claim.objects.filter(pk=ClaimFactory.create().pk)
    assert refusal(lambda: rows.update(**changes)) == name


@pytest.mark.parametrize(("precision", "day"), [("month", 2), ("year", 2)])
def test_a_month_or_year_is_stored_as_its_first_day(precision: str, day: int) -> None:
    rows = Stance.objects.filter(pk=StanceFactory.create().pk)
    changes = {"stated_precision": precision, "stated_on": date(2024, 1, day)}
    assert refusal(lambda: rows.update(**changes)) == "claims_stance_precision_known"


def test_an_example_phrase_stands_once_per_claim_whatever_its_case() -> None:
    phrase = ExamplePhraseFactory.create(text="boots on the ground")
    again = refusal(
        lambda: ExamplePhraseFactory.create(
            claim=phrase.claim, text="Boots on the Ground"
        )
    )
    assert again == "claims_examplephrase_once_per_claim"


def test_an_example_phrase_has_words() -> None:
    empty = refusal(lambda: ExamplePhraseFactory.create(text=" "))
    assert empty == "claims_examplephrase_worded"


def test_evidence_ends_after_it_starts() -> None:
    document = DocumentFactory.create()
    backwards = refusal(
        lambda: EvidenceFactory.create(document=document, start=5, end=5, quote="")
    )
    assert backwards == "claims_evidence_span_ordered"


def test_a_span_is_stored_once_per_document() -> None:
    evidence = EvidenceFactory.create()
    again = refusal(lambda: EvidenceFactory.create(document=evidence.document))
    assert again == "claims_evidence_once_per_span"


def test_the_trigger_quote_equals_text_refuses_other_words() -> None:
    other = refusal(lambda: EvidenceFactory.create(quote="not so"))
    assert other == "claims_evidence_quote_equals_text"


def test_the_trigger_quote_equals_text_counts_code_points() -> None:
    document = DocumentFactory.create(body="👍🏽🇫🇷 oui")
    evidence = EvidenceFactory.create(document=document, start=5, end=8)
    assert evidence.quote == "oui"


def test_the_trigger_evidence_is_immutable_refuses_any_change() -> None:
    evidence = EvidenceFactory.create()
    rows = Evidence.objects.filter(pk=evidence.pk)
    assert refusal(lambda: rows.update(end=3)) == "claims_evidence_immutable"


def test_a_stance_is_logged_once_until_it_is_retracted() -> None:
    stance = StanceFactory.create()
    same = {"actor": stance.actor, "claim": stance.claim, "evidence": stance.evidence}
    again = refusal(lambda: StanceFactory.create(**same))
    assert again == "claims_stance_logged_once"
    Stance.objects.filter(pk=stance.pk).update(
        state=StanceState.RETRACTED, retraction_reason="Misread"
    )
    assert StanceFactory.create(**same).pk


def test_the_trigger_never_deleted_keeps_stances() -> None:
    stance = StanceFactory.create()
    rows = Stance.objects.filter(pk=stance.pk)
    assert refusal(rows.delete) == "claims_stance_never_deleted"


def test_a_suggestion_is_open_once() -> None:
    open_one = SuggestionFactory.create()
    again = refusal(
        lambda: SuggestionFactory.create(
            claim=open_one.claim, actor=open_one.actor, evidence=open_one.evidence
        )
    )
    assert again == "claims_suggestion_one_open"


@pytest.mark.parametrize("part", ["claim", "actor", "evidence"])
def test_nothing_under_a_stance_can_vanish(part: str) -> None:
    stance = StanceFactory.create()
    with pytest.raises(ProtectedError):
        getattr(stance, part).delete()


def test_no_document_under_evidence_can_vanish() -> None:
    stance = StanceFactory.create()
    with pytest.raises(ProtectedError):
        stance.evidence.document.delete()
