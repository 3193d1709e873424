"""Two engines on one document: agreement makes both surer, disagreement is shown in both.

Two candidates speak of the same act when actor, claim and some of the evidence are the
same. They agree when their values have the same sign; where one has no value, nothing
follows. Agreeing candidates both get the confidence

    high + (1 - high) * low * DEPENDENCE

with ``high`` and ``low`` their own: a noisy-or of two readers that counts the second by
half, as both read the same words and so share some mistakes. It is never lower than
either, and never above 1. Disagreement changes no confidence: people decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extraction.interface import Candidate, Value

DEPENDENCE = 0.5
SIGNS = {
    Value.OPPOSE: -1,
    Value.CONDITIONAL_OPPOSE: -1,
    Value.AMBIGUOUS: 0,
    Value.CONDITIONAL_SUPPORT: 1,
    Value.SUPPORT: 1,
}


@dataclass(frozen=True)
class Compared:
    """The candidates of both engines, weighed against each other, in their own order."""

    first: list[Candidate]
    second: list[Candidate]


def compare(
    first: list[Candidate], second: list[Candidate], names: tuple[str, str]
) -> Compared:
    """Return both engines' candidates, surer where they agree; ``names`` are the engines'."""
    return Compared(
        [_weighed(one, second, names[1]) for one in first],
        [_weighed(other, first, names[0]) for other in second],
    )


def _weighed(candidate: Candidate, others: list[Candidate], name: str) -> Candidate:
    same = [other for other in others if same_act(candidate, other)]
    agreeing = [other for other in same if agree(candidate, other)]
    contrary = [other for other in same if disagree(candidate, other)]
    confidence = candidate.confidence
    if agreeing:
        confidence = joint(confidence, max(other.confidence for other in agreeing))
    return replace(
        candidate,
        confidence=confidence,
        features={
            **candidate.features,
            **({"engines_agree": 1.0} if agreeing else {}),
            **({"engines_disagree": 1.0} if contrary else {}),
        },
        reasons=(
            *candidate.reasons,
            *_said(agreeing, f"The engine “{name}” agrees"),
            *_said(contrary, f"The engine “{name}” disagrees"),
        ),
    )


def _said(others: Iterable[Candidate], what: str) -> list[str]:
    values = dict.fromkeys(other.value for other in others if other.value)
    return [f"{what}: it reads {value.words}" for value in values]


def joint(one: float, other: float) -> float:
    """Return how sure two agreeing engines are together."""
    low, high = sorted((one, other))
    return min(1.0, high + (1 - high) * low * DEPENDENCE)


def same_act(one: Candidate, other: Candidate) -> bool:
    """Whether both are of one speaker, on one claim, from overlapping words."""
    if not one.speaker or (one.speaker, one.claim) != (other.speaker, other.claim):
        return False
    return any(
        a.start < b.end and b.start < a.end for a in one.places for b in other.places
    )


def agree(one: Candidate, other: Candidate) -> bool:
    """Whether both values are read and point the same way."""
    if one.value is None or other.value is None:
        return False
    return SIGNS[one.value] == SIGNS[other.value]


def disagree(one: Candidate, other: Candidate) -> bool:
    """Whether both values are read and point different ways."""
    return one.value is not None and other.value is not None and not agree(one, other)
