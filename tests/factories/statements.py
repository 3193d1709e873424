"""Statements for tests of the rule."""

from datetime import date
from itertools import count
from typing import Any

from claims.timeline.statements import Statement
from extraction.interface import Value

_ids = count(1)


def statement(**given: Any) -> Statement:
    """Build a statement of a head of state; each is of its own document."""
    number = next(_ids)
    fields: dict[str, Any] = {
        "id": number,
        "claim": "ground-troops",
        "actor": "the-president",
        "speaker": "The President",
        "speaks_for": "fr",
        "rank": "head_of_state",
        "office": "",
        "value": Value.SUPPORT,
        "stated_on": date(2024, 3, 1),
        "document_id": number,
    } | given
    fields.setdefault("canonical_document_id", fields["document_id"])
    return Statement(**fields)
