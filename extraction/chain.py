"""Climb from the word a claim is about to the words that say what is held of it.

Each governor on the way changes what is said of the thing: "ban" turns it, "oppose"
turns it, "not" turns or weakens it, "consider" weakens it. The climb records who is
the subject of each, so that the engine can tell whose stance it is.
"""

from dataclasses import dataclass, field

from spacy.tokens import Token

from extraction.cues import ATTITUDES, Cue, Cues, cues_in
from extraction.governing import governing_cue
from extraction.lists import word_set
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
FACTUAL = {"while", "whereas", "although", "though", "because", "since"}
THREATENING = {"warn", "threaten", "fear"}
FEARING = {"fear", "dread", "worry", "concern", "warn", "caution"}
REFUSING = {"refuse", "decline"}
INTRANSITIVE = {"be", "remain", "become", "seem", "stay", "appear", "look", "get"}
STARTING_ADJUNCTS = word_set("after before during despite amid since under by")


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
    _climb_on(chain, cues, start or State(), anchor, None)
    return chain


def branch(chain: Chain, at: int, token: Token, came: Token | None) -> Chain:
    """Return the climb that leaves ``chain`` after ``at`` steps, for ``token``."""
    other = Chain(chain.anchor, chain.steps[:at])
    state = other.state
    _climb_on(other, cues_in(chain.anchor.sent), state, token, came)
    return other


def _climb_on(
    chain: Chain, cues: Cues, state: State, token: Token, came: Token | None
) -> None:
    skip_cue = False
    first = len(chain.steps)
    visited: set[int] = set()
    while token.i not in visited:
        visited.add(token.i)
        step = _step(token, came, cues, state, skip_cue=skip_cue)
        chain.steps.append(step)
        state = step.state
        if token.head == token or token.head.sent != chain.anchor.sent:
            break
        if _is_hypothetical(token):
            governor = _leave_open(chain, token, cues)
            if governor is None or governor.head == governor:
                break
            state, came, token = chain.state, governor, governor.head
        elif noun := _noun_of_purpose(token, cues) or _noun_before(token, cues):
            came, token = token, noun
        elif _ends(step, chain, cues, branched=bool(first)):
            break
        else:
            skip_cue = _is_beside(token)
            came, token = token, token.head


def _ends(step: Step, chain: Chain, cues: Cues, *, branched: bool) -> bool:
    """Whether what is said of ``step`` says nothing of what is further up."""
    adjunct = step.cue is None and not _is_complement(step.token, cues)
    # a branch is on the noun that it would climb back to
    back = branched and step.token.dep_ in {"relcl", "acl"}
    return adjunct or back or _is_aside(step.token, chain)


def _is_beside(token: Token) -> bool:
    """Whether the next word up is beside ``token``, and says nothing of it itself."""
    # a bare verb is no relative clause, but a wish that was parsed as one
    clause = token.dep_ == "relcl" and token.tag_ != "VB"
    return token.dep_ == "conj" or (clause and not is_infinitive(token))


def _is_fact(clause: Token, chain: Chain) -> bool:
    """ "while X wants it": the clause says it outright."""
    told = any(step.cue in ATTITUDES for step in chain.steps)
    return told and any(
        child.lower_ in FACTUAL and child.dep_ in {"mark", "advmod"}
        for child in clause.children
    )


def _noun_of_purpose(token: Token, cues: Cues) -> Token | None:
    """ "dismissed calls to close it": the infinitive belongs to "calls"."""
    if token.dep_ != "advcl":
        return None
    starts = [c for c in token.children if c.lower_ in {"to", "for"} and c.i < token.i]
    first = min(starts, key=lambda child: child.i, default=None)
    if first is None or first.i == token.sent.start:
        return None
    before = token.doc[first.i - 1]
    if before.dep_ == "pobj" and before.head.lower_ == "for":
        before = token.doc[max(before.head.i - 1, token.sent.start)]
    kinds = {"NOUN", "VERB"} if first.lower_ == "for" else {"NOUN"}
    if before.pos_ not in kinds or token.is_ancestor(before):
        return None
    return before if before.i in cues.at else None


def _noun_before(token: Token, cues: Cues) -> Token | None:
    """ "repeats its objection to it": the preposition is the noun's, not the verb's."""
    if token.dep_ not in {"prep", "dative"} or token.i == token.sent.start:
        return None
    before = token.nbor(-1)
    ours = before.head == token.head and before.dep_ == "dobj"
    held = before.pos_ == "NOUN" and cues.at.get(before.i) in ATTITUDES
    return before if ours and held else None


def _leave_open(chain: Chain, token: Token, cues: Cues) -> Token | None:
    """ "too early to say whether": undecided; any other "if" only supposes."""
    if _is_fact(token, chain):
        return None
    for governor in list(token.ancestors)[:3]:
        found = cues.at.get(governor.i)
        if lemma(governor) in THREATENING and token.dep_ == "advcl":
            state = apply(chain.state, Cue.BAD, governor)
            chain.steps.append(Step(governor, Cue.OPPOSE, state))
            return governor
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


def _is_complement(token: Token, cues: Cues) -> bool:
    """Whether what is said of ``token`` goes on to its governor."""
    if token.dep_ in {"prep", "dative"} and _completes_cue(token, cues):
        return True
    if token.dep_ in {"advcl", "npadvmod", "parataxis", "intj", "dative"}:
        return token.dep_ == "advcl" and _infinitive(token)
    if token.dep_ == "prep":
        return not _is_adjunct(token)
    return True


def _completes_cue(preposition: Token, cues: Cues) -> bool:
    """ "take part in", "a no to", "the green light to": what follows is its object."""
    before = preposition.nbor(-1) if preposition.i > preposition.sent.start else None
    if before is None or preposition.lower_ in STARTING_ADJUNCTS:
        return False
    ends_phrase = before.i in cues.inside and preposition.head.i in cues.inside
    return ends_phrase or cues.at.get(before.i) in ATTITUDES


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
    if word in STARTING_ADJUNCTS:
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
    if cue in {Cue.OPPOSE, Cue.DOUBT} and _is_fear_of_harm(token, state):
        cue = Cue.SAY
    if cue is Cue.SAY and lemma(token) == "warn" and _foretells(state, came):
        cue = Cue.BAD
    if cue:
        state = apply(state, cue, token)
    modal = "" if skip_cue else modal_of(token)
    if modal:
        state = with_modal(state, modal, cue, reported=_is_reported(token, cues))
    if not skip_cue and is_negated(token, came, cues.inside):
        state = negate(state, token)
    return Step(token, cue, state, modal)


def _is_fear_of_harm(token: Token, state: State) -> bool:
    """ "fears that it would ruin them": the harm is what speaks against it."""
    return lemma(token) in FEARING and state.last in {Cue.HARM, Cue.BAD}


def _foretells(state: State, came: Token | None) -> bool:
    """ "warned that it would cost jobs": whatever it brings is feared."""
    told = came is not None and came.dep_ == "ccomp"
    return told and state.last in {None, Cue.REVERSE} and state.sign > 0


def _is_reported(token: Token, cues: Cues) -> bool:
    """ "said it would": the future, seen from the past."""
    return token.dep_ == "ccomp" and cues.at.get(token.head.i) in {
        Cue.SAY,
        Cue.SUPPORT,
        Cue.PLAN,
    }
