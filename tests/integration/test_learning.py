"""Learning from decisions: what is switched on, taken back, and scored by it."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import (
    DatabaseError,
    IntegrityError,
    connection,
    connections,
    transaction,
)

from actors.models import Actor
from claims.models import Claim, Decision, LearnedWeights, Suggestion
from claims.operations.learning import (
    Engine,
    decisions_of,
    engines,
    examples_of,
    is_right,
    learn_from_decisions,
    stop_using_weights,
    use_weights,
)
from claims.operations.scoring import SCORES
from claims.operations.stances import retract_stance, violated_constraint
from claims.operations.suggestions import accept_suggestion, record_suggestions
from extraction.features import CONFIDENCE
from extraction.interface import Candidate, Kind, Span, Value
from extraction.learning import Form
from extraction.weights import Weights
from tests.factories.actors import CountryFactory
from tests.factories.claims import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    SuggestionFactory,
)
from tests.factories.learning import TASTE, decide, learned_weights
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db
RULES = Engine("rules", "1")
LIKED = {CONFIDENCE: 0.4}
DISLIKED = {CONFIDENCE: 0.8, "kind_attitude": 1.0}


def said(*arguments: str) -> str:
    """Run ``manage.py learn`` and return what it prints."""
    out = StringIO()
    call_command("learn", *arguments, stdout=out)
    return out.getvalue()


def proposed(features: dict[str, float] = LIKED, **given: Any) -> Suggestion:
    """Store an open suggestion with the engine's own score."""
    return SuggestionFactory.create(
        features=features, score=features[CONFIDENCE], **given
    )


# -- without enough decisions ----------------------------------------------------


def test_with_nothing_proposed_the_shipped_rules_stand() -> None:
    assert "the shipped rules stand" in said()
    assert not LearnedWeights.objects.exists()


def test_without_decisions_the_shipped_rules_stand() -> None:
    suggestion = proposed()
    assert "0 decisions on proposals, of the 100 it takes. The shipped" in said()
    suggestion.refresh_from_db()
    assert suggestion.score == LIKED[CONFIDENCE]
    assert not LearnedWeights.objects.exists()


def test_decisions_of_one_kind_only_teach_nothing() -> None:
    proposed()
    decide(taste=Weights(9.0, {}))
    assert "0 proposals that were not kept, of the 20 it takes" in said()


def test_decisions_without_features_or_on_another_version_are_counted_and_left_out() -> (
    None
):
    proposed(extractor_version="2")
    decide(count=7)
    assert "7 more decisions are kept, but not learned from" in said()
    assert decisions_of(Engine("rules", "2")).count() == 0


# -- what is learned from --------------------------------------------------------


def test_only_actor_claim_and_value_make_a_proposal_wrong() -> None:
    changed = {
        "evidence": True,
        "condition": True,
        "stated_on": True,
        "speaks_for": True,
    }
    changed |= {"actor": False, "claim": False, "value": False}
    for name, right in changed.items():
        row = Decision(outcome="amended", amended=["evidence", name])
        assert is_right(row) is right
    assert is_right(Decision(outcome="accepted"))
    assert not is_right(Decision(outcome="rejected"))


def test_a_stance_retracted_since_teaches_nothing() -> None:
    suggestion = proposed()
    stance = accept_suggestion(suggestion=suggestion, by=None, now=NOW)
    assert decisions_of(RULES).count() == 1
    retract_stance(stance=stance, by=None, reason="Logged by mistake")
    assert decisions_of(RULES).count() == 0


def test_the_claim_and_the_kind_of_actor_are_learned_too() -> None:
    suggestion = proposed()
    accept_suggestion(suggestion=suggestion, by=None, now=NOW)
    (example,) = examples_of(RULES)
    assert example.features[f"claim={suggestion.claim.slug}"] == 1.0
    assert example.features["actor_kind=person"] == 1.0
    assert example.text == str(suggestion.evidence.document_id)


# -- switching on ----------------------------------------------------------------


def test_what_clearly_helps_is_switched_on_and_the_queue_follows() -> None:
    liked, disliked = proposed(LIKED), proposed(DISLIKED)
    decide()
    report = said()
    assert "The learned score is a clear gain." in report
    assert "Version 1 is in use; 2 open suggestions have another score." in report
    row = LearnedWeights.objects.get()
    assert (row.is_active, row.form, row.decisions) == (True, "learned", 300)
    judged = row.report["judged"]
    assert judged["learned"]["ranking"] > judged["shipped"]["ranking"] + 0.1
    assert list(Suggestion.objects.open().order_by("-score")) == [liked, disliked]
    disliked.refresh_from_db()
    assert (disliked.confidence, disliked.is_learned) == (0.8, True)


def test_what_does_not_clearly_help_is_kept_but_not_used() -> None:
    suggestion = proposed()
    decide(taste=Weights())
    report = said()
    assert "Neither is a clear gain: the shipped rules stand." in report
    assert "Version 1 is kept, not used." in report
    assert not LearnedWeights.objects.get().is_active
    suggestion.refresh_from_db()
    assert suggestion.score == LIKED[CONFIDENCE]


def test_a_dry_run_stores_and_switches_nothing() -> None:
    suggestion = proposed()
    decide()
    report = said("--dry-run")
    assert "The learned score is a clear gain." in report
    assert "Nothing was stored" in report
    assert not LearnedWeights.objects.exists()
    suggestion.refresh_from_db()
    assert not suggestion.is_learned


def test_the_same_decisions_teach_once_and_switch_nothing_again() -> None:
    proposed()
    decide()
    said()
    stop_using_weights()
    assert "the same decisions gave version 1 before, which is not in use" in said()
    assert not LearnedWeights.objects.get().is_active


def test_more_decisions_make_another_version() -> None:
    proposed()
    decide()
    said()
    decide(seed=2, first_text=1000)
    assert "Version 2 is in use" in said()
    assert list(
        LearnedWeights.objects.order_by("version").values_list("is_active", flat=True)
    ) == [False, True]


def test_weights_that_the_decisions_bear_out_no_longer_are_switched_off() -> None:
    suggestion = proposed()
    decide()
    said()
    Decision.objects.update(undone_at=NOW)
    decide(taste=Weights(), seed=3)
    report = said()
    assert (
        "Version 1 is switched off (`manage.py learn --use 1` takes it back)" in report
    )
    suggestion.refresh_from_db()
    assert suggestion.score == LIKED[CONFIDENCE]


def test_decided_suggestions_keep_the_score_that_the_analyst_saw() -> None:
    suggestion = proposed(DISLIKED)
    accept_suggestion(suggestion=suggestion, by=None, now=NOW)
    decide()
    said()
    suggestion.refresh_from_db()
    assert suggestion.score == DISLIKED[CONFIDENCE]


def test_suggestions_older_than_features_keep_their_score() -> None:
    old = SuggestionFactory.create(score=0.7)
    decide()
    said()
    old.refresh_from_db()
    assert (old.score, old.confidence, old.is_learned) == (0.7, 0.7, False)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_version() -> None:
    proposed()
    decide()

    def run(_number: int) -> int:
        try:
            outcome = learn_from_decisions(engine=RULES)
            assert outcome.row is not None
            return outcome.row.version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [1, 1]
    assert LearnedWeights.objects.filter(is_active=True).count() == 1


# -- taking back -----------------------------------------------------------------


def test_switching_off_gives_the_engines_own_scores_back() -> None:
    suggestion = proposed(DISLIKED)
    decide()
    said()
    assert "1 open suggestions have another score" in said("--off")
    suggestion.refresh_from_db()
    assert suggestion.score == DISLIKED[CONFIDENCE]
    assert not LearnedWeights.objects.filter(is_active=True).exists()
    assert "0 open suggestions" in said("--off")


def test_an_earlier_version_is_put_to_use_again() -> None:
    suggestion = proposed(DISLIKED)
    first = learned_weights(is_active=True)
    second = learned_weights(weights=Weights(2.0, {}).as_json())
    assert use_weights(version=second.version) == 1
    suggestion.refresh_from_db()
    assert suggestion.score == pytest.approx(0.8808)
    assert "Version 1 is in use; 1 open" in said("--use", "1")
    suggestion.refresh_from_db()
    assert suggestion.score < 0.3
    first.refresh_from_db()
    assert first.is_active


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"version": 7}, "There is no version 1"),
        ({"form": "shipped"}, "Version 1 was no clear gain on held-out decisions"),
        ({"extractor_version": "0"}, "learned for rules 0, and suggestions come from"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    given: dict[str, Any], reason: str
) -> None:
    proposed()
    learned_weights(**given)
    with pytest.raises(CommandError, match=reason):
        said("--use", "1")
    assert not LearnedWeights.objects.filter(is_active=True).exists()


def test_versions_are_listed() -> None:
    assert "Nothing has been learned yet" in said("--list")
    learned_weights(is_active=True)
    learned_weights(form="shipped")
    lines = said("--list").splitlines()
    assert lines[0].endswith("rules 1  200 decisions  learned  in use")
    assert lines[1].endswith("rules 1  200 decisions  shipped")


# -- new suggestions -------------------------------------------------------------


def record(version: str = "1") -> Suggestion:
    """Record one candidate as the rules would."""
    actor = Actor.objects.first() or CountryFactory.create()
    claim = Claim.objects.first() or ClaimFactory.create()
    candidate = Candidate(
        kind=Kind.ATTITUDE,
        content=(Span(0, 6),),
        claim=claim.slug,
        actor=actor.slug,
        value=Value.SUPPORT,
        confidence=0.8,
    )
    document = DocumentFactory.create()
    record_suggestions(
        document=document,
        candidates=[candidate],
        extractor_name="rules",
        extractor_version=version,
    )
    return Suggestion.objects.get(evidence__document=document)


def test_a_new_suggestion_is_scored_by_the_weights_in_use() -> None:
    learned_weights(is_active=True)
    suggestion = record()
    assert suggestion.score == pytest.approx(
        TASTE.probability({CONFIDENCE: 0.8, "kind_attitude": 1.0}), abs=1e-4
    )
    assert suggestion.confidence == 0.8


def test_weights_not_in_use_score_nothing() -> None:
    learned_weights()
    assert record().score == 0.8


def test_weights_do_not_apply_to_another_version_of_the_engine() -> None:
    learned_weights(is_active=True)
    assert record(version="2").score == 0.8
    assert engines() == [Engine("rules", "2")]


def test_a_switch_waits_until_new_suggestions_are_stored() -> None:
    """Otherwise a suggestion stored at that moment would keep a score of before."""
    try_it = "SELECT pg_try_advisory_xact_lock(%s)"
    with connection.copy().cursor() as another:
        another.execute(try_it, [SCORES])
        assert another.fetchone() == (True,)
        record()
        another.execute(try_it, [SCORES])
        assert another.fetchone() == (False,)
        another.connection.close()


def test_a_claim_that_is_mostly_rejected_scores_lower() -> None:
    suggestion = proposed()
    wanted, unwanted = suggestion.claim, ClaimFactory.create(slug="unwanted")
    decide(taste=Weights(1.5, {}), claim=wanted)
    decide(taste=Weights(-1.0, {}), claim=unwanted, seed=2, first_text=1000)
    other = proposed(claim=unwanted)
    assert learn_from_decisions(engine=RULES).lesson.form is Form.LEARNED
    suggestion.refresh_from_db()
    other.refresh_from_db()
    assert suggestion.score > 0.7
    assert other.score < 0.4


# -- what the database refuses ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("claims_learnedweights_one_active", {"is_active": True}),
        ("claims_learnedweights_form_known", {"form": "guessed"}),
        (
            "claims_learnedweights_active_helps",
            {"extractor": "model", "form": "shipped", "is_active": True},
        ),
        ("claims_learnedweights_learned_once", {"fingerprint": "0" * 64}),
    ],
)
def test_learned_weights_refuse(name: str, given: dict[str, Any]) -> None:
    learned_weights(is_active=True)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        learned_weights(**given)
    assert violated_constraint(refused.value) == name


def test_what_was_learned_is_never_rewritten() -> None:
    row = learned_weights()
    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
    ):
        LearnedWeights.objects.filter(pk=row.pk).update(weights={})
    row.refresh_from_db()
    assert Weights.from_json(row.weights) == TASTE


def test_rescoring_many_suggestions_takes_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    claim = ClaimFactory.create()
    for _ in range(12):
        proposed(claim=claim, evidence=EvidenceFactory.create())
    learned_weights()
    with django_assert_max_num_queries(20):
        assert use_weights(version=1) == 12
