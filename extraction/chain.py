"""Climb from the word a claim is about to the words that say what is held of it.

Each governor on the way changes what is said of the thing: "ban" turns it, "oppose"
turns it, "not" turns or weakens it, "consider" weakens it. The climb records who is
the subject of each, so that the engine can tell whose stance it is.
"""

from dataclasses import dataclass, field

from spacy.tokens import Token

from extraction.cues import ATTITUDES, Cue, Cues, cues_in
from extraction.governing import governing_cue
from extraction.modality import is_infinitive, is_negated, modal_of
from extraction.state import State, apply, negate, with_modal
from extraction.terms import lemma

HYPOTHETICAL = frozenset(
    {
        "if",
        "whether",
        "unless",
        "until",
        "while",
        "because",
        "since",
        "although",
        "though",
        "when",
        "as",
        "before",
        "whereas",
        "once",
    }
)
REFUSING = {"refuse", "decline"}
INTRANSITIVE = {"be", "remain", "become", "seem", "stay", "appear", "look", "get"}


@dataclass(frozen=True)
class Step:
    """One governor: its token, its cue, the state after it, its modal."""

    token: Token
    cue: Cue | None
    state: State
    modal: str = ""


@dataclass
class Chain:
    """The climb from one anchor to the top of its sentence."""

    anchor: Token
    steps: list[Step] = field(default_factory=list)
    hypothetical: bool = False

    @property
    def state(self) -> State:
        """What the whole sentence says of the anchor."""
        return self.steps[-1].state if self.steps else State()

    def state_at(self, token: Token) -> State:
        """What is said up to and with ``token``."""
        for step in self.steps:
            if step.token == token:
                return step.state
        return self.state


def climb(anchor: Token, start: State | None = None) -> Chain:
    """Return the chain of governors above ``anchor`` within its sentence."""
    cues = cues_in(anchor.sent)
    chain = Chain(anchor)
    state, token, came = start or State(), anchor, None
    skip_cue = False
    for _ in range(40):
        step = _step(token, came, cues, state, skip_cue=skip_cue)
        chain.steps.append(step)
        state = step.state
        if token.head == token or token.head.sent != anchor.sent:
            break
        if _is_hypothetical(token):
            governor = _leave_open(chain, token, cues)
            if governor is None or governor.head == governor:
                break
            state, came, token = chain.state, governor, governor.head
            continue
        if noun := _noun_of_purpose(token, cues):
            came, token = token, noun
            continue
        adjunct = step.cue is None and not _is_complement(token)
        if adjunct or _is_aside(token, chain):
            break
        skip_cue = token.dep_ == "conj" or (
            token.dep_ == "relcl" and not is_infinitive(token)
        )
        came, token = token, token.head
    return chain


def _noun_of_purpose(token: Token, cues: Cues) -> Token | None:
    """ "dismissed calls to close it": the infinitive belongs to "calls"."""
    if token.dep_ != "advcl":
        return None
    particle = next(
        (c for c in token.children if c.lower_ == "to" and c.i < token.i), None
    )
    if particle is None or particle.i == token.sent.start:
        return None
    before = token.doc[particle.i - 1]
    return before if before.pos_ == "NOUN" and before.i in cues.at else None


def _leave_open(chain: Chain, token: Token, cues: Cues) -> Token | None:
    """ "too early to say whether": undecided; any other "if" only supposes."""
    for governor in list(token.ancestors)[:3]:
        found = cues.at.get(governor.i)
        if found is Cue.UNDECIDED or (
            found is Cue.OPPOSE and lemma(governor) in REFUSING
        ):
            state = apply(chain.state, Cue.UNDECIDED, governor)
            chain.steps.append(Step(governor, Cue.UNDECIDED, state))
            return governor
        if found is Cue.PLAN and lemma(governor) == "decide":
            undecided = negate(apply(chain.state, Cue.PLAN, governor), governor)
            chain.steps.append(Step(governor, Cue.UNDECIDED, undecided))
            return governor
    chain.hypothetical = True
    return None


def _is_complement(token: Token) -> bool:
    """Whether what is said of ``token`` goes on to its governor."""
    if token.dep_ in {"advcl", "npadvmod", "parataxis", "intj", "dative"}:
        return token.dep_ == "advcl" and _infinitive(token)
    if token.dep_ == "prep":
        return not _is_adjunct(token)
    return True


def _is_aside(token: Token, chain: Chain) -> bool:
    """ "X, who opposes it, ..." and "states considering it ...": the rest is new."""
    held = any(step.cue in ATTITUDES for step in chain.steps)
    return held and (
        token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in {"VBG", "VBN"})
    )


def _infinitive(token: Token) -> bool:
    """ "it is wrong to send" is often parsed as an adverbial clause."""
    return any(child.lower_ == "to" for child in token.children) and lemma(
        token.head
    ) in (INTRANSITIVE)


def _is_adjunct(preposition: Token) -> bool:
    word, head = preposition.lower_, preposition.head
    if word in {"after", "before", "during", "despite", "amid", "since", "under", "by"}:
        return True
    return (
        word in {"in", "with", "at"}
        and head.pos_ in {"VERB", "AUX"}
        and lemma(head)
        not in (
            {
                "agree",
                "side",
                "believe",
                "disagree",
                "stop",
                "proceed",
                "continue",
                "persist",
            }
        )
    )


def _is_hypothetical(token: Token) -> bool:
    if token.dep_ not in {"advcl", "ccomp", "pcomp", "acl", "csubj"}:
        return False
    return any(
        child.dep_ in {"mark", "advmod"}
        and child.lower_ in HYPOTHETICAL
        and child.i < token.i
        for child in token.children
    )


def _step(
    token: Token, came: Token | None, cues: Cues, state: State, *, skip_cue: bool
) -> Step:
    cue = None if skip_cue else governing_cue(token, came, cues)
    if cue:
        state = apply(state, cue, token)
    modal = "" if skip_cue else modal_of(token)
    if modal:
        state = with_modal(state, modal, cue, reported=_is_reported(token, cues))
    if not skip_cue and is_negated(token, came, cues.inside):
        state = negate(state, token)
    return Step(token, cue, state, modal)


def _is_reported(token: Token, cues: Cues) -> bool:
    """ "said it would": the future, seen from the past."""
    return token.dep_ == "ccomp" and cues.at.get(token.head.i) in {
        Cue.SAY,
        Cue.SUPPORT,
        Cue.PLAN,
    }
