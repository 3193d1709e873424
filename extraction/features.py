"""What is known of a proposal besides its words: named numbers to learn from.

Nothing here tells which words a text has: shapes, spans and the engine's own parts only.
A name that begins with ``sure_`` is a part of the confidence, above 0 and at most 1.
"""

import re
from collections.abc import Iterable
from datetime import date

from extraction.agreement import agree, disagree
from extraction.interface import Candidate, Document
from extraction.languages.detection import language_of

CONFIDENCE, PART = "confidence", "sure_"
SHORT, LONG = 8, 40  # words of the evidence
LEAD = 0.1  # of the text
QUOTE_MARKS = re.compile("[\"“”„«»]|(?<!\\w)[‘']|[’'](?!\\w)")  # noqa: RUF001 - meant


def features_of(
    candidate: Candidate, document: Document, among: Iterable[Candidate] = ()
) -> dict[str, float]:
    """Return the features that hold of ``candidate``; what is absent counts as 0.

    ``among`` are all candidates of the same text.
    """
    facts = {
        f"kind_{candidate.kind}",
        f"value_{candidate.value or 'none'}",
        f"language_{language_of(document) or 'unknown'}",
        *_of_speaker(candidate),
        *_of_words(candidate, document),
        *_of_date(candidate, document.published_on),
        *_of_others(candidate, among),
    }
    return (
        {CONFIDENCE: candidate.confidence}
        | {name: float(value) for name, value in candidate.features.items()}
        | dict.fromkeys(sorted(facts), 1.0)
    )


def _of_speaker(candidate: Candidate) -> set[str]:
    facts = {
        "speaker_unnamed": not candidate.source,
        "speaker_doubted": len(candidate.actor_guesses) > 1,
        "claim_doubted": len(candidate.claim_guesses) > 1,
        "speaks_for_another": candidate.speaks_for not in {"", candidate.actor},
        "cue_none": not candidate.cue,
        "condition": candidate.condition is not None,
    }
    return {name for name, holds in facts.items() if holds}


def _of_words(candidate: Candidate, document: Document) -> set[str]:
    start = min(span.start for span in candidate.content)
    quote = " ".join(span.text(document.text) for span in candidate.content)
    words = len(quote.split())
    facts = {
        "quotation_marks": bool(QUOTE_MARKS.search(quote)),
        "question": quote.rstrip(" \"'”’»").endswith("?"),  # noqa: RUF001 - meant
        "words_few": words < SHORT,
        "words_many": words > LONG,
        "text_lead": start < LEAD * len(document.text),
        "several_spans": len(candidate.content) > 1,
    }
    return {name for name, holds in facts.items() if holds}


def _of_date(candidate: Candidate, published_on: date | None) -> set[str]:
    facts = {
        "date_none": candidate.stated_on is None,
        "date_read": candidate.stated_on not in {None, published_on},
        "date_vague": candidate.stated_precision != "day",
    }
    return {name for name, holds in facts.items() if holds}


def _of_others(candidate: Candidate, among: Iterable[Candidate]) -> set[str]:
    """What else the text says by the same actor, and of others in the same words."""
    on_claim = [
        other
        for other in among
        if other is not candidate and other.claim == candidate.claim
    ]
    own = [other for other in on_claim if other.actor == candidate.actor]
    facts = {
        "said_again": bool(candidate.also)
        or any(agree(candidate, other) for other in own),
        "said_otherwise": any(disagree(candidate, other) for other in own),
        "words_of_several": any(
            other.actor != candidate.actor and other.content == candidate.content
            for other in on_claim
        ),
    }
    return {name for name, holds in facts.items() if holds}
