"""Reports that a verb makes: clauses, intentions, attitudes, passives, asides."""

from collections.abc import Iterable

from spacy.tokens import Token

from extraction.speech import lexicon
from extraction.speech.clauses import clause_tokens, phrase_tokens, reported_clause
from extraction.speech.reports import Report
from extraction.speech.syntax import (
    VERBAL,
    agent,
    child,
    cue_tokens,
    is_passive,
    lemma_of,
    subject,
)

TRAILING = frozenset({"prep", "oprd", "xcomp", "ccomp", "dative", "acomp", "attr"})
REASONS = frozenset({"for", "of", "as", "over", "with", "from", "against", "to"})
MODALS = frozenset({"would", "will", "could", "should"})


def verb_report(verb: Token) -> Report | None:
    """Return what ``verb`` reports, or None when it reports nothing."""
    lemma = lemma_of(verb)
    if lemma == "accord":
        return _according_to(verb)
    if _is_set_phrase(verb, lemma):
        return None
    if is_passive(verb):
        return _passive(verb, lemma)
    source = subject(verb)
    if source is None:
        return None
    for rule in (
        _clause,
        _predicative,
        _infinitive,
        _gerund,
        _particle,
        _object,
        _prepositional,
        _aside,
        _seeming,
        _experienced,
    ):
        found = rule(verb, lemma, source)
        if found is not None:
            return found
    return None


def _is_set_phrase(verb: Token, lemma: str) -> bool:
    """ "Not to mention", "considering that", "let alone": no one's words."""
    bare = child(verb, "nsubj", "nsubjpass") is None
    if lemma == "mention":
        return bare and child(verb, "neg") is not None and _has_to(verb)
    return lemma == "consider" and bare and verb.dep_ in {"advcl", "prep"}


def _report(
    rule: str,
    verb: Token,
    content: Iterable[Token],
    source: Token | None,
    more_cue: Iterable[Token] = (),
) -> Report:
    cue = sorted({*cue_tokens(verb), *more_cue}, key=lambda token: token.i)
    taken = set(cue)
    kept = tuple(token for token in content if token not in taken)
    return Report(rule, verb, kept, source, tuple(cue))


def _clause(verb: Token, lemma: str, source: Token) -> Report | None:
    clause = reported_clause(verb)
    if clause is None:
        return None
    if lemma in lexicon.CLAUSAL:
        return _report("clause", verb, clause_tokens(verb, clause), source)
    if lemma in lexicon.INFINITIVE and child(clause, "aux") is not None:
        return _report("infinitive", verb, clause.subtree, source)
    return None


def _predicative(verb: Token, lemma: str, source: Token) -> Report | None:
    """ "Called the plan a mistake", "describes it as unworkable"."""
    if lemma not in lexicon.PREDICATIVE:
        return None
    named = child(verb, "dobj")
    predicate = child(verb, "oprd")
    if predicate is None and named is not None:
        predicate = _as_phrase(verb)
    if predicate is None:
        return None
    content = [*(named.subtree if named else ()), *predicate.subtree]
    return _report("predicative", verb, content, source)


def _as_phrase(verb: Token) -> Token | None:
    for other in verb.children:
        if other.dep_ == "prep" and other.lower_ == "as":
            return other
    return None


def _infinitive(verb: Token, lemma: str, source: Token) -> Report | None:
    goal = child(verb, "xcomp")
    if goal is None or not _has_to(goal):
        return None
    if lemma in lexicon.CLAUSAL and _is_question(goal):
        return _report("clause", verb, goal.subtree, source)
    if lemma in lexicon.INFINITIVE - lexicon.TRYING:
        holder = child(verb, "dobj")
        content = [*(holder.subtree if holder else ()), *goal.subtree]
        return _report("infinitive", verb, content, source)
    holder = child(verb, "dobj")
    if holder is not None and lemma in lexicon.ATTITUDE | lexicon.CLAUSAL:
        return _report("urged", verb, [*holder.subtree, *goal.subtree], source)
    return None


def _is_question(clause: Token) -> bool:
    """ "Considering how to respond", "has not decided whether to sign"."""
    first = clause.left_edge
    return first.tag_ in {"WRB", "WP", "WDT"} or first.lower_ == "whether"


def _has_to(verb: Token) -> bool:
    return any(other.dep_ == "aux" and other.lower_ == "to" for other in verb.children)


def _gerund(verb: Token, lemma: str, source: Token) -> Report | None:
    if lemma not in lexicon.GERUND:
        return None
    goal = child(verb, "xcomp")
    if goal is not None and goal.tag_ == "VBG":
        return _report("gerund", verb, goal.subtree, source)
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ == "out":
            goal = child(preposition, "pcomp", "pobj")
            if goal is not None:
                return _report("gerund", verb, goal.subtree, source, [preposition])
    return None


def _particle(verb: Token, lemma: str, source: Token) -> Report | None:
    """ "Ruled out a ban", "laid out plans": the particle makes the meaning."""
    particle = child(verb, "prt")
    aim = child(verb, "dobj", "ccomp")
    if particle is None or aim is None:
        return None
    if lemma not in lexicon.PARTICLE.get(particle.lower_, frozenset()):
        return None
    return _report("particle", verb, _object_tokens(verb, aim), source, [particle])


def _object(verb: Token, lemma: str, source: Token) -> Report | None:
    aim = child(verb, "dobj")
    if lemma not in lexicon.ATTITUDE and not _is_shared(lemma, aim):
        return None
    if aim is None:
        return None
    if aim.lower_ == "that" and aim.i == verb.i + 1 and lemma in lexicon.CLAUSAL:
        return _report("clause", verb, _rest_of_sentence(aim), source)
    return _report("object", verb, _object_tokens(verb, aim), source)


def _is_shared(lemma: str, aim: Token | None) -> bool:
    """ "Shares the minister's view": whose object is itself a stance."""
    if lemma != "share" or aim is None:
        return False
    return aim.lemma_.lower() in lexicon.NOUNS | lexicon.VIEWS


def _rest_of_sentence(start: Token) -> list[Token]:
    """Return what follows a "that" which the parser took for a pronoun."""
    return list(start.doc[start.i : start.sent.end])


def _object_tokens(verb: Token, aim: Token) -> list[Token]:
    """Return the object with what the verb says of it ("him for lying", "X as Y")."""
    content = phrase_tokens(aim)
    for other in verb.children:
        if other.i <= aim.i or other.dep_ not in TRAILING:
            continue
        if other.dep_ == "prep" and other.lower_ not in REASONS:
            continue
        content += other.subtree
    return content


def _prepositional(verb: Token, lemma: str, source: Token) -> Report | None:
    for preposition in verb.children:
        if preposition.dep_ not in {"prep", "prt"} or preposition.i < verb.i:
            continue
        if lemma not in lexicon.PREPOSITIONAL.get(preposition.lower_, frozenset()):
            continue
        aim = child(preposition, "pobj", "pcomp")
        if aim is not None:
            content = [*phrase_tokens(aim), *_rest(verb, preposition)]
            return _report("prepositional", verb, content, source, [preposition])
    return None


def _rest(verb: Token, preposition: Token) -> list[Token]:
    """ "Called on the board to resign": the infinitive is part of what was asked."""
    goal = child(verb, "xcomp")
    if goal is None or goal.i < preposition.i or not _has_to(goal):
        return []
    return list(goal.subtree)


def _aside(verb: Token, lemma: str, source: Token) -> Report | None:
    """ "Costs, he warned, would rise": the clause around the aside is the content."""
    if lemma not in lexicon.CLAUSAL or verb.dep_ not in {"parataxis", "advcl"}:
        return None
    if verb.dep_ == "advcl" and not _is_as_clause(verb):
        return None
    if verb.head.pos_ not in VERBAL:
        return None
    own = set(verb.subtree)
    content = [token for token in verb.head.subtree if token not in own]
    return _report("aside", verb, content, source)


def _seeming(verb: Token, lemma: str, source: Token) -> Report | None:
    """ "The talks appear to have failed": a judgement whose holder is not named."""
    goal = child(verb, "xcomp", "oprd")
    if lemma not in lexicon.SEEMING or goal is None:
        return None
    return _report("seeming", verb, [*phrase_tokens(source), *goal.subtree], None)


def _experienced(verb: Token, lemma: str, source: Token) -> Report | None:
    """ "The vote alarmed investors": the one who feels is the object."""
    holder = child(verb, "dobj")
    if lemma not in lexicon.EXPERIENCED or holder is None:
        return None
    return _report("experienced", verb, phrase_tokens(source), holder)


def _is_as_clause(verb: Token) -> bool:
    mark = child(verb, "mark")
    return mark is not None and mark.lower_ == "as"


def _according_to(verb: Token) -> Report | None:
    preposition = child(verb, "prep")
    source = child(preposition, "pobj") if preposition is not None else None
    if preposition is None or source is None:
        return None
    own = set(verb.subtree)
    content = [token for token in verb.head.subtree if token not in own]
    return _report("according", verb, content, source, [preposition])


def _passive(verb: Token, lemma: str) -> Report | None:
    """ "The plan was dismissed by the board", "she is expected to sign"."""
    patient = child(verb, "nsubjpass") or _reduced_patient(verb)
    if patient is None:
        return None
    source = agent(verb)
    clause = child(verb, "ccomp")
    if clause is not None and lemma in lexicon.CLAUSAL:
        return _report("told", verb, clause.subtree, source)
    rest = child(verb, "xcomp", "oprd") or _as_phrase(verb)
    known = lexicon.ATTITUDE | lexicon.INFINITIVE | lexicon.CLAUSAL
    if rest is not None and lemma in known | lexicon.PREDICATIVE:
        content = [*_patient_tokens(patient), *rest.subtree]
        return _report("expected", verb, content, source)
    if lemma not in lexicon.ATTITUDE:
        return None
    rule = "passive" if source is not None else "agentless"
    return _report(rule, verb, _patient_tokens(patient), source)


def _reduced_patient(verb: Token) -> Token | None:
    return verb.head if verb.dep_ == "acl" else None


def _patient_tokens(patient: Token) -> list[Token]:
    clauses = {
        token
        for other in patient.children
        if other.dep_ in {"acl", "relcl"}
        for token in other.subtree
    }
    return [token for token in patient.subtree if token not in clauses]
