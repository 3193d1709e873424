"""Learn weights from decisions, put them to use and take them back."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from claims.lessons import trial_as_json
from claims.models import (
    Decision,
    LearnedWeights,
    StanceState,
    Suggestion,
    SuggestionState,
)
from claims.operations.history import as_done_by
from claims.operations.scoring import SCORES, in_context, scorer_of
from extraction.learning import METHOD, Example, Form, Lesson, learn

RUN = 7_403_118_830  # any number that no other advisory lock of this database has
MOST = 10_000  # decisions learned from, the newest
TOLD_WRONG = {"actor", "claim", "value"}
AT_ONCE = 500


class NoSuchWeightsError(LookupError):
    """No version has this number."""


class WeightsDoNotHelpError(ValueError):
    """The version was no clear gain on held-out decisions, so it is never used."""


class WeightsDoNotApplyError(ValueError):
    """The version was learned for another version of its engine."""


@dataclass(frozen=True)
class Engine:
    """An engine with the version that its newest suggestion has."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class Outcome:
    """What one run did for one engine."""

    engine: Engine
    lesson: Lesson
    row: LearnedWeights | None  # None in a dry run
    is_new: bool = False
    switched_off: LearnedWeights | None = None
    rescored: int = 0


def engines() -> list[Engine]:
    """Return the engines that have suggested anything, each in its newest version."""
    newest = Suggestion.objects.order_by("extractor", "-pk").distinct("extractor")
    return [
        Engine(*pair) for pair in newest.values_list("extractor", "extractor_version")
    ]


def learn_from_decisions(*, engine: Engine, dry_run: bool = False) -> Outcome:
    """Fit weights on an engine's decisions; use them if they help, else what is shipped.

    The same decisions give no second version and switch nothing. Two runs wait for each
    other. Raises TooFewDecisionsError.
    """
    with one_at_a_time():
        examples = examples_of(engine)
        fingerprint = fingerprint_of(engine, examples)
        lesson = learn(examples)
        if dry_run:
            return Outcome(engine, lesson, None)
        known = LearnedWeights.objects.filter(fingerprint=fingerprint).first()
        if known:
            return Outcome(engine, lesson, known)
        row = _store(engine, lesson, fingerprint)
        before = in_use(engine.name)
        helps = lesson.form is not Form.SHIPPED
        rescored = switch(engine.name, row if helps else None)
        replaced = before if before and not helps else None
        row.refresh_from_db()
        return Outcome(
            engine,
            lesson,
            row,
            is_new=True,
            switched_off=replaced,
            rescored=rescored,
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Make another run, switch or reversal wait until this one is committed."""
    with transaction.atomic():
        _lock(RUN)
        yield


def _lock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


# -- what is learned from --------------------------------------------------------


def decisions_of(engine: Engine) -> QuerySet[Decision]:
    """Return what is learned from: standing, with features, of a stance not taken back."""
    return (
        Decision.objects.standing()
        .filter(extractor=engine.name, extractor_version=engine.version)
        .exclude(features={})
        .exclude(suggestion__stance__state=StanceState.RETRACTED)
    )


def left_out(engine: Engine) -> int:
    """Count standing decisions on this engine's proposals that cannot be learned from."""
    of_engine = Decision.objects.standing().filter(extractor=engine.name)
    return of_engine.count() - decisions_of(engine).count()


def examples_of(engine: Engine) -> list[Example]:
    """Return the newest decisions as the fit takes them."""
    newest = decisions_of(engine).select_related("claim")
    return [_example(row) for row in newest.order_by("-decided_at", "-pk")[:MOST]]


def _example(row: Decision) -> Example:
    known = in_context(row.features, claim=row.claim.slug, actor_kind=row.actor_kind)
    return Example(str(row.text), known, is_right(row))


def is_right(row: Decision) -> bool:
    """Whether who, on what and which value were kept; other changes are no fault."""
    if row.outcome == SuggestionState.AMENDED:
        return not TOLD_WRONG.intersection(row.amended)
    return row.outcome == SuggestionState.ACCEPTED


def fingerprint_of(engine: Engine, examples: list[Example]) -> str:
    """Return what the method, the engine and the decisions hash to, in any order."""
    rows = sorted(json.dumps(asdict(one), sort_keys=True) for one in examples)
    whole = json.dumps([METHOD, engine.name, engine.version, rows])
    return hashlib.sha256(whole.encode()).hexdigest()


# -- versions --------------------------------------------------------------------


def _store(engine: Engine, lesson: Lesson, fingerprint: str) -> LearnedWeights:
    last = LearnedWeights.objects.aggregate(last=Max("version"))["last"] or 0
    return LearnedWeights.objects.create(
        version=last + 1,
        extractor=engine.name,
        extractor_version=engine.version,
        decisions=lesson.decisions,
        fingerprint=fingerprint,
        form=lesson.form,
        weights=lesson.weights.as_json(),
        report=report_of(lesson),
    )


def report_of(lesson: Lesson) -> dict[str, Any]:
    """Return how each form did, as JSON."""
    return {
        "right": lesson.right,
        "texts": lesson.texts,
        **trial_as_json(lesson.trial),
    }


def in_use(extractor: str) -> LearnedWeights | None:
    """Return the weights in use for an engine, if any."""
    return LearnedWeights.objects.filter(extractor=extractor, is_active=True).first()


def use_weights(*, version: int) -> int:
    """Put an earlier version to use again; return how many suggestions got a new score.

    Raises NoSuchWeightsError, WeightsDoNotHelpError or WeightsDoNotApplyError.
    """
    with one_at_a_time():
        row = LearnedWeights.objects.filter(version=version).first()
        if row is None:
            raise NoSuchWeightsError(f"There is no version {version}.")
        if row.form == Form.SHIPPED:
            raise WeightsDoNotHelpError(
                f"Version {version} was no clear gain on held-out decisions, "
                "so it cannot be used."
            )
        _refuse_other_engine(row)
        return switch(row.extractor, row)


def _refuse_other_engine(row: LearnedWeights) -> None:
    newer = outdated_by(row)
    if newer:
        raise WeightsDoNotApplyError(
            f"Version {row.version} was learned for {row.extractor} "
            f"{row.extractor_version}, and suggestions come from version {newer} of it "
            "now. Run `manage.py learn` once enough of them are decided."
        )


def outdated_by(row: LearnedWeights) -> str:
    """Return the engine's version since then, "" where the weights still apply."""
    of_engine = Suggestion.objects.filter(extractor=row.extractor).order_by("-pk")
    newest = of_engine.values_list("extractor_version", flat=True).first()
    return newest if newest and newest != row.extractor_version else ""


def stop_using_weights() -> int:
    """Give every engine its own scores back; return how many suggestions changed."""
    with one_at_a_time():
        active = LearnedWeights.objects.filter(is_active=True).order_by("extractor")
        return sum([switch(row.extractor, None) for row in active])


def switch(extractor: str, row: LearnedWeights | None) -> int:
    """Use ``row`` for an engine, None: its own confidence; the queue follows at once."""
    _lock(SCORES)
    with as_done_by(None, learned_weights=row.version if row else 0):
        of_engine = LearnedWeights.objects.filter(extractor=extractor)
        others = of_engine.exclude(pk=row.pk) if row else of_engine
        others.filter(is_active=True).update(is_active=False)
        if row:
            of_engine.filter(pk=row.pk, is_active=False).update(is_active=True)
        return rescore(extractor)


def rescore(extractor: str) -> int:
    """Score an engine's open suggestions anew; return how many changed."""
    rows = Suggestion.objects.open().filter(extractor=extractor).exclude(features={})
    versions = set(rows.values_list("extractor_version", flat=True))
    scorers = {version: scorer_of(extractor, version) for version in versions}
    changed = []
    for row in rows.select_related("claim", "actor").order_by("pk"):
        score = scorers[row.extractor_version].score_of(row)
        if score != row.score:
            row.score = score
            changed.append(row)
    Suggestion.objects.bulk_update(changed, ["score"], batch_size=AT_ONCE)
    return len(changed)
