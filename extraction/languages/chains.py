"""Which clauses of a sentence hang together, and which claim each of them names."""

from extraction.languages.carrying import CARRIERS
from extraction.languages.clauses import Clause
from extraction.languages.topics import Topic


def _index(clauses: list[Clause], at: int) -> int:
    return next(
        i for i, clause in enumerate(clauses) if clause.first <= at < clause.last
    )


def by_clause(clauses: list[Clause], topics: list[Topic]) -> dict[int, Topic]:
    """The claim that fits best in each clause, one for clauses that hang together."""
    found: dict[int, Topic] = {}
    roots: set[int] = set()
    for topic in topics:
        index = _index(clauses, topic.at)
        root = chain_of(clauses, index)[-1].first
        if clauses[index].kind not in {"cond", "reason"} and root not in roots:
            found[index] = topic
            roots.add(root)
    return found


def chain_of(clauses: list[Clause], index: int) -> list[Clause]:
    """The clause and those it hangs on, innermost first."""
    chain = [clauses[index]]
    while (parent := chain[-1].parent) is not None:
        chain.append(clauses[parent])
    return chain


def told_roots(clauses: list[Clause], topics: dict[int, Topic]) -> set[int]:
    """Where the chains begin in which something is said of a claim named there."""
    chains = [chain_of(clauses, i) for i in topics]
    return {
        chain[-1].first
        for chain in chains
        if any(op.kind in CARRIERS for clause in chain for op in clause.ops)
    }


def fronted_topic(
    clauses: list[Clause], index: int, topics: dict[int, Topic]
) -> Topic | None:
    """ "Quant aux quotas, X plaide pour une baisse": named first, judged next."""
    before = index - 1
    while before >= 0 and before not in topics and not clauses[before].ops:
        before -= 1
    if before not in topics or any(op.kind in CARRIERS for op in clauses[before].ops):
        return None
    telling = any(op.kind in CARRIERS for op in clauses[index].ops)
    return topics[before] if telling and clauses[index].kind == "main" else None


def is_undecided(chain: list[Clause]) -> bool:
    return any(op.kind == "undecided" for clause in chain for op in clause.ops)
