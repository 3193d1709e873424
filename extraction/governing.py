"""What a governor says of the word below it: by its cue, or by its predicate."""

from spacy.tokens import Token

from extraction.cues import ATTITUDES, EVALUATIONS, Cue, Cues
from extraction.lists import word_set
from extraction.modality import SUBJECTS, is_imperative, is_infinitive
from extraction.terms import lemma

NAMING = word_set(
    "call consider deem describe find label brand regard see view denounce judge make dismiss "
    "dub think keep declare"
)


NAMED = {"oprd", "acomp", "attr", "pobj", "amod", "ccomp", "xcomp"}
PREDICATED = {"acomp", "attr", "prep", "oprd", "advmod", "dobj", "amod"}
LEADING = {"lead", "amount", "end", "result", "come", "boil", "serve", "contribute"}
VANISHING = {"go", "disappear", "vanish", "expire", "lapse"}
GOING_ON = {"prep", "acomp", "xcomp", "prt", "advmod", "dobj", "attr", "oprd", "ccomp"}
BIDDING = {"ask", "tell", "order", "instruct", "invite", "request", "require"}
DEMANDING = {"ask", "move", "request", "require", "order"}


def governing_cue(token: Token, came: Token | None, cues: Cues) -> Cue | None:
    """Return what ``token`` says of the word ``came`` that it governs."""
    cue = cues.at.get(token.i)
    if cue is None and _is_shut_out(token):
        return Cue.REVERSE
    if token.lower_ == "against" and cues.at.get(token.head.i) is Cue.OPPOSE:
        return None
    if came is None:
        return None if cue in {Cue.HARM, Cue.HELP} else _plain(cue)
    if judged := _named(token, came, cues):
        return judged
    if came.dep_ in SUBJECTS:
        return _of_subject(token, cue, cues)
    return _of_complement(token, came, cue, cues)


def _is_shut_out(noun: Token) -> bool:
    """ "wants phones out of schools"."""
    return noun.pos_ == "NOUN" and any(
        child.lower_ == "out"
        and child.i == noun.i + 1
        and any(c.lower_ == "of" for c in child.children)
        for child in noun.children
    )


def _plain(cue: Cue | None) -> Cue | None:
    return Cue.OPENNESS if cue is Cue.EVERYTHING else cue


def _named(token: Token, came: Token, cues: Cues) -> Cue | None:
    if came.dep_ == "ccomp" and lemma(came) == "be":
        return None  # "thinks it would be a mistake": judged at "be" already
    named = came.dep_ in {"dobj", "nsubj", "ccomp", "nmod"} and lemma(token) in NAMING
    return _judgement(token, cues) if named else None


def _of_complement(
    token: Token, came: Token, cue: Cue | None, cues: Cues
) -> Cue | None:
    if cue is Cue.HARM:
        return Cue.PLAN if came.dep_ == "xcomp" else None
    asked = _is_demanded(token, came) or _is_bidding(token, came)
    if cue in {None, Cue.SAY} and asked:
        return Cue.SUPPORT
    if lemma(token) == "let" and came.dep_ == "ccomp" and is_imperative(token):
        return Cue.GOOD
    if cue is None and _is_judged_act(token, came):
        return _predicate_cue(token, cues, before=came.left_edge.i)
    if cue is None and token.pos_ == "NOUN":
        return _undone(token, came, cues)
    return None if cue is Cue.HELP else _plain(cue)


def _of_subject(token: Token, cue: Cue | None, cues: Cues) -> Cue | None:
    """An active verb says nothing of its subject; a predicate does."""
    if cue is None and _vanishes(token):
        return Cue.REVERSE
    if cue is None:
        return _predicate_cue(token, cues) if token.pos_ != "NOUN" else None
    if cue in ATTITUDES and cue is not Cue.UNDECIDED and _is_active(token):
        return None
    if cue is Cue.REVERSE and _is_active(token) and _has_object(token):
        return _effect(token, cues)
    return _plain(cue)


def _is_bidding(verb: Token, act: Token) -> bool:
    """ "asked the court to lift it", "told them to close it"."""
    told = any(c.dep_ == "dobj" for c in verb.children) or any(
        c.dep_ == "nsubj" for c in act.children
    )
    bidding = lemma(verb) in BIDDING and _is_active(verb)
    return bidding and told and act.dep_ in {"xcomp", "ccomp"} and is_infinitive(act)


def _is_judged_act(verb: Token, act: Token) -> bool:
    """ "it is wrong to send them", however the infinitive is attached."""
    if lemma(verb) not in {"be", "remain", "seem", "become"}:
        return False
    return act.dep_ in {"xcomp", "advcl", "ccomp"} and any(
        c.dep_ == "nsubj" and c.lower_ == "it" for c in verb.children
    )


def _is_demanded(verb: Token, clause: Token) -> bool:
    """ "moved that it be closed", "asked that no money go": a wish, by its mood."""
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    if clause.dep_ != "ccomp" or not marked or verb.pos_ != "VERB":
        return False
    if lemma(verb) in DEMANDING:
        return True
    if any(c.dep_ == "aux" for c in clause.children):
        return False
    passive = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in clause.children)
    return passive or clause.tag_ == "VB"


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
        if child.i <= token.i or _depth(child, token) > 4:
            continue
        near = child.dep_ in NAMED and _depth(child, token) <= 3
        quoted = child.dep_ in {"appos", "npadvmod", "dobj"} and _is_in_quotes(child)
        if not near and not quoted:
            continue
        cue = cues.at.get(child.i)
        if cue in EVALUATIONS:
            return cue
        if cue is None and _is_the_one(child, cues):
            return Cue.GOOD
    return None


def _is_in_quotes(word: Token) -> bool:
    """ "called the cap \"the only answer\"", parsed as two names of one thing."""
    start = word.left_edge.i
    return start > word.sent.start and word.doc[start - 1].text in {'"', "'"}


def _is_active(token: Token) -> bool:
    return token.pos_ == "VERB" and not any(c.dep_ == "auxpass" for c in token.children)


def _vanishes(verb: Token) -> bool:
    """ "the cages must go": gone without going anywhere."""
    if lemma(verb) not in VANISHING or verb.pos_ != "VERB":
        return False
    return not any(c.dep_ in GOING_ON for c in verb.children)


def _effect(verb: Token, cues: Cues) -> Cue | None:
    """ "it would end the misery" is good, "it would cut jobs" is bad."""
    for child in verb.children:
        if child.dep_ == "dobj":
            hit = cues.at.get(child.i)
            if hit in {Cue.BAD, Cue.HARM}:
                return Cue.GOOD
            return Cue.BAD if hit in {Cue.GOOD, Cue.HELP} else None
    return None


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in {"dobj", "xcomp"} for child in verb.children)


def _predicate_cue(token: Token, cues: Cues, before: int = 0) -> Cue | None:
    """ "X is a mistake", "X is out of the question", "X would mean war"."""
    for child in token.subtree:
        if before and child.i >= before:
            break
        near = child.dep_ in PREDICATED or _is_brought(child, token)
        cue = cues.at.get(child.i)
        near = near and child.i > token.i and _depth(child, token) <= 2
        if near and child.dep_ == "attr" and cue is None and _is_the_one(child, cues):
            return Cue.GOOD
        if near and cue in EVALUATIONS | ATTITUDES:
            return cue
    return None


def _is_brought(word: Token, verb: Token) -> bool:
    """ "lead to shortages", "end in tears"."""
    return word.dep_ == "pobj" and word.head.head == verb and lemma(verb) in LEADING


def _is_the_one(noun: Token, cues: Cues) -> bool:
    """ "the only budget we can spend", "the quickest way": praise without a word of it."""
    praised = [c for c in noun.children if c.lower_ == "only" or c.tag_ == "JJS"]
    bad = any(cues.at.get(c.i) in {Cue.BAD, Cue.HARM} for c in noun.children)
    definite = any(c.lower_ == "the" or c.dep_ == "poss" for c in noun.children)
    return bool(praised) and definite and not bad


def _depth(token: Token, top: Token) -> int:
    depth = 0
    while token != top and depth < 9:
        token, depth = token.head, depth + 1
    return depth
