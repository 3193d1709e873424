"""What is one act: neighbouring sentences of one actor on one claim."""

from extraction.interface import Candidate, Kind, Span, Value
from extraction.trained.acts import acts, joined
from extraction.trained.facts import Key


def key_of(one: Key) -> Key:
    """Return the key itself."""
    return one


def test_neighbours_of_one_actor_and_claim_are_one_act_of_three_at_most() -> None:
    found = [("no", "tax", n) for n in (4, 0, 1, 2, 3)] + [("no", "fees", 1)]
    assert acts(found, key_of) == [
        [("no", "fees", 1)],
        [("no", "tax", 0), ("no", "tax", 1), ("no", "tax", 2)],
        [("no", "tax", 3), ("no", "tax", 4)],
    ]


def test_sentences_apart_are_acts_of_their_own() -> None:
    assert len(acts([("no", "tax", 0), ("no", "tax", 2)], key_of)) == 2


def test_the_surest_value_stands_with_the_words_of_all() -> None:
    one = Candidate(
        Kind.INDIRECT, (Span(20, 30),), "tax", "no", value=Value.SUPPORT, confidence=0.9
    )
    other = Candidate(
        Kind.INDIRECT, (Span(0, 19),), "tax", "no", value=Value.OPPOSE, confidence=0.5
    )
    whole = joined([other, one])
    assert whole.value is Value.SUPPORT
    assert whole.content == (Span(0, 19), Span(20, 30))
