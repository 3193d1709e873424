"""What is one act: what one actor says on one claim, not far apart."""

from extraction.interface import Candidate, Kind, Span, Value
from extraction.trained.acts import APART, gathered, joined, neighbours, said_again

Said = tuple[str, str, int]


def whose(one: Said) -> tuple[str, str]:
    """Return who said it on what."""
    return one[:2]


def at(one: Said) -> int:
    """Return the number of the sentence."""
    return one[2]


def said(number: int, value: Value, confidence: float) -> Candidate:
    """Return a stance in the sentence with that number."""
    span = Span(20 * number, 20 * number + 19)
    return Candidate(
        Kind.INDIRECT, (span,), "tax", "no", value=value, confidence=confidence
    )


def test_neighbours_of_one_actor_and_claim_are_three_at_most() -> None:
    found: list[Said] = [("no", "tax", n) for n in (4, 0, 1, 2, 3)]
    assert neighbours([*found, ("no", "fees", 1)], whose, at) == [
        [("no", "tax", 0), ("no", "tax", 1), ("no", "tax", 2)],
        [("no", "fees", 1)],
        [("no", "tax", 3), ("no", "tax", 4)],
    ]


def test_sentences_apart_are_no_neighbours() -> None:
    assert len(neighbours([("no", "tax", 0), ("no", "tax", 2)], whose, at)) == 2


def test_what_is_said_again_soon_belongs_together() -> None:
    found: list[Said] = [("no", "tax", n) for n in (4, 0, APART + 4, 2 * APART + 5)]
    assert said_again([*found, ("se", "tax", 2)], whose, at) == [
        [("no", "tax", 0), ("no", "tax", 4), ("no", "tax", APART + 4)],
        [("se", "tax", 2)],
        [("no", "tax", 2 * APART + 5)],
    ]


def test_the_surest_value_stands_with_the_words_of_its_neighbours() -> None:
    run = joined([said(0, Value.OPPOSE, 0.5), said(1, Value.SUPPORT, 0.9)])
    assert (run.value, run.confidence) == (Value.SUPPORT, 0.9)
    assert run.content == (Span(0, 19), Span(20, 39))


def test_what_is_said_again_is_marked_and_not_quoted() -> None:
    act = gathered([said(1, Value.SUPPORT, 0.9), said(4, Value.SUPPORT, 0.6)])
    assert (act.content, act.also) == ((Span(20, 39),), (Span(80, 99),))
