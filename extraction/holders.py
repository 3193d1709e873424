"""Whose stance a cue word reports: the subject, possessor or agent of the cue."""

from spacy.tokens import Token

from extraction.lists import word_set
from extraction.terms import lemma

LIGHT = word_set(
    "express voice reiterate have show make repeat signal give announce deliver maintain "
    "restate underline reaffirm confirm renew hold share issue declare stress state lay set "
    "present put drop keep soften harden abandon table file submit lodge bring launch raise "
    "voice throw lend pledge withdraw add lead mount step intensify "
    "see find feel perceive recognise sense spot"
)
ROLES = {
    "opponent",
    "supporter",
    "critic",
    "advocate",
    "proponent",
    "backer",
    "champion",
}
MINDED = word_set(
    "wedded opposed committed devoted dedicated inclined disposed resigned reconciled attached "
    "accustomed prepared determined convinced persuaded minded united divided split torn"
)
PERSONAL = word_set(
    "acceptable unacceptable intolerable unthinkable inconceivable impossible question table "
    "line starter nonstarter taboo must priority"
)
SIDES = word_set(
    "country government nation state party cabinet administration ministry side coalition "
    "union federation association alliance organisation company movement group council "
    "city region office department faction bench"
)
TEXTS = word_set(
    "bill draft proposal plan motion amendment manifesto programme paper resolution petition "
    "law directive strategy budget blueprint platform report white-paper decree initiative"
)
SOURCES = {"come", "emanate", "stem", "issue", "arrive"}
FIRST = {"i", "i.", "we", "us", "our", "my", "let"}


def holder_of(token: Token, depth: int = 0) -> Token | None:
    """Return the word that names who holds what ``token`` says, or None."""
    if depth > 8:
        return None
    if token.pos_ in {"NOUN", "PROPN", "PRON"}:
        return _of_noun(token, depth)
    if token.pos_ in {"ADJ", "ADV", "ADP"}:
        return _of_predicate(token, depth)
    return _of_verb(token, depth)


def _of_verb(verb: Token, depth: int) -> Token | None:
    if agent := _agent(verb):
        return agent
    if passive := next((c for c in verb.children if c.dep_ == "nsubjpass"), None):
        return passive if _is_state_of_mind(verb) else None
    auxiliaries = [c for c in verb.children if c.dep_ == "auxpass"]
    subjects = [c for a in auxiliaries for c in a.children if c.dep_ == "nsubj"]
    if subjects and _is_state_of_mind(verb):
        return subjects[0]
    for child in reversed(list(verb.children)) if _is_inverted(verb) else verb.children:
        real = child.dep_ == "nsubj" and child.lower_ != "there"
        if real:
            return child
    return _inherited(verb, depth)


def _is_inverted(verb: Token) -> bool:
    """ "No return to it, says Warsaw": of two subjects the later one speaks."""
    subjects = [child.i for child in verb.children if child.dep_ == "nsubj"]
    return len(subjects) > 1 and subjects[-1] > verb.i


def _is_state_of_mind(verb: Token) -> bool:
    """ "remains wedded to it": no passive, though it is parsed as one."""
    objects = any(child.dep_ == "prep" for child in verb.children)
    return verb.tag_ == "VBN" and verb.lower_ in MINDED and objects


def _inherited(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if verb.dep_ in {"xcomp", "advcl", "acomp", "oprd", "attr"} or (
        verb.dep_ == "conj" and head.pos_ != "NOUN"
    ):
        return holder_of(head, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return head
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ in {"pcomp", "ccomp"} and head.dep_ in {"prep", "xcomp", "ROOT"}:
        return holder_of(head.head, depth + 1) if head.dep_ == "prep" else None
    if verb.dep_ in {"aux", "auxpass"}:
        return holder_of(head, depth + 1)
    return None


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            inner = [t for t in child.children if t.dep_ == "pobj"]
            if inner and verb.tag_ == "VBN":
                return inner[0]
            if child.dep_ == "agent" and not inner:
                return _noun_after(child)
    return None


def _noun_after(preposition: Token) -> Token | None:
    """The parser sometimes loses the agent: take the noun phrase that follows."""
    found = None
    for token in preposition.doc[preposition.i + 1 : preposition.i + 6]:
        if token.pos_ in {"PROPN", "NOUN"}:
            found = token
        elif token.pos_ not in {"DET", "ADJ"}:
            break
    return found


def _of_predicate(word: Token, depth: int) -> Token | None:
    own = next((child for child in word.children if child.dep_ == "nsubj"), None)
    if own is not None:
        return own
    if word.dep_ in {"acomp", "oprd", "xcomp", "ccomp", "prep", "advmod"}:
        return (
            _of_verb(word.head, depth + 1)
            if word.head.pos_ in {"VERB", "AUX"}
            else None
        )
    if word.dep_ == "conj":
        return holder_of(word.head, depth + 1)
    if word.dep_ in {"amod", "relcl", "appos", "acl"}:
        return word.head if word.i > word.head.i else None
    return None


def _of_noun(noun: Token, depth: int) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return _owner(child, noun, depth)
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"from", "by", "among"}:
            for pobj in child.children:
                if pobj.dep_ == "pobj":
                    return pobj
    if lemma(noun) in ROLES:
        return _of_role(noun, depth)
    return _of_light_verb(noun, depth)


def _owner(possessor: Token, noun: Token, depth: int) -> Token | None:
    """ "Ministers renewed their call": "their" is the subject of the same verb."""
    verb = noun.head if noun.dep_ in {"dobj", "attr"} else None
    if possessor.pos_ == "PRON" and possessor.lower_ not in FIRST and verb is not None:
        return _of_verb(verb, depth + 1) or possessor
    return possessor


def _of_role(noun: Token, depth: int) -> Token | None:
    if noun.dep_ == "attr":
        return _of_verb(noun.head, depth + 1)
    if noun.dep_ == "appos":
        return noun.head
    return None


def _of_light_verb(noun: Token, depth: int) -> Token | None:
    verb = noun.head
    if noun.dep_ == "nsubjpass" and lemma(verb) in LIGHT:
        return _agent(verb)
    if noun.dep_ == "nsubj" and lemma(verb) in SOURCES:
        return _origin(verb)
    if noun.dep_ == "pobj":
        verb = verb.head
    if (
        verb.pos_ in {"VERB", "AUX"}
        and lemma(verb) in LIGHT
        and noun.dep_ in {"dobj", "pobj"}
    ):
        return _of_verb(verb, depth + 1)
    owners = [c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"]
    for pobj in (p for owner in owners for p in owner.children):
        if pobj.ent_type_ in {"GPE", "PERSON", "ORG", "NORP"}:
            return pobj
    return None


def _origin(verb: Token) -> Token | None:
    """ "The call came from X"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "from":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def judges_of(verb: Token) -> list[Token]:
    """ "X is out of the question for Y", "unacceptable to Y": whose judgement it is."""
    below = list(verb.subtree)
    if not any(word.lower_ in PERSONAL for word in below):
        return []
    return [
        pobj
        for word in below
        if word.lower_ in {"for", "to"} and word.dep_ in {"prep", "dative"}
        for pobj in word.children
        if pobj.dep_ == "pobj"
    ]


def is_own_side(token: Token) -> bool:
    """ "his country", "our party", "the country": the speaker's own."""
    if lemma(token) not in SIDES:
        return False
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner.pos_ == "PRON"
    return lemma(token) == "country" and any(c.lower_ == "the" for c in token.children)


def owner_of_text(noun: Token) -> Token | None:
    """ "Lund's bill", "a paper by the League", "a motion tabled by it": whose words."""
    if lemma(noun) not in TEXTS:
        return None
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "acl" and child.tag_ == "VBN" and (agent := _agent(child)):
            return agent
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_first_person(token: Token) -> bool:
    """Whether ``token`` is I, we, us, our."""
    if token.lower_ in FIRST:
        return True
    return any(
        child.dep_ == "poss" and child.lower_ in FIRST for child in token.children
    )
