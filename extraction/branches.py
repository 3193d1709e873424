"""Other predicates of what a climb passes: "the tax, which X opposes", "backed by Y"."""

from collections.abc import Iterator

from spacy.tokens import Token

from extraction.chain import Chain, branch
from extraction.cues import ATTITUDES, EVALUATIONS
from extraction.modality import SUBJECTS

GAPS = {"which", "that", "whom"}


def branches(chain: Chain) -> Iterator[Chain]:
    """Return the climbs that leave ``chain`` for another verb on the same thing."""
    for count, step in enumerate(chain.steps, start=1):
        token = step.token
        if token.pos_ in {"VERB", "AUX"}:
            return
        for verb, came in (*_relative(token), *_shared(token)):
            other = branch(chain, count, verb, came)
            if _is_telling(other, count):
                yield other


def _relative(noun: Token) -> Iterator[tuple[Token, Token | None]]:
    """Verbs of clauses on ``noun``, each with the word that stands for it there."""
    for verb in noun.children:
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            yield from ((each, None) for each in (verb, *_conjuncts(verb)))
        if verb.dep_ == "relcl" and verb.pos_ in {"VERB", "AUX"}:
            yield from ((verb, word) for word in _gap(verb))


def _gap(verb: Token) -> list[Token | None]:
    """What stands for ``noun`` in its clause: a relative word, else an empty place."""
    words = [w for w in verb.subtree if w.lower_ in GAPS and w.tag_ in {"WDT", "WP"}]
    if words:
        word = words[0]
        if word.dep_ == "pobj":
            word = word.head
        return [word] if word.head == verb and word.dep_ != "nsubj" else []
    subject = any(child.dep_ == "nsubj" for child in verb.children)
    full = any(child.dep_ in {"dobj", "ccomp", "xcomp"} for child in verb.children)
    return [None] if subject and not full else []


def _shared(noun: Token) -> Iterator[tuple[Token, Token | None]]:
    """Verbs that share their subject with the verb of ``noun``: "came and was backed"."""
    if noun.dep_ in SUBJECTS:
        came = noun if noun.dep_ == "nsubj" else None
        yield from ((verb, came) for verb in _conjuncts(noun.head))


def _conjuncts(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ != "conj" or child.pos_ not in {"VERB", "AUX"}:
            continue
        if not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children):
            yield child
            yield from _conjuncts(child)


def _is_telling(chain: Chain, before: int) -> bool:
    """Whether the branch itself says something of the thing."""
    first = chain.steps[before : before + 1]
    return any(step.cue in ATTITUDES | EVALUATIONS for step in first)
