"""What is said of a thing, as cue words, negations and modals change it."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from extraction.cues import Cue
from extraction.terms import lemma

RAISING = {"think", "believe", "feel"}
DECIDING = {"decide", "decision"}


@dataclass(frozen=True)
class State:
    """What is said of the anchor so far: sign, strength 0 to 2, whether said outright."""

    sign: int = 1
    strength: int = 2
    explicit: bool = False
    last: Cue | None = None
    void: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The value on the scale from -2 to 2."""
        return self.sign * self.strength


def apply(state: State, cue: Cue, token: Token | None = None) -> State:
    """Return what is said once ``cue`` governs it."""
    said = f"“{token.text}” says {cue}" if token is not None else f"cue {cue}"
    sign, strength, explicit = state.sign, state.strength, True
    if cue in {Cue.OPPOSE, Cue.BAD, Cue.HARM, Cue.DENY, Cue.REVERSE, Cue.DOUBT}:
        sign = -sign
    if cue in {Cue.DOUBT, Cue.OPENNESS} or cue is Cue.OPPOSE is state.last:
        strength = min(strength, 1)
    if cue is Cue.UNDECIDED:
        strength = 0
    if cue in {Cue.REVERSE, Cue.SAY}:
        explicit = state.explicit
    if cue is Cue.SAY:
        return replace(state, last=cue)
    reasons = (*state.reasons, said)
    return State(sign, strength, explicit, cue, state.void, reasons)


def negate(state: State, token: Token | None = None) -> State:
    """Return what is said once it is denied: "not rule out" is no support yet."""
    reasons = (
        *state.reasons,
        f"negated at “{token.text}”" if token is not None else "negated",
    )
    if state.last is Cue.SAY and token is not None and lemma(token) in RAISING:
        return replace(state, sign=-state.sign, reasons=reasons)
    if state.last is Cue.SAY:
        return replace(state, void=True, reasons=reasons)
    if state.last is Cue.UNDECIDED:
        return replace(state, reasons=reasons)
    if state.last is Cue.PLAN and token is not None and lemma(token) in DECIDING:
        return replace(state, strength=0, explicit=True, reasons=reasons)
    weak = state.last in {Cue.OPPOSE, Cue.DOUBT, Cue.PLAN, Cue.BAD, Cue.HARM}
    strength = 1 if weak else 2
    return replace(
        state, sign=-state.sign, strength=strength, explicit=True, reasons=reasons
    )


def with_modal(state: State, modal: str, cue: Cue | None, *, reported: bool) -> State:
    """Return what is said under a modal; ``reported``: "said it would"."""
    reasons = (*state.reasons, f"modal {modal}")
    if modal in {"duty", "future"} or (modal == "would" and reported):
        return replace(state, explicit=True, reasons=reasons)
    weaker = min(state.strength, 1)
    if modal == "may":
        return replace(state, strength=weaker, explicit=True, reasons=reasons)
    if cue in {None, Cue.REVERSE} and not state.explicit:
        return replace(state, strength=weaker, explicit=True, reasons=reasons)
    return state
