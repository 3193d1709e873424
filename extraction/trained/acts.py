"""What somebody says on one claim, not far apart, is one act and one candidate."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from extraction.agreement import disagree
from extraction.interface import Candidate, Span

APART = 6  # sentences from one to the next of an act: while a claim is under discussion
NEAR = 1  # sentences before and after the surest that are quoted with it
One = TypeVar("One")


def acts(
    found: Iterable[One], whose: Callable[[One], Hashable], at: Callable[[One], int]
) -> list[list[One]]:
    """Group what was ``found`` by ``whose`` it is and where, in the order of the text.

    ``at`` says in which sentence one stands.
    """
    groups: list[list[One]] = []
    latest: dict[Hashable, list[One]] = {}
    for one in sorted(found, key=at):
        act = latest.get(whose(one))
        if act and at(one) - at(act[-1]) <= APART:
            act.append(one)
        else:
            latest[whose(one)] = act = [one]
            groups.append(act)
    return groups


def joined(act: list[Candidate], at: Callable[[Candidate], int]) -> Candidate:
    """Return the surest candidate of an act; the words of the others show it, too.

    Those of the sentences beside it are its content, those further off stand in ``also``.
    """
    surest = max(act, key=lambda one: one.confidence)
    near = [one for one in act if abs(at(one) - at(surest)) <= NEAR]
    contrary = [one for one in act if disagree(one, surest)]
    reasons = surest.reasons
    for value in dict.fromkeys(one.value.words for one in contrary if one.value):
        reasons = (*reasons, f"elsewhere it reads “{value}”")
    content = _spans(near)
    also = [span for span in _spans(act) if span not in content]
    return replace(surest, content=content, also=tuple(also), reasons=reasons)


def _spans(candidates: Iterable[Candidate]) -> tuple[Span, ...]:
    return tuple(sorted({span for one in candidates for span in one.content}))
