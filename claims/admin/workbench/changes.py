"""The history of a stance in words: who changed what, and when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User

from claims.models import Stance, StanceState

FIELDS = {
    "claim": "claim",
    "actor": "actor",
    "speaks_for": "speaking for",
    "value": "value",
    "condition": "condition",
    "stated_on": "stated on",
    "stated_precision": "date known to the",
    "evidence": "quoted words",
    "occasion": "occasion",
    "note": "note",
}
STATE_WORDS = {
    StanceState.DRAFT: "made a draft",
    StanceState.PUBLISHED: "published",
    StanceState.RETRACTED: "retracted",
}


@dataclass(frozen=True)
class Change:
    """One saved change; ``details`` say each field's old and new content."""

    at: dt.datetime
    who: str
    what: str
    details: tuple[str, ...] = ()


def history_of(stance: Stance) -> list[Change]:
    """Return every change of a stance, the newest first."""
    events = list(
        stance.events.select_related(  # type: ignore[attr-defined]
            "claim", "actor", "speaks_for", "evidence", "pgh_context"
        ).order_by("pgh_created_at", "pgh_id")
    )
    names = _names(events)
    first = [Change(e.pgh_created_at, names[e.pgh_id], "logged") for e in events[:1]]
    later = [_change(old, new, names[new.pgh_id]) for old, new in pairwise(events)]
    return list(reversed(first + [change for change in later if change]))


def _change(old: Any, new: Any, who: str) -> Change | None:
    details = tuple(
        f"{label}: {_shown(old, name)} → {_shown(new, name)}"
        for name, label in FIELDS.items()
        if getattr(old, f"{name}_id", getattr(old, name))
        != getattr(new, f"{name}_id", getattr(new, name))
    )
    what = STATE_WORDS[new.state] if old.state != new.state else "amended"
    if new.retraction_reason != old.retraction_reason:
        details += (f"reason: {new.retraction_reason or 'none'}",)
    if what == "amended" and not details:
        return _quiet_change(old, new, who)
    return Change(new.pgh_created_at, who, what, details)


def _quiet_change(old: Any, new: Any, who: str) -> Change | None:
    """Name changes beside the coding itself: the account or the suggestion let go."""
    if old.coder_id != new.coder_id:
        return Change(new.pgh_created_at, who, "the coder's account was deleted")
    if old.suggestion_id != new.suggestion_id:
        return Change(new.pgh_created_at, who, "set apart from its suggestion")
    return None


def _shown(event: Any, name: str) -> str:
    content = getattr(event, name)
    if content in (None, ""):
        return "empty"
    display = getattr(event, f"get_{name}_display", None)
    return f"“{display() if display else content}”"


def _names(events: Iterable[Any]) -> dict[int, str]:
    """Name who did each change; the name outlives the account."""
    told = {event.pgh_id: _metadata(event) for event in events}
    ids = {data["user"] for data in told.values() if data.get("user")}
    users = {user.pk: user.get_username() for user in User.objects.filter(pk__in=ids)}
    return {
        key: data.get("by") or users.get(data.get("user", 0), "") or "the system"
        for key, data in told.items()
    }


def _metadata(event: Any) -> dict[str, Any]:
    return dict(event.pgh_context.metadata) if event.pgh_context else {}
