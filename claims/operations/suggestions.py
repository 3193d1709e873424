"""Store what extractors propose, and decide on it: accept, amend, reject, undo."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from actors.models import Actor
from claims.models import (
    Claim,
    Evidence,
    Stance,
    StanceState,
    Suggestion,
    SuggestionState,
)
from claims.operations.decisions import keep_decision, undo_decision
from claims.operations.history import as_done_by
from claims.operations.scoring import Scorer, scorer_in_use
from claims.operations.speakers import names_of
from claims.operations.stances import evidence_at, log_stance, retract_stance
from claims.operations.texts import text_of
from claims.refusals import StanceRefusedError
from extraction.features import features_of
from extraction.interface import Candidate, Span
from sources.models import Document, Precision

LONGEST_NAME = 200
SPAN_PARTS = {"document", "start", "end"}
ACCEPTANCE_UNDONE = "The acceptance of the suggestion was undone."
Key = tuple[int, int | str, int, int]


class SuggestionDecidedError(ValueError):
    """Somebody decided otherwise before; ``suggestion`` is the row as it is now."""

    def __init__(self, suggestion: Suggestion) -> None:
        """Name who decided what."""
        who = suggestion.decided_by or "an account that is gone"
        super().__init__(
            f"This suggestion was {suggestion.get_state_display()} by {who} already. "
            "Undo that decision first if it was wrong."
        )
        self.suggestion = suggestion


class SpeakerUnknownError(StanceRefusedError):
    """Nobody is known to have said it yet."""

    field = "actor"


@dataclass(frozen=True)
class Recorded:
    """What became of an extractor's candidates."""

    inserted: int = 0
    unchanged: int = 0
    unresolved: int = 0

    def words(self) -> str:
        """Say it in one sentence."""
        return (
            f"{self.inserted} new suggestions, {self.unchanged} known already, "
            f"{self.unresolved} without a named speaker or known claim"
        )


def accept_suggestion(
    *, suggestion: Suggestion, by: User | None, now: dt.datetime, **amendments: Any
) -> Stance:
    """Log the suggested stance, with ``amendments`` where the analyst knows better.

    The same person accepting twice gets the first stance. Raises SuggestionDecidedError,
    SpeakerUnknownError where nobody is known to have said it, or what log_stance raises.
    """
    parts = stance_parts(suggestion) | amendments
    if parts["actor"] is None:
        raise SpeakerUnknownError(
            f"The text names {suggestion.mention}: choose first which actor that is."
        )
    changed = amended(suggestion, parts)
    state = SuggestionState.AMENDED if changed else SuggestionState.ACCEPTED
    with transaction.atomic(), as_done_by(by):
        if not _decide(suggestion, state=state, by=by, now=now):
            return _stance_of(suggestion, by)
        keep_decision(
            suggestion=suggestion, outcome=state, by=by, now=now, amended=changed
        )
        stance = log_stance(by=by, suggestion=suggestion, **parts)
    suggestion.refresh_from_db()
    return stance


def stance_parts(suggestion: Suggestion) -> dict[str, Any]:
    """Return the suggested stance as log_stance takes it."""
    evidence = suggestion.evidence
    return {
        "actor": suggestion.actor,
        "speaks_for": suggestion.speaks_for,
        "claim": suggestion.claim,
        "value": suggestion.value,
        "condition": suggestion.condition,
        "stated_on": suggestion.stated_on,
        "stated_precision": suggestion.stated_precision or Precision.DAY,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
    }


def amended(suggestion: Suggestion, parts: dict[str, Any]) -> set[str]:
    """Name what of a suggestion ``parts`` have otherwise."""
    proposed = stance_parts(suggestion)
    left_open = [name for name in ("actor", "speaks_for") if proposed[name] is None]
    for name in left_open:
        proposed.pop(name)
    return {
        "evidence" if name in SPAN_PARTS else name
        for name, value in proposed.items()
        if parts[name] != value
    }


def _decide(
    suggestion: Suggestion,
    *,
    state: SuggestionState,
    by: User | None,
    now: dt.datetime,
    reason: str = "",
) -> bool:
    rows = Suggestion.objects.filter(pk=suggestion.pk).open()
    return bool(
        rows.update(
            state=state, decided_by=by, decided_at=now, decision_note=reason.strip()
        )
    )


def _stance_of(suggestion: Suggestion, by: User | None) -> Stance:
    current = Suggestion.objects.with_parts().get(pk=suggestion.pk)
    if current.state == SuggestionState.REJECTED or current.decided_by != by:
        raise SuggestionDecidedError(current)
    return Stance.objects.with_parts().get(suggestion=current)


def reject_suggestion(
    *, suggestion: Suggestion, by: User | None, now: dt.datetime, reason: str = ""
) -> Suggestion:
    """Set a wrong suggestion aside; rejecting twice changes nothing.

    Raises SuggestionDecidedError where it was accepted.
    """
    state = SuggestionState.REJECTED
    with transaction.atomic(), as_done_by(by):
        if _decide(suggestion, state=state, by=by, now=now, reason=reason):
            keep_decision(
                suggestion=suggestion, outcome=state, by=by, now=now, reason=reason
            )
    current = Suggestion.objects.with_parts().get(pk=suggestion.pk)
    if current.state != SuggestionState.REJECTED:
        raise SuggestionDecidedError(current)
    return current


def reopen_suggestion(*, suggestion: Suggestion, by: User | None) -> Suggestion:
    """Undo a decision: a stance logged by it is retracted and lets go of the suggestion.

    Reopening twice changes nothing. Raises NotYoursError where the stance is another's.
    """
    with transaction.atomic(), as_done_by(by):
        row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        for stance in Stance.objects.filter(suggestion=row):
            _let_go(stance, by)
        undo_decision(row)
        row.state = SuggestionState.OPEN
        row.decided_by = row.decided_at = None
        row.decision_note = ""
        row.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    return Suggestion.objects.with_parts().get(pk=suggestion.pk)


def _let_go(stance: Stance, by: User | None) -> None:
    if stance.state != StanceState.RETRACTED:
        retract_stance(stance=stance, by=by, reason=ACCEPTANCE_UNDONE)
    Stance.objects.filter(pk=stance.pk).update(suggestion=None)


@transaction.atomic
def record_suggestions(
    *,
    document: Document,
    candidates: Iterable[Candidate],
    extractor_name: str,
    extractor_version: str,
) -> Recorded:
    """Store new candidates as open suggestions; what is known or decided stays as it is.

    Holds the document's row, so that two runs on one text don't both insert.
    """
    Document.objects.select_for_update(no_key=True).only("pk").get(pk=document.pk)
    known, logged = _suggested_keys(document), _logged_keys(document)
    found = _Found(candidates)
    waiting = _Waiting(document)
    scorer = scorer_in_use(extractor_name, extractor_version)
    engine = _Engine(extractor_name, extractor_version, scorer)
    inserted = unchanged = unresolved = 0
    for candidate in found.candidates:
        key = found.key(candidate, document)
        if key is None:
            unresolved += 1
        elif key in known or any(
            same_act(place, stance)
            for place in (key, *_elsewhere(key, candidate))
            for stance in logged
        ):
            unchanged += 1
        elif waiting.name(candidate, found):
            known.add(key)
            unchanged += 1
        else:
            known.add(key)
            inserted += 1
            _suggest(document, candidate, found, engine)
    return Recorded(inserted, unchanged, unresolved)


@dataclass(frozen=True)
class _Engine:
    """Whose candidates are recorded, and how they are scored."""

    name: str
    version: str
    scorer: Scorer


class _Found:
    """The candidates with the rows that their slugs name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = sorted(candidates, key=lambda c: -c.confidence)
        slugs = {c.actor for c in self.candidates} | {
            c.speaks_for for c in self.candidates
        }
        self.actors = {a.slug: a for a in Actor.objects.filter(slug__in=slugs)}
        self.claims = {
            claim.slug: claim
            for claim in Claim.objects.filter(
                slug__in={c.claim for c in self.candidates}
            )
        }

    def key(self, candidate: Candidate, document: Document) -> Key | None:
        """Return what makes a suggestion the same one; None without speaker or claim."""
        actor, claim = (
            self.actors.get(candidate.actor),
            self.claims.get(candidate.claim),
        )
        unknown = "" if candidate.actor else candidate.speaker
        if claim is None or not (actor or unknown):
            return None
        span = hull(candidate.content)
        return claim.pk, actor.pk if actor else unknown, span.start, span.end


class _Waiting:
    """The open suggestions of a text whose speaker is unknown."""

    def __init__(self, document: Document) -> None:
        rows = Suggestion.objects.open().filter(actor=None, evidence__document=document)
        self.rows = list(rows.select_related("claim", "evidence"))

    def name(self, candidate: Candidate, found: _Found) -> bool:
        """Give the actor to the suggestions that waited for it; say whether there were any."""
        actor = found.actors.get(candidate.actor)
        if actor is None:
            return False
        places = {hull(candidate.content), *candidate.places}
        named = False
        for row in list(self.rows):
            place = Span(row.evidence.start, row.evidence.end)
            if row.claim.slug != candidate.claim or place not in places:
                continue
            if row.mention.casefold() in names_of(actor) or (
                actor.slug in row.actor_guesses
            ):
                row.actor, row.speaks_for = (
                    actor,
                    found.actors.get(candidate.speaks_for),
                )
                row.save(update_fields=["actor", "speaks_for"])
                self.rows.remove(row)
                named = True
        return named


def _elsewhere(key: Key, candidate: Candidate) -> Iterable[Key]:
    """The other places of a candidate, as keys."""
    return ((*key[:2], span.start, span.end) for span in candidate.also)


def hull(spans: Iterable[Span]) -> Span:
    """Return the smallest span around all of ``spans``."""
    ordered = sorted(spans)
    return Span(ordered[0].start, max(span.end for span in ordered))


KEY_COLUMNS = ("claim_id", "actor_id", "evidence__start", "evidence__end")
MENTION_COLUMNS = ("claim_id", "mention", "evidence__start", "evidence__end")


def _suggested_keys(document: Document) -> set[Key]:
    """Suggestions as known by their actor, and by how the text names an unknown one."""
    suggested = Suggestion.objects.filter(evidence__document=document)
    keys = set(suggested.exclude(actor=None).values_list(*KEY_COLUMNS))
    named = suggested.exclude(mention="").values_list(*MENTION_COLUMNS)
    return keys | {
        (claim, mention.casefold(), start, end) for claim, mention, start, end in named
    }


def _logged_keys(document: Document) -> set[Key]:
    logged = Stance.objects.filter(evidence__document=document).standing()
    return set(logged.values_list(*KEY_COLUMNS))


def same_act(one: Key, other: Key) -> bool:
    """Whether two spans by one actor on one claim overlap: the same words, cut otherwise."""
    return one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]


def _suggest(
    document: Document,
    candidate: Candidate,
    found: _Found,
    engine: _Engine,
) -> Suggestion:
    span = hull(candidate.content)
    evidence: Evidence = evidence_at(document, span.start, span.end)
    condition = candidate.condition
    actor, claim = found.actors.get(candidate.actor), found.claims[candidate.claim]
    speaker = {} if actor else mentioned(candidate)
    features = features_of(candidate, text_of(document), found.candidates)
    suggestion = Suggestion(
        actor=actor,
        **speaker,
        claim_guesses=[guess.slug for guess in candidate.claim_guesses[1:]],
        speaks_for=found.actors.get(candidate.speaks_for),
        claim=claim,
        value=candidate.value or "",
        condition=condition.text(document.body) if condition else "",
        stated_on=candidate.stated_on,
        stated_precision=_precision(candidate, document),
        evidence=evidence,
        kind=candidate.kind,
        spans=spans_by_role(candidate),
        features=features,
        reasons=list(candidate.reasons),
        extractor=engine.name,
        extractor_version=engine.version,
    )
    suggestion.score = engine.scorer.score_of(suggestion)
    suggestion.save(force_insert=True)
    return suggestion


def mentioned(candidate: Candidate) -> dict[str, Any]:
    """Return an unknown speaker as a suggestion stores him."""
    unknown = candidate.unknown
    if unknown is None:
        return {}
    return {
        "mention": unknown.name[:LONGEST_NAME],
        "mention_kind": unknown.kind,
        "mention_description": unknown.description[:LONGEST_NAME],
        "actor_guesses": [guess.slug for guess in candidate.actor_guesses],
    }


def _precision(candidate: Candidate, document: Document) -> str:
    """Never claim a day where the text's own date, which was used, is known less well."""
    if candidate.stated_on is None:
        return ""
    if candidate.stated_on == document.published_on:
        return document.published_precision
    return candidate.stated_precision


def spans_by_role(candidate: Candidate) -> list[dict[str, Any]]:
    """List every span that a candidate used, in the order of the text."""
    condition = (candidate.condition,) if candidate.condition else ()
    roles = {
        "source": candidate.source,
        "cue": candidate.cue,
        "content": candidate.content,
        "condition": condition,
        "also": candidate.also,
    }
    rows = [
        {"role": role, "start": span.start, "end": span.end}
        for role, spans in roles.items()
        for span in spans
    ]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))
