"""Keep each decision on a suggestion with what was known of it, to learn from later."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models.functions import Now

from claims.models import Decision, Suggestion, SuggestionState


def keep_decision(
    *,
    suggestion: Suggestion,
    outcome: SuggestionState,
    by: User | None,
    now: dt.datetime,
    amended: Iterable[str] = (),
    reason: str = "",
) -> Decision:
    """Write down what was decided; called in the transaction that decides."""
    document = suggestion.evidence.document
    return Decision.objects.create(
        suggestion=suggestion,
        claim_id=suggestion.claim_id,
        actor_kind=suggestion.speaker_kind,
        text=document.near_duplicate_of_id or document.pk,
        extractor=suggestion.extractor,
        extractor_version=suggestion.extractor_version,
        features=suggestion.features,
        outcome=outcome,
        amended=sorted(amended),
        reason=reason.strip(),
        decided_by=by,
        decided_at=now,
    )


def undo_decision(suggestion: Suggestion) -> None:
    """Leave the standing decision on a suggestion out of what is learned from."""
    standing = Decision.objects.standing().filter(suggestion=suggestion)
    standing.update(undone_at=Now())
