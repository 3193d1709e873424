"""The language-model engine as a job of its own: behind the rules, within the day's budget."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from claims.models import ModelUse, Suggestion, SuggestionState
from claims.operations.extracting import (
    EXTRACT,
    EXTRACT_WITH_MODEL,
    request_extraction,
)
from claims.operations.model_budget import DailyBudget, row_of_today
from claims.operations.model_reading import TURN, extract_with_model
from claims.operations.stances import violated_constraint
from extraction.llm.usage import BudgetSpentError, Usage
from jobs.kinds import PermanentError, TransientError, work_of
from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.models import Document
from tests.factories.actors import CountryFactory
from tests.factories.claims import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    ExamplePhraseFactory,
    SuggestionFactory,
)
from tests.factories.learning import learned_weights
from tests.factories.model_server import (
    ModelServer,
    Reply,
    fails,
    model_server,
    relevant,
    says,
    stances,
)
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db

BODY = (
    "Norway said on Monday that it supports a wealth tax.\n"
    "Sweden rejected the wealth tax outright."
)
NORWAY = {
    "paragraph": 1,
    "claim": "wealth-tax",
    "speaker": "Norway",
    "quote": "it supports a wealth tax",
    "value": "support",
    "condition": "",
    "manner": "indirect",
    "clarity": "explicit",
}
SWEDEN = NORWAY | {
    "paragraph": 2,
    "speaker": "Sweden",
    "quote": "rejected the wealth tax outright",
    "value": "oppose",
}
RELEVANT = relevant((1, "wealth-tax"), (2, "wealth-tax"))

Serve = Callable[..., ModelServer]


@pytest.fixture
def document() -> Document:
    """A text on a tracked claim by known actors."""
    claim = ClaimFactory.create(
        slug="wealth-tax",
        title="A wealth tax",
        proposition="Governments should introduce a wealth tax",
    )
    ExamplePhraseFactory.create(claim=claim, text="a wealth tax")
    CountryFactory.create(slug="no", name="Norway", iso2="NO")
    CountryFactory.create(slug="se", name="Sweden", iso2="SE")
    return DocumentFactory.create(body=BODY, title="Tax", published_on=date(2024, 3, 6))


@pytest.fixture
def serve(settings: Settings) -> Iterator[Serve]:
    """Start a model's server and point the settings at it."""
    contexts = []

    def start(*script: Reply) -> ModelServer:
        context = model_server(*script)
        server = context.__enter__()
        contexts.append(context)
        settings.MODEL_URL, settings.MODEL_NAME = server.url, "tiny"
        return server

    yield start
    for context in contexts:
        context.__exit__(None, None, None)


def rules_suggestion(document: Document, **changes: Any) -> Suggestion:
    """Return Norway's support as the rules propose it."""
    from actors.models import Actor  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415

    evidence = EvidenceFactory.create(document=document, start=0, end=52)
    parts = {
        "actor": Actor.objects.get(slug="no"),
        "claim": Claim.objects.get(slug="wealth-tax"),
        "evidence": evidence,
        "score": 0.6,
        "reasons": ["named"],
    }
    return SuggestionFactory.create(**parts | changes)


# -- the jobs -----------------------------------------------------------------


def test_off_by_default_only_the_offline_engine_reads(document: Document) -> None:
    request_extraction(document=document)
    assert run_job(Job.objects.get().pk) == JobState.DONE
    assert [job.kind for job in Job.objects.all()] == [EXTRACT]


def test_the_offline_engine_is_stored_before_the_model_is_asked(
    document: Document, serve: Serve
) -> None:
    server = serve(RELEVANT, stances(SWEDEN))
    request_extraction(document=document)
    assert run_job(Job.objects.get(kind=EXTRACT).pk) == JobState.DONE
    offline = set(Suggestion.objects.values_list("extractor", flat=True))
    assert server.asked == []
    second = Job.objects.get(kind=EXTRACT_WITH_MODEL)
    assert second.state == JobState.QUEUED
    assert run_job(second.pk) == JobState.DONE
    assert offline == {"reader"}
    assert len(server.asked) == 2


def test_reading_twice_stores_once(document: Document, serve: Serve) -> None:
    serve(RELEVANT, stances(NORWAY, SWEDEN), RELEVANT, stances(NORWAY, SWEDEN))
    first = extract_with_model(document.pk)()
    second = extract_with_model(document.pk)()
    assert first.startswith("2 new suggestions")
    assert "240 tokens in 2 calls" in first
    assert second.startswith("0 new suggestions")
    norway = Suggestion.objects.get(actor__slug="no")
    assert (norway.extractor, norway.extractor_version) == ("model", "tiny p1")
    assert norway.evidence.quote == "it supports a wealth tax"
    assert norway.stated_on == date(2024, 3, 4)
    assert work_of(EXTRACT_WITH_MODEL) is extract_with_model


def test_nothing_is_stored_before_the_job_commits(
    document: Document, serve: Serve
) -> None:
    serve(RELEVANT, stances(NORWAY))
    extract_with_model(document.pk)
    assert not Suggestion.objects.exists()


def test_what_was_left_out_is_said(document: Document, serve: Serve) -> None:
    serve(RELEVANT, stances(NORWAY | {"quote": "it adores every tax there is"}))
    outcome = extract_with_model(document.pk)()
    assert "1 with a quote that is not in the text" in outcome


def test_switched_off_meanwhile_the_job_ends_well(document: Document) -> None:
    assert "switched off" in extract_with_model(document.pk)()


def test_a_busy_server_postpones_the_job(document: Document, serve: Serve) -> None:
    serve(fails(429, headers={"Retry-After": "3600"}))
    with pytest.raises(TransientError) as busy:
        extract_with_model(document.pk)
    assert busy.value.retry_after == 3600


def test_a_refusal_ends_the_job_with_a_reason(document: Document, serve: Serve) -> None:
    serve(fails(401))
    request_extraction(document=document)
    run_job(Job.objects.get(kind=EXTRACT).pk)
    job = Job.objects.get(kind=EXTRACT_WITH_MODEL)
    assert run_job(job.pk) == JobState.DEAD
    job.refresh_from_db()
    assert "check the key" in job.last_error


def test_answers_that_are_no_json_end_the_job(document: Document, serve: Serve) -> None:
    serve(says("I would rather not."))
    with pytest.raises(PermanentError, match="no JSON"):
        extract_with_model(document.pk)


def test_one_text_at_a_time_so_that_workers_stay_free_for_the_rules(
    document: Document, serve: Serve
) -> None:
    server = serve(RELEVANT, stances(NORWAY))
    request_extraction(document=document)
    run_job(Job.objects.get(kind=EXTRACT).pk)
    job = Job.objects.get(kind=EXTRACT_WITH_MODEL)
    with connection.copy().cursor() as another_worker:
        another_worker.execute("SELECT pg_advisory_lock(%s)", [TURN])
        assert run_job(job.pk) == JobState.QUEUED
        another_worker.execute("SELECT pg_advisory_unlock(%s)", [TURN])
        another_worker.connection.close()
    job.refresh_from_db()
    assert (job.attempt, server.asked) == (0, [])
    assert job.last_error == "The language model reads another text first."
    Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
    assert run_job(job.pk) == JobState.DONE


# -- both engines ---------------------------------------------------------------


def test_agreement_makes_the_rules_suggestion_surer_once(
    document: Document, serve: Serve
) -> None:
    suggestion = rules_suggestion(document)
    serve(RELEVANT, stances(NORWAY), RELEVANT, stances(NORWAY))
    outcome = extract_with_model(document.pk)()
    assert "1 agree with the offline engine, 0 disagree" in outcome
    suggestion.refresh_from_db()
    raised = suggestion.score
    assert 0.6 < raised < 1
    assert suggestion.reasons == [
        "named",
        "The engine “model” agrees: it reads support",
    ]
    extract_with_model(document.pk)()
    suggestion.refresh_from_db()
    assert (suggestion.score, len(suggestion.reasons)) == (raised, 2)
    assert Suggestion.objects.count() == 1


def test_agreement_is_kept_to_learn_from_and_scored_by_what_was_learned(
    document: Document, serve: Serve
) -> None:
    weights = {"base": 0.0, "by_input": {"engines_agree": 2.0}}
    learned_weights(weights=weights, is_active=True)
    suggestion = rules_suggestion(document, features={"confidence": 0.6}, score=0.5)
    serve(RELEVANT, stances(NORWAY))
    extract_with_model(document.pk)()
    suggestion.refresh_from_db()
    assert suggestion.features["engines_agree"] == 1.0
    assert 0.6 < suggestion.confidence < 0.88
    assert suggestion.score == 0.8808


def test_disagreement_is_shown_in_both(document: Document, serve: Serve) -> None:
    suggestion = rules_suggestion(document)
    serve(RELEVANT, stances(NORWAY | {"value": "oppose"}))
    outcome = extract_with_model(document.pk)()
    assert "0 agree with the offline engine, 1 disagree" in outcome
    suggestion.refresh_from_db()
    other = Suggestion.objects.get(extractor="model")
    assert suggestion.score == 0.6
    assert suggestion.reasons[-1] == "The engine “model” disagrees: it reads oppose"
    assert other.reasons[-1] == "The engine “rules” disagrees: it reads support"
    assert other.features["engines_disagree"] == 1.0


def test_what_an_analyst_decided_is_not_proposed_again(
    document: Document, serve: Serve
) -> None:
    decided = {"state": SuggestionState.REJECTED, "decided_at": NOW}
    suggestion = rules_suggestion(document, **decided)
    serve(RELEVANT, stances(NORWAY))
    assert extract_with_model(document.pk)().startswith("0 new suggestions")
    suggestion.refresh_from_db()
    assert (suggestion.score, suggestion.reasons) == (0.6, ["named"])


# -- the budget -----------------------------------------------------------------


def test_tokens_calls_and_cost_are_kept_by_day(
    document: Document, serve: Serve, settings: Settings
) -> None:
    settings.MODEL_PRICE_IN, settings.MODEL_PRICE_OUT = Decimal(2), Decimal(10)
    serve(RELEVANT, stances(NORWAY))
    extract_with_model(document.pk)
    use = ModelUse.objects.get()
    assert (use.tokens_in, use.tokens_out, use.calls) == (200, 40, 2)
    assert use.cost == Decimal("0.0008")


def test_over_budget_the_rules_stand_alone_and_the_job_says_so(
    document: Document, serve: Serve, settings: Settings
) -> None:
    settings.MODEL_DAILY_BUDGET = 5_500
    server = serve(RELEVANT, stances(NORWAY))
    ModelUse.objects.create(tokens_in=5_000)
    outcome = extract_with_model(document.pk)()
    assert outcome == (
        "The day's budget of 5500 tokens for the language model is used up: "
        "the offline engine reads alone."
    )
    assert server.asked == []


def test_a_budget_that_ends_in_the_middle_is_said(
    document: Document, serve: Serve, settings: Settings
) -> None:
    settings.MODEL_DAILY_BUDGET = 6_000
    serve(
        says(
            '{"paragraphs": [{"paragraph": 1, "claims": ["wealth-tax"]}]}',
            "stop",
            (5000, 10),
        )
    )
    outcome = extract_with_model(document.pk)()
    assert outcome.startswith("Not read to the end, the budget was used up")


def test_failed_calls_give_their_tokens_back(document: Document, serve: Serve) -> None:
    serve(fails(401))
    with pytest.raises(PermanentError):
        extract_with_model(document.pk)
    use = ModelUse.objects.get()
    assert (use.tokens_in, use.tokens_out, use.calls) == (0, 0, 0)


def test_the_budget_is_shared_and_never_exceeded() -> None:
    one, other = DailyBudget(100), DailyBudget(100)
    receipt = one.reserve(Usage(40, 20))
    with pytest.raises(BudgetSpentError):
        other.reserve(Usage(40, 20))
    one.settle(receipt, Usage(30, 10, 1, Decimal("0.5")))
    other.reserve(Usage(40, 20))
    use = ModelUse.objects.get()
    assert (use.tokens_in, use.tokens_out, use.calls) == (70, 30, 1)


def test_yesterdays_use_does_not_count_today() -> None:
    today = ModelUse.objects.get(pk=row_of_today())
    day = today.day
    ModelUse.objects.filter(pk=today.pk).update(
        day=day - timedelta(days=1), tokens_in=100
    )
    DailyBudget(100).reserve(Usage(60, 40))
    assert ModelUse.objects.get(day=day).tokens_in == 60


@pytest.mark.parametrize("column", ["tokens_in", "tokens_out", "calls", "cost"])
def test_use_is_never_negative(column: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ModelUse.objects.create(**{column: -1})
    name = "claims_modeluse_counts_never_negative"
    assert violated_constraint(refused.value) == name


def test_each_day_has_one_row() -> None:
    assert row_of_today() == row_of_today()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ModelUse.objects.create()
    assert violated_constraint(refused.value) == "claims_modeluse_one_row_a_day"
