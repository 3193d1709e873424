"""Speakers with a name whom nobody knows are proposed as such; ambiguous ones with guesses."""

import json

import pytest

from extraction.cases import Cases, candidate_rows
from extraction.engine import RuleExtractor
from extraction.interface import Candidate, Document, KnownActor, Unknown
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED, person


def proposed(text: str, actors: list[KnownActor] | None = None) -> list[Candidate]:
    """Return what is proposed for ``text`` on taxes and reactors."""
    document = Document(text, published_on=PUBLISHED)
    return RuleExtractor().extract(document, actors or ACTORS, CLAIMS)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (
            "The Danish foreign minister, Lars Nyberg, rejected a wealth tax.",
            Unknown("Lars Nyberg", "person", "Danish foreign minister"),
        ),
        (
            "Danish foreign minister Lars Nyberg rejected a wealth tax.",
            Unknown("Lars Nyberg", "person", "Danish foreign minister"),
        ),
        (
            "Lars Nyberg, a retired banker, said that he opposed a wealth tax.",
            Unknown("Lars Nyberg", "person", "retired banker"),
        ),
        (
            "“A wealth tax would be a mistake,” said Lars Nyberg.",
            Unknown("Lars Nyberg", "person"),
        ),
        (
            "Lars Nyberg, a banker, sat down. Nyberg rejected a wealth tax.",
            Unknown("Lars Nyberg", "person", "banker"),
        ),
        (
            "Lars Nyberg, a banker, sat down. He rejected a wealth tax.",
            Unknown("Lars Nyberg", "person", "banker"),
        ),
        (
            "The European Tax Council rejected a wealth tax.",
            Unknown("European Tax Council", "organisation"),
        ),
        ("Portugal rejects a wealth tax.", Unknown("Portugal", "country")),
    ],
)
def test_a_named_stranger_is_proposed_as_the_text_names_him(
    text: str, unknown: Unknown
) -> None:
    (candidate,) = proposed(text)
    assert candidate.actor == candidate.speaks_for == ""
    assert candidate.unknown == unknown
    assert candidate.actor_guesses == ()
    assert candidate.value
    assert any("nobody known" in reason for reason in candidate.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Officials rejected a wealth tax.",
        "Critics of Lars Nyberg rejected a wealth tax.",
        "A banker rejected a wealth tax.",
        "Many in Portugal rejected a wealth tax.",
        "Lars Nyberg spoke of a wealth tax.",
        "The brother of Lars Nyberg rejected a wealth tax.",
    ],
)
def test_who_has_no_name_of_his_own_is_not_proposed(text: str) -> None:
    assert proposed(text) == []


def test_what_a_stranger_says_of_a_known_country_stays_the_countrys() -> None:
    found = proposed("Lars Nyberg said that Poland rejects a wealth tax.")
    assert [candidate.actor for candidate in found] == ["pl"]


def test_two_of_one_surname_stay_undecided_with_both_as_guesses() -> None:
    actors = [person("eva-holt", "Eva Holt"), person("jan-holt", "Jan Holt")]
    (candidate,) = proposed("Holt rejected a wealth tax.", actors)
    assert candidate.actor == ""
    assert candidate.unknown == Unknown("Holt", "person")
    assert {guess.slug for guess in candidate.actor_guesses} == {"eva-holt", "jan-holt"}


def test_other_claims_that_came_close_are_ranked_behind_the_one_proposed() -> None:
    (candidate,) = proposed("Poland rejects a tax on large fortunes and inheritance.")
    first, *others = candidate.claim_guesses
    assert first.slug == candidate.claim
    assert [guess.slug for guess in others]
    assert candidate.claim not in {guess.slug for guess in others}


def test_the_command_prints_strangers_without_an_actor() -> None:
    text = Document("Lars Nyberg rejected a wealth tax.", "t", published_on=PUBLISHED)
    (row,) = candidate_rows(Cases(ACTORS, CLAIMS, [text]))
    assert row["actor"] == ""
    assert json.loads(json.dumps(row["unknown"])) == {
        "name": "Lars Nyberg",
        "kind": "person",
        "description": "",
        "may_be": [],
    }
