"""Words by which one takes another's side: "agrees with", "takes the same line"."""

from dataclasses import dataclass

from spacy.tokens import Token

from extraction.cues import ATTITUDES, OPINIONS, SHARING, cues_in
from extraction.lists import word_set
from extraction.names.resolver import Resolver
from extraction.state import State, apply
from extraction.terms import lemma

VIEWS = OPINIONS | word_set(
    "refusal rejection opposition objection resistance support backing conversion turn u-turn "
    "turnaround side condemnation criticism warning judgement verdict reservation doubt "
    "scepticism enthusiasm decision announcement promise pledge campaign appeal hostility "
    "preference reasoning conclusion plea protest denunciation complaint statement motion"
)
MEASURES = word_set(
    "move example initiative proposal plan position line idea stance approach decision demand "
    "call request reform suggestion view bid policy"
)
VIEWS |= MEASURES
ACTS = word_set(
    "decision announcement verdict refusal rejection stance remark statement demand appeal "
    "plea call criticism condemnation warning opposition"
)
JOINED = word_set(
    "call chorus criticism condemnation opposition demand protest appeal refusal rejection "
    "praise plea denunciation objection support request ban"
)
SIDING = {
    "with": word_set("agree side concur stand align line be ally sympathise vote"),
    "behind": word_set("stand line rally fall get be rank throw gather"),
    "by": word_set("stand"),
}
PARTING = {
    "with": word_set("disagree differ break part quarrel"),
    "from": word_set("differ dissent"),
}
FOLLOWING = word_set("back support echo second join endorse copy congratulate")
AGREEING = word_set("agree concur")
DISSENTING = word_set("disagree dissent demur differ")
HOLDING = word_set(
    "take hold share have be adopt make argue say want follow see think give express voice "
    "repeat reach do feel come go vote judge decide"
)
ALIKE = {"same", "identical", "similar"}
UNLIKE = {"opposite", "contrary"}
LIKEWISE = {"likewise": 1, "similarly": 1, "otherwise": -1, "differently": -1}
SHARED = VIEWS | word_set(
    "way answer direction mind course condition reason objection ground wish feeling camp"
)
CONTENT = {"dobj", "ccomp", "xcomp", "prep", "advcl"}
POINTED = {"it", "this", "that", "so"}


@dataclass(frozen=True)
class Siding:
    """A word that takes a side: with ``whom`` ("" for the one just heard) or against.

    ``sign`` is -1 where the word itself says against; denials are not in it. ``view``
    is the noun for what is shared or judged, if there is one.
    """

    word: Token
    whom: str = ""
    sign: int = 1
    holder: Token | None = None
    view: Token | None = None


def siding_at(token: Token, resolver: Resolver) -> Siding | None:
    """Return how ``token`` takes or leaves somebody's side, or None."""
    return (
        _with_somebody(token, resolver)
        or _of_view(token, resolver)
        or _passive(token)
        or _bare(token)
        or _alike(token)
        or _likewise(token)
        or _owned(token)
    )


def owner_of(noun: Token, resolver: Resolver) -> str:
    """The actor whose view the ``noun`` is: "Macron's approach", or ""."""
    if lemma(noun) not in VIEWS or noun.pos_ != "NOUN":
        return ""
    for child in noun.children:
        if child.dep_ == "poss":
            return _only(resolver, child)
    return next(filter(None, (_owner(c, noun, resolver) for c in noun.children)), "")


def is_act(noun: Token) -> bool:
    """ "the decision", "this demand": what the one just heard did or said."""
    bare = not any(c.dep_ in {"prep", "acl", "relcl", "poss"} for c in noun.children)
    known = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
    return lemma(noun) in ACTS and bare and known


def _owner(child: Token, noun: Token, resolver: Resolver) -> str:
    if lemma(noun) in MEASURES and child.dep_ in {"amod", "compound"}:
        return _by_name(child, resolver)
    if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "by", "from"}:
        found = (_only(resolver, pobj) for pobj in child.children)
        return next(filter(None, found), "")
    return ""


def _by_name(modifier: Token, resolver: Resolver) -> str:
    """ "the Swedish move", "the Benelux initiative"."""
    mention = resolver.mention_of(modifier)
    if mention is not None and mention.slug and mention.kind != "person":
        return mention.slug
    return resolver.gazetteer.country_called(modifier.lower_)


def _only(resolver: Resolver, token: Token) -> str:
    speakers = resolver.resolve_token(token)
    return speakers[0].slug if len(speakers) == 1 else ""


# -- "sides with Paris", "backs him", "welcomed Achebe's conversion" ---------


def _with_somebody(verb: Token, resolver: Resolver) -> Siding | None:
    word = lemma(verb)
    if followed := _followed(verb, resolver):
        return Siding(verb, followed)
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in SIDING | PARTING:
            continue
        sign = (word in SIDING.get(child.lower_, ())) - (
            word in PARTING.get(child.lower_, ())
        )
        for pobj in child.children if sign and child.i > verb.i else ():
            if (slug := _only(resolver, pobj)) and _may_side(verb, pobj):
                return Siding(verb, slug, sign, _misread_subject(verb))
    return None


def _followed(verb: Token, resolver: Resolver) -> str:
    """ "backs him"; "would back it" is said of the matter, not of a body."""
    if lemma(verb) not in FOLLOWING or verb.pos_ != "VERB":
        return ""
    objects = (c for c in verb.children if c.dep_ == "dobj" and c.lower_ not in POINTED)
    return next(filter(None, (_only(resolver, child) for child in objects)), "")


def _misread_subject(verb: Token) -> Token | None:
    """ "Rome sides with Oslo": the parser may take the verb for a noun."""
    if verb.pos_ != "NOUN":
        return None
    before = [c for c in verb.children if c.i < verb.i]
    return next((c for c in before if c.dep_ in {"nmod", "compound", "nsubj"}), None)


def _may_side(verb: Token, whom: Token) -> bool:
    """ "is with Paris on this", but not "was with him in Oslo"."""
    if lemma(verb) != "be":
        return True
    after = whom.doc[whom.i + 1] if whom.i + 1 < len(whom.doc) else None
    return after is None or after.is_punct or after.lower_ == "on"


def _of_view(noun: Token, resolver: Resolver) -> Siding | None:
    """ "shares Macron's view", "criticised her refusal", "is behind Madrid's levy"."""
    governor = governor_of(noun)
    if governor == noun or not takes_up(governor):
        return None
    owner = owner_of(noun, resolver)
    if not owner and not is_act(noun):
        return None
    return Siding(governor, owner, own_sign(governor), _misread_subject(governor), noun)


def governor_of(noun: Token) -> Token:
    """Return the verb that a view hangs on, past a preposition."""
    governor = noun.head
    if governor.dep_ == "prep" or governor.pos_ == "ADP":
        return governor.head
    return governor


def takes_up(governor: Token) -> bool:
    """Whether somebody shares, follows or judges the view that hangs on it."""
    if lemma(governor) in SHARING | {
        "line",
        "rally",
        "stand",
        "side",
        "agree",
        "greet",
    }:
        return True
    return cues_in(governor.sent).at.get(governor.i) in ATTITUDES


def own_sign(token: Token) -> int:
    """Return -1 where the word itself turns what it governs, else 1."""
    cue = cues_in(token.sent).at.get(token.i)
    return apply(State(), cue).sign if cue else 1


def _passive(verb: Token) -> Siding | None:
    """ "it is shared by the union"."""
    if lemma(verb) not in {"share", "echo", "second"} or verb.tag_ != "VBN":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None or subject.lower_ not in POINTED:
        return None
    return Siding(verb)


# -- "agrees", "takes the same line", "joined in the condemnation" -----------


def _bare(verb: Token) -> Siding | None:
    word = lemma(verb)
    if verb.pos_ != "VERB" or verb.dep_ == "relcl":
        return None
    if word == "follow" and any(c.lower_ == "suit" for c in verb.children):
        return Siding(verb)
    if word == "join" and _joins(verb):
        return Siding(verb)
    if word == "do" and any(c.lower_ == "so" and c.i > verb.i for c in verb.children):
        return Siding(verb) if verb.dep_ in {"ROOT", "ccomp"} else None
    if word in AGREEING | DISSENTING and not _has_content(verb):
        return Siding(verb, sign=1 if word in AGREEING else -1)
    return None


def _joins(verb: Token) -> bool:
    """ "joined in", "joined the chorus", "joined in the condemnation"."""
    for child in verb.children:
        if child.lower_ == "in" and child.dep_ in {"prep", "prt"}:
            return all(lemma(c) in JOINED for c in child.children)
        if child.dep_ == "dobj" and lemma(child) in JOINED:
            return not any(c.lower_ in {"for", "to"} for c in child.children)
    return False


def _has_content(verb: Token) -> bool:
    """Whether what is agreed on stands beside the verb."""
    for child in verb.children:
        if child.dep_ not in CONTENT or child.i < verb.i:
            continue
        inner = list(child.children) if child.dep_ == "prep" else [child]
        if any(t.lower_ not in POINTED and lemma(t) != "point" for t in inner):
            return True
    return False


def _alike(token: Token) -> Siding | None:
    """ "takes the same line", "is of the opposite opinion", "said the same"."""
    sign = (token.lower_ in ALIKE) - (token.lower_ in UNLIKE)
    if not sign:
        return None
    noun = token.head if token.dep_ == "amod" else token
    if noun != token and lemma(noun) not in SHARED:
        return None
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = verb.head
    beside = (c for c in (*noun.children, *verb.children) if c != noun.head)
    if any(c.lower_ in {"of", "about", "for"} for c in beside):
        return None
    inside = noun.dep_ in {"dobj", "pobj", "attr", "acomp", "npadvmod", "advmod"}
    if not inside or verb.pos_ not in {"VERB", "AUX"} or lemma(verb) not in HOLDING:
        return None
    return Siding(verb, sign=sign)


def _likewise(token: Token) -> Siding | None:
    """ "Berlin thinks likewise", "sees it differently", "Romania too."."""
    sign = LIKEWISE.get(token.lower_, 0)
    verb = token.head
    if sign and token.dep_ == "advmod" and lemma(verb) in HOLDING:
        return Siding(verb, sign=sign)
    if token.lower_ not in {"too", "likewise", "also"}:
        return None
    alone = verb.dep_ == "ROOT" and verb.pos_ in {"PROPN", "NOUN"}
    rest = [t for t in verb.sent if not (t.is_punct or t.is_space)]
    return Siding(verb, holder=verb) if alone and rest[-1] == token else None


def _owned(token: Token) -> Siding | None:
    """ "it is the Commission's": the view just heard is the Commission's too."""
    if token.dep_ != "attr" or lemma(token.head) != "be":
        return None
    if not any(c.tag_ == "POS" for c in token.children):
        return None
    pointed = any(
        c.dep_ == "nsubj" and c.lower_ in POINTED for c in token.head.children
    )
    return Siding(token.head, holder=token) if pointed else None
