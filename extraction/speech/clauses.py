"""Which tokens of a reported clause are the report, and which are the reporter's own."""

from spacy.tokens import Token

from extraction.speech import lexicon
from extraction.speech.syntax import DASHES, child

APART = frozenset({":", ";"}) | DASHES


def reported_clause(verb: Token) -> Token | None:
    """Return the clause that is the object of ``verb``; one in front needs a comma."""
    found = None
    for other in verb.children:
        if other.dep_ != "ccomp":
            continue
        if other.i > verb.i:
            return other
        if _fronted(other, verb):
            found = other
    return found


def _fronted(clause: Token, verb: Token) -> bool:
    """ "Costs would rise, she said": set apart by a comma and nothing stronger."""
    between = [token.text for token in verb.doc[clause.right_edge.i + 1 : verb.i]]
    edge = clause.right_edge.text
    if any(text in APART for text in between):
        return False
    return edge in {",", '"', "?", "!"} or bool({",", '"', "?", "!"} & set(between))


def clause_tokens(verb: Token, clause: Token) -> list[Token]:
    """Return the clause without what the reporter goes on to do: "... and vowed"."""
    dropped: set[Token] = set()
    for other in clause.children:
        if other.dep_ == "conj" and _is_reporters_own(other, verb):
            dropped |= set(other.subtree)
    tail = _trailing_participle(verb, clause)
    if tail is not None:
        dropped |= set(tail.subtree)
    return [token for token in clause.subtree if token not in dropped]


def phrase_tokens(noun: Token) -> list[Token]:
    """Return a noun phrase without the asides that a comma sets off (", who ...")."""
    dropped = {
        token
        for clause in noun.subtree
        if (clause.dep_ == "relcl" or clause.lower_ == "including")
        and clause.i > noun.i
        and noun.doc[clause.left_edge.i - 1].text == ","
        for token in clause.subtree
    }
    return [token for token in noun.subtree if token not in dropped]


def _is_reporters_own(conjunct: Token, verb: Token) -> bool:
    if child(conjunct, "nsubj", "nsubjpass", "mark") is not None:
        return False
    known = lexicon.SPEECH | lexicon.LIGHT
    return conjunct.lemma_.lower() in known and conjunct.tag_ == verb.tag_


def _trailing_participle(verb: Token, clause: Token) -> Token | None:
    """ "..., saying only that": after a comma the participle is the reporter's."""
    if clause.i < verb.i:
        return None
    for other in clause.subtree:
        if other.dep_ != "advcl" or other.tag_ != "VBG":
            continue
        first, last = other.left_edge.i, other.right_edge.i
        if last >= clause.right_edge.i - 1 and verb.doc[first - 1].text == ",":
            return other
    return None
