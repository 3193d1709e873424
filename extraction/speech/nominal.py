"""Reports that nouns and adjectives make: "a call for", "remain opposed to"."""

from collections.abc import Iterable

from spacy.tokens import Token

from extraction.speech import lexicon
from extraction.speech.clauses import phrase_tokens
from extraction.speech.reports import Report
from extraction.speech.syntax import VERBAL, child, cue_tokens, subject

CLAUSES = frozenset({"acl", "ccomp", "relcl"})
LINKS = frozenset({"be", "remain", "seem", "feel", "become", "sound", "stay", "appear"})


def noun_report(noun: Token) -> Report | None:
    """Return what a noun such as "claim" or "opposition" reports."""
    if noun.lemma_.lower() not in lexicon.NOUNS:
        return None
    return _clause_of_noun(noun) or _object_of_noun(noun) or _copula(noun)


def _cue(noun: Token, more: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted({noun, *more}, key=lambda token: token.i))


def _clause_of_noun(noun: Token) -> Report | None:
    for clause in noun.children:
        if clause.i < noun.i or clause.dep_ not in CLAUSES:
            continue
        if not _is_complement(clause):
            continue
        source, light = _holder(noun)
        rule = "noun clause" if _marked(clause, "that") else "noun infinitive"
        return Report(rule, noun, tuple(clause.subtree), source, _cue(noun, light))
    return None


def _is_complement(clause: Token) -> bool:
    if clause.dep_ == "ccomp" or _marked(clause, "that"):
        return clause.dep_ != "relcl"
    return any(
        other.dep_ == "aux" and other.lower_ == "to" for other in clause.children
    )


def _marked(clause: Token, word: str) -> bool:
    return any(
        other.dep_ == "mark" and other.lower_ == word for other in clause.children
    )


def _object_of_noun(noun: Token) -> Report | None:
    lemma = noun.lemma_.lower()
    for preposition in noun.children:
        if preposition.dep_ != "prep" or preposition.i < noun.i:
            continue
        known = lexicon.NOUN_PREPOSITIONS.get(preposition.lower_, frozenset())
        aim = child(preposition, "pobj", "pcomp")
        if lemma not in known or aim is None:
            continue
        source, light = _holder(noun)
        return Report(
            "noun object",
            noun,
            tuple(phrase_tokens(aim)),
            source,
            _cue(noun, [*light, preposition]),
        )
    return None


def _copula(noun: Token) -> Report | None:
    """ "Her hope is that the vote fails"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    clause = child(verb, "ccomp", "xcomp")
    source, _ = _holder(noun)
    if clause is None or source is None:
        return None
    return Report("noun copula", noun, tuple(clause.subtree), source, (noun, verb))


def _holder(noun: Token) -> tuple[Token | None, list[Token]]:
    """Return who holds it, with the verb that says so: "voiced opposition to"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner, []
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in {"by", "from", "among"}:
            return child(preposition, "pobj"), []
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in lexicon.LIGHT:
        return subject(verb), cue_tokens(verb)
    return None, []


def adjective_report(adjective: Token) -> Report | None:
    """Return what an adjective such as "opposed" or "worried" reports."""
    if adjective.lower_ not in lexicon.ADJECTIVES:
        return None
    source, link = _who_is(adjective)
    if source is None:
        return None
    content = _complement(adjective)
    if content is None and link is not None:
        content = _complement(link, after=adjective)
    if content is None:
        return None
    aim, preposition = content
    more = [preposition] if preposition is not None else []
    linked = cue_tokens(link) if link is not None else []
    cue = _cue(adjective, [*linked, *cue_tokens(adjective), *more])
    tokens = tuple(token for token in aim.subtree if token not in set(cue))
    return Report("adjective", adjective, tokens, source, cue)


def _who_is(adjective: Token) -> tuple[Token | None, Token | None]:
    head = adjective.head
    if adjective.dep_ in {"acomp", "oprd", "attr", "conj"} and head.pos_ in VERBAL:
        return subject(head), head if head.lemma_ in LINKS else None
    if adjective.dep_ in {"amod", "acl", "relcl"} and adjective.i > head.i:
        return head, None
    if child(adjective, "auxpass", "cop", "nsubjpass", "nsubj") is not None:
        return child(adjective, "nsubjpass", "nsubj"), None
    return None, None


def _complement(
    head: Token, after: Token | None = None
) -> tuple[Token, Token | None] | None:
    for other in head.children:
        if after is not None and other.i <= after.i:
            continue
        if other.dep_ in {"ccomp", "xcomp"} and other.i > head.i:
            return other, None
        if (
            other.dep_ == "prep"
            and other.i > head.i
            and other.lower_ not in {"in", "at", "than", "after", "before", "during"}
        ):
            aim = child(other, "pobj", "pcomp")
            if aim is not None:
                return aim, other
    return None
