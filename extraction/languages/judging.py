"""The value of what clauses say of a claim's object, by the same scale as English."""

from collections.abc import Sequence
from dataclasses import replace

from extraction.cues import Cue
from extraction.languages.clauses import NOUN_NEGATORS, Clause
from extraction.languages.lexicon import Op
from extraction.names.words import Word
from extraction.state import State, apply, negate

ATTITUDES = frozenset({"support", "oppose", "openness", "doubt", "undecided", "plan"})
EVALUATIONS = frozenset({"good", "bad"})
JUDGING = ATTITUDES | EVALUATIONS | {"deny"}
SHARING = frozenset({"share", "differ"})
MODALS = frozenset({"duty", "future", "can"})
REACH = 9
NEAR_NOUN = 4


def judge(
    chain: Sequence[Clause],
    at: int,
    words: Sequence[Word],
    language: str,
    state: State,
) -> State:
    """Return what the clauses of ``chain``, innermost first, say of word ``at``."""
    for index, clause in enumerate(chain):
        place = (
            at if index == 0 else (clause.last if at >= clause.last else clause.first)
        )
        state = _of_clause(clause, place, words, language, state)
    return state


def undoing(clause: Clause, at: int, words: Sequence[Word]) -> int:
    """Return -1 where the clause speaks of ending what word ``at`` names, else 1."""
    ends = [
        op for op in clause.ops if op.kind == "reverse" and abs(op.at - at) <= REACH
    ]
    nouns = [n for n in clause.negations if _is_on_noun(n, at, clause, words)]
    return -1 if (len(ends) + len(nouns)) % 2 else 1


def _of_clause(
    clause: Clause, at: int, words: Sequence[Word], language: str, state: State
) -> State:
    left = list(clause.negations)
    for place in [n for n in left if _is_on_noun(n, at, clause, words)]:
        left.remove(place)
        state = negate(State(state.sign, state.strength, reasons=state.reasons))
    told = any(op.kind in ATTITUDES for op in clause.ops)
    for op in _ordered(clause.ops, at):
        state = _apply(state, op, words, at, told=told)
        if left and language == "fr" and _is_denied(op, left, clause.ops):
            state = _denied(state)
            left = left[1:]
    if (
        language == "fr"
        and left
        and any(op.kind in ATTITUDES and op.at < left[0] for op in clause.ops)
    ):
        return state
    return _denied(state) if left else state


def _denied(state: State) -> State:
    """ "does not plan to" is a plain no."""
    if state.last is Cue.PLAN:
        state = replace(state, last=None)
    return negate(state)


def _is_on_noun(place: int, at: int, clause: Clause, words: Sequence[Word]) -> bool:
    """ "kein Soldat", "aucun soldat": the noun itself is denied."""
    if not words[place].key.startswith(NOUN_NEGATORS):
        return False
    between = [op for op in clause.ops if place < op.at <= at and op.kind in JUDGING]
    return 0 < at - place <= NEAR_NOUN and not between


def _ordered(ops: list[Op], at: int) -> list[Op]:
    """Undoing words next to the object first, then what follows it, then backwards."""
    undoing = [op for op in ops if op.kind == "reverse" and abs(op.at - at) <= REACH]
    rest = [op for op in ops if op.kind != "reverse"]
    after = [op for op in rest if op.at > at]
    before = [op for op in rest if op.at <= at]
    return [*undoing, *after, *reversed(before)]


def _is_denied(op: Op, negations: list[int], ops: list[Op]) -> bool:
    """The denied cue is the first one after "ne"."""
    after = [other.at for other in ops if other.at > negations[0]]
    return bool(after) and op.at == min(after)


def _apply(
    state: State, op: Op, words: Sequence[Word], at: int, *, told: bool
) -> State:
    if op.kind in MODALS:
        return _modal(state, op, words, told=told)
    if op.kind == "say" or op.kind in SHARING:
        return state
    after = apply(state, Cue(op.kind))
    said = f"“{words[op.at].raw}” says {op.kind}"
    if op.kind == "good" and op.at < at and not told:
        return state
    return State(
        after.sign,
        after.strength,
        after.explicit,
        after.last,
        after.void,
        (*state.reasons, said),
    )


def _modal(state: State, op: Op, words: Sequence[Word], *, told: bool) -> State:
    if told:
        return state
    strength = min(1, state.strength) if op.kind == "can" else state.strength
    reasons = (*state.reasons, f"modal “{words[op.at].raw}”")
    return replace(state, strength=strength, explicit=True, last=None, reasons=reasons)
