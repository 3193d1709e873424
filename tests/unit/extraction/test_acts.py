"""What is one act: what one actor says on one claim, not far apart."""

from extraction.interface import Candidate, Kind, Span, Value
from extraction.trained.acts import APART, acts, joined

Said = tuple[str, str, int]


def grouped(*found: Said) -> list[list[Said]]:
    """Return the acts in what was ``found``: whose on what, in which sentence."""
    return acts(found, lambda one: one[:2], lambda one: one[2])


def said(at: int, value: Value, confidence: float) -> Candidate:
    """Return a stance in the sentence with the number ``at``."""
    span = Span(20 * at, 20 * at + 19)
    return Candidate(
        Kind.INDIRECT, (span,), "tax", "no", value=value, confidence=confidence
    )


def at(one: Candidate) -> int:
    """Return the number of a candidate's sentence."""
    return one.content[0].start // 20


def test_what_one_actor_says_on_one_claim_is_one_act() -> None:
    found: list[Said] = [("no", "tax", n) for n in (4, 0, APART + 4)]
    assert grouped(*found, ("no", "fees", 1), ("se", "tax", 2)) == [
        [("no", "tax", 0), ("no", "tax", 4), ("no", "tax", APART + 4)],
        [("no", "fees", 1)],
        [("se", "tax", 2)],
    ]


def test_sentences_far_apart_are_acts_of_their_own() -> None:
    assert len(grouped(("no", "tax", 0), ("no", "tax", APART + 1))) == 2


def test_the_surest_value_stands_and_the_sentences_beside_it_are_quoted() -> None:
    found = [said(0, Value.SUPPORT, 0.5), said(1, Value.SUPPORT, 0.9)]
    whole = joined([*found, said(4, Value.CONDITIONAL_SUPPORT, 0.6)], at)
    assert (whole.value, whole.confidence) == (Value.SUPPORT, 0.9)
    assert whole.content == (Span(0, 19), Span(20, 39))
    assert whole.also == (Span(80, 99),)
    assert not whole.reasons


def test_what_reads_otherwise_is_said_and_not_quoted() -> None:
    found = [said(0, Value.OPPOSE, 0.5), said(1, Value.SUPPORT, 0.9)]
    whole = joined([*found, said(4, Value.OPPOSE, 0.6)], at)
    assert (whole.content, whole.also) == ((Span(20, 39),), ())
    assert whole.reasons == ("elsewhere in the text it reads “oppose”",)
    assert whole.features == {"said_otherwise": 1.0}
