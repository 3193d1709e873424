"""What is kept of a proposal to learn from: facts about it, none of its words."""

import json
from datetime import date
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.features import PART, features_of
from extraction.interface import (
    Candidate,
    Document,
    Guess,
    Kind,
    KnownActor,
    KnownClaim,
    Span,
    Value,
)

TEXT = "Norway said: “We back the levy.” Sweden did not say much, and nobody else did."


def text(body: str = TEXT) -> Document:
    """Return a text of one day."""
    return Document(body, language="en", published_on=date(2024, 3, 6))


def candidate(**changes: object) -> Candidate:
    """Return Norway's support."""
    parts: dict = {
        "kind": Kind.DIRECT,
        "content": (Span(0, 32),),
        "claim": "levy",
        "actor": "norway",
        "value": Value.SUPPORT,
        "source": (Span(0, 6),),
        "cue": (Span(7, 11),),
        "stated_on": date(2024, 3, 6),
        "confidence": 0.6,
        "features": {"sure_voice": 0.95},
    }
    return Candidate(**parts | changes)


def test_a_plain_proposal_has_its_parts_and_its_kind() -> None:
    assert features_of(candidate(), text()) == {
        "confidence": 0.6,
        "sure_voice": 0.95,
        "kind_direct": 1.0,
        "language_en": 1.0,
        "quotation_marks": 1.0,
        "text_lead": 1.0,
        "value_support": 1.0,
        "words_few": 1.0,
    }


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"condition": Span(3, 9)}, "condition"),
        ({"source": ()}, "speaker_unnamed"),
        ({"cue": ()}, "cue_none"),
        ({"actor_guesses": (Guess("a", 0.5), Guess("b", 0.5))}, "speaker_doubted"),
        ({"claim_guesses": (Guess("a", 0.5), Guess("b", 0.5))}, "claim_doubted"),
        ({"speaks_for": "nordics"}, "speaks_for_another"),
        ({"stated_on": None}, "date_none"),
        ({"stated_on": date(2024, 3, 1)}, "date_read"),
        ({"stated_precision": "month"}, "date_vague"),
        ({"value": None}, "value_none"),
        ({"kind": Kind.ATTITUDE}, "kind_attitude"),
        ({"content": (Span(0, 6), Span(13, 32))}, "several_spans"),
    ],
)
def test_what_is_special_about_a_proposal_is_kept(
    changes: dict[str, object], fact: str
) -> None:
    assert fact not in features_of(candidate(), text())
    assert features_of(candidate(**changes), text())[fact] == 1.0


@pytest.mark.parametrize(
    ("other", "fact"),
    [
        ({"content": (Span(33, 50),)}, "said_again"),
        ({"content": (Span(33, 50),), "value": Value.OPPOSE}, "said_otherwise"),
        ({"actor": "sweden"}, "words_of_several"),
    ],
)
def test_what_else_the_text_says_is_kept(other: dict[str, object], fact: str) -> None:
    one, another = candidate(), candidate(**other)
    on_another_claim = candidate(**other, claim="toll")
    assert fact not in features_of(one, text(), [one, on_another_claim])
    assert features_of(one, text(), [one, another])[fact] == 1.0


def test_long_evidence_further_down_that_asks() -> None:
    body = "x" * 100 + " word" * 50 + "?"
    found = features_of(candidate(content=(Span(101, len(body)),)), text(body))
    assert {"words_many", "question"} <= found.keys()
    assert not {"words_few", "text_lead", "quotation_marks"} & found.keys()


def test_an_apostrophe_is_no_quotation_mark() -> None:
    body = "Norway’s minister doesn't like it at all, they say."  # noqa: RUF001 - meant
    found = features_of(candidate(content=(Span(0, len(body)),)), text(body))
    assert "quotation_marks" not in found


@given(body=st.text(min_size=1))
def test_features_of_any_text_are_numbers_that_json_keeps(body: str) -> None:
    given_so = candidate(content=(Span(0, len(body)),))
    found = features_of(given_so, Document(body))
    assert json.loads(json.dumps(found)) == found
    assert all(name.replace("_", "").isalpha() for name in found)


def test_proposals_are_the_same_whatever_is_learned_from_them() -> None:
    assert candidate(features={}) == candidate()
    assert hash(candidate(features={})) == hash(candidate())


ACTORS = [KnownActor("no", "country", "Norway"), KnownActor("de", "country", "Germany")]
CLAIMS = [
    KnownClaim("tax", "A wealth tax", "Governments should introduce a wealth tax")
]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Norway said on Monday that it supports a wealth tax."),
        ("de", "Deutschland lehnt die Vermögenssteuer ab."),
    ],
)
def test_the_rules_keep_each_part_of_their_confidence(language: str, body: str) -> None:
    document = Document(body, language=language)
    (found,) = RuleExtractor().extract(document, ACTORS, CLAIMS)
    parts = [v for name, v in found.features.items() if name.startswith(PART)]
    assert len(parts) == 4
    assert found.confidence == pytest.approx(prod(parts), abs=0.001)
