"""Read subjects, complements and spans off a dependency parse."""

# ruff: noqa: RUF001

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extraction.interface import Span
from extraction.speech import lexicon

SUBJECTS = frozenset({"nsubj", "csubj"})
BREAKS = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"who", "that", "which", "whom"})
EDGES = frozenset(",;:-–—.'")
DASHES = frozenset({"-", "–", "—", "―", "--"})
DEEPEST = 4


def child(token: Token, *relations: str) -> Token | None:
    """Return the first child that hangs on one of ``relations``."""
    for other in token.children:
        if other.dep_ in relations:
            return other
    return None


def agent(verb: Token) -> Token | None:
    """Return "the board" of "was dismissed by the board"."""
    for preposition in verb.children:
        if preposition.dep_ == "agent" or preposition.lower_ == "by":
            return child(preposition, "pobj", "pcomp") or _next_noun(preposition)
    return None


def _next_noun(preposition: Token) -> Token | None:
    """Return the head of the name that follows, where the parse gave it elsewhere."""
    if preposition.i + 1 >= len(preposition.doc):
        return None
    noun = preposition.nbor()
    while noun.dep_ in {"compound", "amod", "det", "poss"} and noun.head.i > noun.i:
        noun = noun.head
    return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} else None


def lemma_of(token: Token) -> str:
    """Return the dictionary form, with the model's known slips put right."""
    lemma = token.lemma_.lower()
    return "hope" if lemma == "hop" and token.lower_.startswith("hoping") else lemma


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive, reduced relatives included."""
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBN"
        and child(verb, "nsubj", "aux") is None
    )


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Return who does it: own subject, agent, or the subject that a governor lends."""
    own = child(verb, "nsubj", "csubj")
    if own is not None:
        return own
    if is_passive(verb):
        return agent(verb)
    if depth >= DEEPEST:
        return None
    return _lent_subject(verb, depth + 1)


def _lent_subject(verb: Token, depth: int) -> Token | None:
    head = verb.head
    relation = verb.dep_
    if relation == "pcomp":
        relation, head = "advcl", head.head
    if relation in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"}:
        if head is verb:
            return None
        if head.pos_ in VERBAL:
            if relation == "conj" and _resumes(verb, head):
                return subject(head.head, depth)
            return _controller(verb, head, depth)
        if head.pos_ in {"NOUN", "ADJ"} and relation in {"xcomp", "advcl"}:
            return subject(head.head, depth) if head.head.pos_ in VERBAL else None
    if relation in {"acl", "relcl"}:
        return _modified_noun(verb)
    return None


def _resumes(verb: Token, head: Token) -> bool:
    """ "She said it was late but added": the second verb is the first speaker's."""
    if head.dep_ != "ccomp" or verb.lemma_.lower() not in lexicon.SPEECH:
        return False
    return head.head.lemma_.lower() in lexicon.CLAUSAL and verb.tag_ == head.head.tag_


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    """In "asked him to leave" the object acts; in "wants to leave" the subject."""
    if verb.dep_ == "xcomp":
        holder = child(head, "dobj")
        if holder is not None and holder.i < verb.i:
            return holder
    if is_passive(head) and verb.dep_ != "conj":
        return child(head, "nsubjpass") or agent(head)
    if is_passive(head):
        return child(head, "nsubjpass")
    return subject(head, depth)


def _modified_noun(verb: Token) -> Token | None:
    if verb.tag_ == "VBN" and child(verb, "nsubj") is None:
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        return _who_has(verb.head)
    return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None


def _who_has(noun: Token) -> Token | None:
    """In "she has no wish to leave" it is she who would leave, not the wish."""
    owner = child(noun, "poss")
    if owner is not None or noun.dep_ != "dobj":
        return owner
    return child(noun.head, "nsubj")


def span_of(tokens: Iterable[Token]) -> list[Span]:
    """Return the spans that the tokens cover, one for each unbroken run of tokens."""
    ordered = sorted(set(tokens), key=lambda token: token.i)
    runs: list[list[Token]] = []
    for token in ordered:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = [trimmed(run) for run in runs]
    return [span for span in spans if span is not None]


def trimmed(tokens: list[Token]) -> Span | None:
    """Return the tokens' span without punctuation and space at its edges."""
    first, last = 0, len(tokens)
    while first < last and _is_edge(tokens[first]):
        first += 1
    while last > first and (
        _is_edge(tokens[last - 1]) or tokens[last - 1].dep_ == "cc"
    ):
        last -= 1
    inner = tokens[first:last]
    if not any(char.isalnum() for token in inner for char in token.text):
        return None
    return Span(inner[0].idx, inner[-1].idx + len(inner[-1].text))


def _is_edge(token: Token) -> bool:
    return token.is_space or not set(token.text) - EDGES


def noun_phrase(noun: Token) -> list[Token]:
    """Return the tokens of a name or noun phrase without clauses that hang on it."""
    kept: list[Token] = []
    _gather(noun, kept)
    ordered = sorted(kept, key=lambda token: token.i)
    at = ordered.index(noun)
    first = last = at
    while first and _joins(ordered[first - 1], ordered[first]):
        first -= 1
    while last + 1 < len(ordered) and _joins(ordered[last], ordered[last + 1]):
        last += 1
    return ordered[first : last + 1]


def _joins(left: Token, right: Token) -> bool:
    if left.i + 1 != right.i:
        return False
    if left.text in DASHES or right.text in DASHES:
        return not left.whitespace_  # a hyphen inside a word is no wall
    return '"' not in {left.text, right.text}


def _gather(token: Token, kept: list[Token]) -> None:
    kept.append(token)
    for other in token.children:
        if other.dep_ not in BREAKS:
            _gather(other, kept)


def source_spans(noun: Token | None) -> tuple[Span, ...]:
    """Return the span of a speaker, with the antecedent of "who" before it."""
    if noun is None:
        return ()
    spans = []
    antecedent = antecedent_of(noun)
    if antecedent is not None:
        spans += _unquoted(noun_phrase(antecedent))
    spans += _unquoted(noun_phrase(noun))
    for members in examples(noun):
        spans += _unquoted(members)
    return tuple(sorted(set(spans)))


def examples(noun: Token) -> list[list[Token]]:
    """Return the members named after a group: ", including Chad and Mali"."""
    return [
        list(other.subtree)
        for other in noun.subtree
        if other.lower_ == "including" and other.i > noun.i
    ]


def antecedent_of(noun: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for."""
    if noun.lower_ not in RELATIVES:
        return None
    verb = noun.head
    for _ in range(DEEPEST):
        if verb.dep_ == "relcl":
            return verb.head
        verb = verb.head
    return None


def _unquoted(tokens: list[Token]) -> list[Span]:
    while tokens and tokens[0].text == '"':
        tokens = tokens[1:]
    span = trimmed(tokens) if tokens else None
    return [span] if span is not None else []


def cue_tokens(head: Token) -> list[Token]:
    """Return a cue with its auxiliaries, negation and particle."""
    kept = {"aux", "auxpass", "neg", "prt", "advmod"}
    near = [
        other
        for other in head.children
        if other.dep_ in kept and abs(other.i - head.i) <= 3
    ]
    return sorted([head, *near], key=lambda token: token.i)


def cue_span(tokens: list[Token]) -> Span:
    """Return the span from the first to the last of a cue's tokens."""
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1].text))


def is_negated(head: Token) -> bool:
    """Tell whether the cue itself is negated: "did not rule out", "never said"."""
    return any(
        other.dep_ == "neg" or other.lower_ in {"never", "hardly", "no"}
        for other in head.children
        if other.i < head.i or other.dep_ == "neg"
    )


def text_between(doc: Doc, start: int, end: int) -> str:
    """Return the normalised text between two offsets."""
    return doc.text[start:end] if start < end else ""
