"""Cue words: what a word of stance says about what it governs."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from spacy.tokens import Span, Token

from extraction.lists import lines_of, word_set
from extraction.terms import lemma

TABLE = Path(__file__).parent / "data" / "cues.txt"


class Cue(StrEnum):
    """The classes of cue words."""

    SUPPORT = "support"
    PLAN = "plan"
    OPENNESS = "openness"
    EVERYTHING = "everything"
    DOUBT = "doubt"
    UNDECIDED = "undecided"
    OPPOSE = "oppose"
    REVERSE = "reverse"
    DENY = "deny"
    GOOD = "good"
    BAD = "bad"
    HARM = "harm"
    HELP = "help"
    SAY = "say"


ATTITUDES = frozenset(
    {
        Cue.SUPPORT,
        Cue.PLAN,
        Cue.OPENNESS,
        Cue.DOUBT,
        Cue.UNDECIDED,
        Cue.OPPOSE,
        Cue.DENY,
    }
)
EVALUATIONS = frozenset({Cue.GOOD, Cue.BAD, Cue.HARM, Cue.HELP})

OPINIONS = word_set(
    "idea view position approach stance opinion call proposal plan remark word comment line "
    "thesis initiative policy assessment analysis conviction belief vision thinking concern "
    "argument sentiment suggestion push demand request"
)
PARTICLES = {"prt", "prep", "advmod"}
PREDICATES = {"ROOT", "ccomp", "relcl", "conj"}
TELLING = {"VERB", "NOUN", "ADJ", "PROPN", "ADV"}
OBJECTS = {"dobj", "nsubjpass", "pobj"}
RESTRAINTS = {"ban", "embargo", "sanction", "restriction", "tariff", "limit", "cap"}
RESTRAINTS |= {"blockade", "moratorium", "quota", "freeze", "veto", "curfew", "siege"}
BACKING = word_set(
    "be stand put throw get rally unite fall remain swing line place come"
)
SIGNING = {"sign", "pass", "adopt", "enact", "co-sign", "cosign"}
TEXTS = {"law", "bill", "act", "decree", "letter", "pact", "treaty", "motion", "appeal"}
TEXTS |= {"resolution", "petition", "amendment", "agreement", "declaration"}
SHARING = {"share", "echo", "mirror", "adopt", "follow", "join", "repeat", "match"}


@cache
def _table() -> tuple[dict[str, Cue], dict[tuple[str, ...], Cue], dict[str, Cue]]:
    """Cues of words ("word" or "word/POS"), of phrases, of "verb+particle"."""
    words: dict[str, Cue] = {}
    phrases: dict[tuple[str, ...], Cue] = {}
    particles: dict[str, Cue] = {}
    for line in lines_of(TABLE):
        cue, _, listed = line.partition(":")
        for word in (word.strip() for word in listed.split(",")):
            if "+" in word:
                particles[word] = Cue(cue)
            elif " " in word:
                phrases[tuple(word.split())] = Cue(cue)
            else:
                words.setdefault(word, Cue(cue))
    return words, phrases, particles


@dataclass(frozen=True)
class Cues:
    """The cue words of one sentence: class by position, positions inside phrases."""

    at: dict[int, Cue]
    inside: frozenset[int]


def cues_in(sentence: Span) -> Cues:
    """Return the cue words of ``sentence``; a fixed phrase outranks its words.

    Kept in the document, for every climb in the sentence asks again.
    """
    key = f"cues {sentence.start} {sentence.end}"
    known: Cues | None = sentence.doc.user_data.get(key)
    if known is None:
        known = _read_cues(sentence)
        sentence.doc.user_data[key] = known
    return known


def _read_cues(sentence: Span) -> Cues:
    found = {token.i: cue for token in sentence if (cue := _cue_of(token))}
    inside: set[int] = set()
    for tokens, cue in _phrases_in(sentence):
        if any(token.i in inside for token in tokens):
            continue
        for token in tokens:
            found.pop(token.i, None)
        found[_head(tokens).i] = cue
        inside |= {token.i for token in tokens}
    return Cues(found, frozenset(inside))


def _cue_of(token: Token) -> Cue | None:
    word = lemma(token)
    if particle := _with_particle(token, word):
        return particle
    if word == "lift" and not _lifts_restraint(token):
        return None
    return _with_object(token, word) or _listed(token, word)


def _with_object(token: Token, word: str) -> Cue | None:
    """Words that say something only of some objects, or with one."""
    if token.lower_ == "behind" and lemma(token.head) in BACKING:
        return Cue.SUPPORT
    governed = _object(token)
    if governed is None:
        return None
    if token.lower_ == "back" and token.dep_ in PREDICATES:
        return Cue.SUPPORT  # the parser may take the verb for an adverb
    if token.pos_ != "VERB":
        return None
    signed = word in SIGNING and lemma(governed) in TEXTS
    shared = word in SHARING and lemma(governed) in OPINIONS
    return Cue.SUPPORT if signed or shared else None


def _with_particle(token: Token, word: str) -> Cue | None:
    _, _, particles = _table()
    for child in token.children:
        if child.dep_ in PARTICLES and child.i > token.i:
            found = particles.get(f"{word}+{child.lower_}")
            if found:
                return found
    # "called for women to be drafted": parsed as the clause's own "for"
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return particles.get(f"{word}+{after.lower_}") if after.lower_ == "for" else None


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


def _listed(token: Token, word: str) -> Cue | None:
    words, _, _ = _table()
    exact = words.get(f"{word}/{token.pos_}")
    if exact:
        return exact
    if token.pos_ in TELLING and (plain := words.get(word)):
        return plain
    return words.get(token.lower_) if token.pos_ in {"ADJ", "VERB", "ADV"} else None


def listed_cue(word: str, after: str) -> Cue | None:
    """What ``word`` says as a verb, whatever the parser takes it for: "backs"."""
    words, _, particles = _table()
    forms = [word.removesuffix(ending) for ending in ("", "s", "es", "ing", "ed")]
    for form in forms:
        found = particles.get(f"{form}+{after}") or words.get(f"{form}/VERB")
        found = found or words.get(form)
        if found:
            return found
    return None


def _lifts_restraint(token: Token) -> bool:
    """Lifting a ban ends it; lifting a wage does not."""
    return any(lemma(c) in RESTRAINTS for c in token.children if c.dep_ in OBJECTS)


def _phrases_in(sentence: Span) -> list[tuple[list[Token], Cue]]:
    """The words of each fixed phrase, the longest first; of its gaps, none."""
    starting = _phrases_by_first()
    tokens = [token for token in sentence if not token.is_punct]
    words = [lemma(token) for token in tokens]
    found = []
    for start, word in enumerate(words):
        for phrase, cue in starting.get(word, ()):
            matched = _match(words, start, phrase)
            if matched:
                found.append(([tokens[n] for n in matched], cue))
    return sorted(found, key=lambda each: -len(each[0]))


@cache
def _phrases_by_first() -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    _, phrases, _ = _table()
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for phrase, cue in phrases.items():
        found.setdefault(phrase[0], []).append((phrase, cue))
    return found


def _match(words: list[str], start: int, phrase: tuple[str, ...]) -> list[int]:
    """Where the words of ``phrase`` stand from ``start`` on; "_" is any one word.

    An object may stand inside a "keep ... open".
    """
    gaps = (0, 1, 2, 3) if phrase[0] in {"keep", "leave"} else (0,)
    for gap in gaps:
        places = [start, *range(start + 1 + gap, start + gap + len(phrase))]
        if places[-1] < len(words) and all(
            wanted in {words[place], "_"}
            for place, wanted in zip(places, phrase, strict=True)
        ):
            return [
                p for p, wanted in zip(places, phrase, strict=True) if wanted != "_"
            ]
    return []


def _head(tokens: list[Token]) -> Token:
    """The word of a phrase that governs: the verb of "put his weight behind"."""
    inside = {token.i for token in tokens}
    heads = [
        token for token in tokens if token.head.i not in inside or token.head == token
    ]
    above = {token.head for token in heads}
    if len(heads) > 1 and len(above) == 1:
        verb = above.pop()
        if verb.pos_ in {"VERB", "AUX"}:
            return verb
    content = [token for token in heads if token.pos_ not in {"DET", "PART", "AUX"}]
    return (content or heads or tokens)[0]
