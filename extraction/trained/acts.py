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
    """Return the surest candidate of an act; the words of those that agree show it, too.

    What stands beside it is its content, what is further off stands in ``also``. What reads
    otherwise is left out, and the reasons say so.
    """
    surest = max(act, key=lambda one: one.confidence)
    contrary = [one for one in act if disagree(one, surest)]
    agreed = [one for one in act if one not in contrary]
    content = _spans(one for one in agreed if abs(at(one) - at(surest)) <= NEAR)
    values = dict.fromkeys(one.value.words for one in contrary if one.value)
    features = {"said_otherwise": 1.0} if contrary else {}
    return replace(
        surest,
        content=content,
        also=tuple(span for span in _spans(agreed) if span not in content),
        reasons=(
            *surest.reasons,
            *(f"elsewhere in the text it reads “{value}”" for value in values),
        ),
        features={**surest.features, **features},
    )


def _spans(candidates: Iterable[Candidate]) -> tuple[Span, ...]:
    return tuple(sorted({span for one in candidates for span in one.content}))
