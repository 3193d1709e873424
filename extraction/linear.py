"""Read words in a row, where the parse of a headline or a broken clause says nothing."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from extraction.cues import ATTITUDES, EVALUATIONS, Cue, Cues, listed_cue
from extraction.modality import NEGATIONS, next_word
from extraction.state import State, apply, negate

DECISIVE = ATTITUDES | EVALUATIONS - {Cue.HARM, Cue.HELP}
WORDS = {"for": Cue.SUPPORT, "pro": Cue.SUPPORT, "yes": Cue.SUPPORT}
WORDS |= {"against": Cue.OPPOSE, "anti": Cue.OPPOSE}
FAR = 9  # words from a cue to what it is about


def read_back(words: Sequence[Token], cues: Cues, *, headline: bool) -> State:
    """Return what ``words``, read from the last to the first, say of what follows them.

    A headline lacks its verbs: there "for" and "against" are enough, and "to" promises.
    """
    state = State()
    for token in reversed(words):
        cue = _cue(token, cues, headline=headline)
        if cue is not None and cue is not Cue.SAY:
            state = apply(state, cue, token)
        elif _denies(token, cues):
            state = negate(state, token)
    return state


def read_on(words: Sequence[Token], cues: Cues, state: State) -> State:
    """Return what ``words`` after the thing say of it: the first judgement counts."""
    denied = False
    for token in words[:FAR]:
        cue = cues.at.get(token.i)
        if cue in EVALUATIONS:
            state = apply(state, cue, token)
            return negate(state, token) if denied else state
        denied = denied or _denies(token, cues)
    return state


def is_decisive(state: State) -> bool:
    """Whether a word said outright what is held."""
    return state.explicit and not state.void


def promised(state: State) -> State:
    """Return ``state`` as what somebody is to do: "X to close the plants"."""
    return replace(state, explicit=True)


def _cue(token: Token, cues: Cues, *, headline: bool) -> Cue | None:
    cue = cues.at.get(token.i)
    if cue is None and headline and token.i not in cues.inside:
        cue = WORDS.get(token.lower_) or listed_cue(token.lower_, next_word(token))
    if cue in {Cue.HARM, Cue.HELP}:
        return None
    return Cue.OPENNESS if cue is Cue.EVERYTHING else cue


def _denies(token: Token, cues: Cues) -> bool:
    return token.lower_ in NEGATIONS and token.i not in cues.inside
