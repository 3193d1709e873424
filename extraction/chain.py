"""Climb from the word a claim is about to the words that say what is held of it.

Each governor on the way changes what is said of the thing: "ban" turns it, "oppose"
turns it, "not" turns or weakens it, "consider" weakens it. The climb records who is
the subject of each, so that the engine can tell whose stance it is.
"""

from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from extraction.cues import ATTITUDES, EVALUATIONS, Cue, Cues, cues_in
from extraction.lists import word_set
from extraction.terms import lemma

NEGATIONS = {"not", "n't", "never", "no", "nor", "neither", "hardly", "nobody", "none"}
DUTY = {"should", "must", "ought", "shall", "need"}
FUTURE = {"will", "'ll", "wo", "wilt"}
MAY = {"can", "could", "may", "might", "ca"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}
HYPOTHETICAL = {"if", "whether", "unless", "until", "while", "because", "since"}
HYPOTHETICAL |= {"although", "though", "when", "as", "before", "whereas", "once"}
RAISING = {"think", "believe", "feel"}
REFUSING = {"refuse", "decline"}
NOW = ("for now", "at this stage", "at the moment", "currently", "at present", "yet")
NOW += ("at this point", "for the time being", "right now", "so far", "any time soon")
NAMING = word_set(
    "call consider deem describe find label brand regard see view denounce judge make dismiss "
    "dub think keep declare"
)
INTRANSITIVE = {"be", "remain", "become", "seem", "stay", "appear", "look", "get"}


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
            token.dep_ == "relcl" and not _is_infinitive(token)
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


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


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
    cue = None if skip_cue else _governing_cue(token, came, cues)
    if cue:
        state = apply(state, cue, token)
    modal = "" if skip_cue else _modal(token)
    if modal:
        state = _with_modal(state, modal, cue, reported=_is_reported(token, cues))
    if not skip_cue and _is_negated(token, came, cues.inside):
        state = negate(state, token)
    return Step(token, cue, state, modal)


def _governing_cue(token: Token, came: Token | None, cues: Cues) -> Cue | None:
    cue = cues.at.get(token.i)
    if came is not None and came.dep_ in {"dobj", "nsubj", "ccomp", "nmod"}:
        if lemma(token) in NAMING and (judged := _judgement(token, cues)):
            return judged
    if token.lower_ == "against" and cues.at.get(token.head.i) is Cue.OPPOSE:
        return None
    if cue is Cue.HARM and came is not None and came.dep_ == "xcomp":
        return Cue.PLAN
    if cue is None and came is not None and token.pos_ == "NOUN":
        return _undone(token, came, cues)
    if cue in {Cue.HARM, Cue.HELP} and not (came is not None and came.dep_ in SUBJECTS):
        cue = None
    if cue is Cue.EVERYTHING:
        cue = Cue.OPENNESS
    if came is not None and came.dep_ in SUBJECTS and cue is None:
        return _predicate_cue(token, cues)
    if (
        came is not None
        and came.dep_ in SUBJECTS
        and cue in ATTITUDES
        and _is_active(token)
    ):
        return None if cue is not Cue.UNDECIDED else cue
    return cue


def _undone(noun: Token, came: Token, cues: Cues) -> Cue | None:
    """ "a closing date for the plants" is about closing them."""
    for child in noun.children:
        modifies = child.dep_ == "compound" or (
            child.dep_ == "amod" and child.tag_ == "VBG"
        )
        if modifies and child != came and cues.at.get(child.i) is Cue.REVERSE:
            return Cue.REVERSE
    return None


def _judgement(token: Token, cues: Cues) -> Cue | None:
    """ "calls X dangerous", "describes X as a mistake"."""
    for child in token.subtree:
        near = child.dep_ in {"oprd", "acomp", "attr", "pobj", "amod", "ccomp", "xcomp"}
        cue = cues.at.get(child.i)
        if (
            near
            and child.i > token.i
            and cue in EVALUATIONS
            and _depth(child, token) <= 3
        ):
            return cue
    return None


def _is_active(token: Token) -> bool:
    return token.pos_ == "VERB" and not any(c.dep_ == "auxpass" for c in token.children)


def _predicate_cue(token: Token, cues: Cues) -> Cue | None:
    """ "X is a mistake", "X is out of the question", "X would mean war"."""
    for child in token.subtree:
        near = child.dep_ in {"acomp", "attr", "prep", "oprd", "advmod", "dobj", "amod"}
        cue = cues.at.get(child.i)
        if near and cue and child.i > token.i and _depth(child, token) <= 2:
            if cue in EVALUATIONS | ATTITUDES | {Cue.UNDECIDED}:
                return cue
    return None


def _depth(token: Token, top: Token) -> int:
    depth = 0
    while token != top and depth < 9:
        token, depth = token.head, depth + 1
    return depth


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
    if (
        state.last is Cue.PLAN
        and token is not None
        and lemma(token) in {"decide", "decision"}
    ):
        return replace(state, strength=0, explicit=True, reasons=reasons)
    weak = state.last in {Cue.OPPOSE, Cue.DOUBT, Cue.PLAN, Cue.BAD, Cue.HARM}
    return State(-state.sign, 1 if weak else 2, True, state.last, state.void, reasons)


def _modal(token: Token) -> str:
    if _shares_subject(token):
        return _modal(token.head)
    for child in token.children:
        if child.dep_ == "aux" and child.pos_ == "AUX" and child.i < token.i:
            word = child.lower_
            if word in DUTY:
                return "duty"
            if word in FUTURE:
                return "future"
            if word in MAY:
                return "may"
            if word in {"would", "'d"}:
                return "would"
    if lemma(token) == "have" and any(
        c.dep_ == "xcomp" and _is_infinitive(c) for c in token.children
    ):
        return "duty"
    if token.dep_ == "xcomp" and lemma(token.head) in {"have", "need"}:
        return "duty"
    if token.dep_ == "xcomp" and token.head.lower_ == "going":
        return "future"
    return ""


def _shares_subject(token: Token) -> bool:
    """ "would go on and close": the second verb has no subject or auxiliary of its own."""
    if token.dep_ != "conj" or token.pos_ != "VERB" or token.head.pos_ != "VERB":
        return False
    return not any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in token.children)


def _with_modal(state: State, modal: str, cue: Cue | None, *, reported: bool) -> State:
    reasons = (*state.reasons, f"modal {modal}")
    if modal in {"duty", "future"} or (modal == "would" and reported):
        return replace(state, explicit=True, reasons=reasons)
    weaker = min(state.strength, 1)
    if modal == "may":
        return replace(state, strength=weaker, explicit=True, reasons=reasons)
    if cue in {None, Cue.REVERSE} and not state.explicit:
        return replace(state, strength=weaker, explicit=True, reasons=reasons)
    return state


def _is_reported(token: Token, cues: Cues) -> bool:
    """ "said it would": the future, seen from the past."""
    return token.dep_ == "ccomp" and cues.at.get(token.head.i) in {
        Cue.SAY,
        Cue.SUPPORT,
        Cue.PLAN,
    }


def _is_negated(token: Token, came: Token | None, inside: frozenset[int]) -> bool:
    """Whether ``token`` is denied by a word outside the cue phrases ``inside``."""
    if any(_negates(child) for child in token.children if child.i not in inside):
        return True
    if any(_denies_all(child) for child in token.children if child != came):
        return True
    return _inherits_negation(token)


def _negates(child: Token) -> bool:
    if child.lower_ not in NEGATIONS:
        return child.lower_ == "longer" and any(
            c.lower_ == "no" for c in child.children
        )
    if child.dep_ in SUBJECTS:
        return child.lower_ in {"nobody", "none", "neither"}
    if child.dep_ in {"neg", "advmod", "preconj", "cc"}:
        return not _is_additive(child)
    return child.dep_ == "det" and child.lower_ in {"no", "neither"}


def _denies_all(subject: Token) -> bool:
    """ "neither Rome nor Berlin wants", "no minister wants", "not one of them"."""
    if subject.dep_ not in SUBJECTS:
        return False
    return any(child.lower_ in {"no", "neither", "not"} for child in subject.children)


def _is_additive(negation: Token) -> bool:
    """ "not only", "not just" and "not least" deny nothing."""
    after = negation.doc[negation.i + 1] if negation.i + 1 < len(negation.doc) else None
    return (
        after is not None
        and after.lower_ in {"only", "just", "least", "to", "merely"}
        and (after.lower_ != "to")
    )


def _inherits_negation(token: Token) -> bool:
    """ "will not send or fund": the second verb is denied too."""
    if token.dep_ != "conj" or token.pos_ != "VERB":
        return False
    own = any(c.dep_ in {"aux", "nsubj", "nsubjpass", "neg"} for c in token.children)
    ors = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in token.head.children)
    return ors and not own and any(_negates(c) for c in token.head.children)


def for_now(sentence: Span) -> bool:
    """Whether ``sentence`` limits what it says to the present."""
    words = sentence.text.casefold()
    return any(phrase in words for phrase in NOW)
