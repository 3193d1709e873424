"""Matches proposed stances with those a coder logged, one to one."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.gold.corpus import Decoy, Gold, GoldStance

ORDER = ("oppose", "conditional_oppose", "ambiguous", "conditional_support", "support")
SIGNS = dict(zip(ORDER, (-1, -1, 0, 1, 1), strict=True))


@dataclass(frozen=True)
class Proposal:
    """A candidate as the command writes it."""

    text: str
    actor: str
    speaks_for: str
    claim: str
    stance: str
    stated_on: str
    evidence: tuple[tuple[int, int], ...]

    def overlap(self, span: tuple[int, int]) -> int:
        """Return how many code points of ``span`` the evidence covers."""
        start, end = span
        return sum(max(0, min(e, end) - max(s, start)) for s, e in self.evidence)


@dataclass
class Outcome:
    """What matched, what was missed and what was wrong; optional pairs apart."""

    pairs: list[tuple[GoldStance, Proposal]] = field(default_factory=list)
    optional: list[tuple[GoldStance, Proposal]] = field(default_factory=list)
    missed: list[GoldStance] = field(default_factory=list)
    false: list[Proposal] = field(default_factory=list)
    left_out: int = 0


def proposal(row: dict[str, Any]) -> Proposal | None:
    """Return the proposed stance, None where actor, claim or value is missing."""
    if not (row.get("actor") and row.get("claim") and row.get("stance")):
        return None
    return Proposal(
        text=row["text"],
        actor=row["actor"],
        speaks_for=row.get("speaks_for") or "",
        claim=row["claim"],
        stance=row["stance"],
        stated_on=row.get("stated_on") or "",
        evidence=tuple((start, end) for start, end in row["evidence"]),
    )


def match(gold: Gold, rows: list[dict[str, Any]]) -> Outcome:
    """Pair each gold stance with at most one proposal of same text, actor and claim.

    Their evidence must overlap. Required stances choose before optional ones, and the
    longest overlap goes first.
    """
    read = [proposal(row) for row in rows]
    open_proposals = [one for one in read if one is not None]
    outcome = Outcome(left_out=len(read) - len(open_proposals))
    required = [stance for stance in gold.stances if not stance.optional]
    optional = [stance for stance in gold.stances if stance.optional]
    outcome.pairs, open_proposals = _pair(required, open_proposals)
    outcome.optional, outcome.false = _pair(optional, open_proposals)
    found = {id(stance) for stance, _ in outcome.pairs}
    outcome.missed = [stance for stance in required if id(stance) not in found]
    return outcome


def _pair(
    stances: list[GoldStance], proposals: list[Proposal]
) -> tuple[list[tuple[GoldStance, Proposal]], list[Proposal]]:
    links = sorted(
        (-one.overlap(stance.evidence), i, j)
        for i, stance in enumerate(stances)
        for j, one in enumerate(proposals)
        if _same(stance, one) and one.overlap(stance.evidence)
    )
    taken: dict[int, int] = {}
    for _, i, j in links:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(stances[i], proposals[j]) for i, j in sorted(taken.items())]
    used = set(taken.values())
    return pairs, [one for j, one in enumerate(proposals) if j not in used]


def _same(stance: GoldStance, one: Proposal) -> bool:
    return (stance.text, stance.actor, stance.claim) == (one.text, one.actor, one.claim)


def trips(one: Proposal, decoy: Decoy) -> bool:
    """Tell whether a false proposal fell for ``decoy``."""
    return (
        one.text == decoy.text
        and decoy.actor in {"", one.actor}
        and decoy.claim in {"", one.claim}
        and one.overlap(decoy.evidence) > 0
    )


def fault(one: Proposal, gold: Gold) -> str:
    """Name what is wrong with a false proposal."""
    near = [s for s in gold.stances if s.text == one.text and one.overlap(s.evidence)]
    if any(_same(stance, one) for stance in near):
        return "said twice"
    if any(trips(one, decoy) for decoy in gold.decoys):
        return "decoy"
    if any(stance.actor == one.actor for stance in near):
        return "wrong claim"
    if any(stance.claim == one.claim for stance in near):
        return "wrong actor"
    return "wrong actor and claim" if near else "no stance there"


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Return the mean F1 over the values that occur, of (gold, proposed) pairs."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for true, said in pairs:
        counts[true]["gold"] += 1
        counts[said]["said"] += 1
        counts[true]["hit"] += true == said
    scores = [2 * c["hit"] / (c["gold"] + c["said"]) for c in counts.values()]
    return sum(scores) / len(scores) if scores else 0.0
