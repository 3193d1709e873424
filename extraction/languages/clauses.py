"""Clauses of a sentence, which hangs on which, and the conditions between them."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extraction.languages.lexicon import Op
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.words import Word

BREAK = re.compile(r"[,;:()–—·]")  # noqa: RUF001
CONDITIONS = {
    "fr": (
        "seulement si", "uniquement si", "à condition", "a condition", "sauf si", "pourvu que",
        "pourvu qu", "à moins", "a moins", "tant que", "tant qu", "dès lors que", "en cas de",
        "en échange", "pour peu que", "pour peu qu", "pour autant que", "sous réserve",
        "moyennant", "faute de", "si", "s il", "s ils", "une fois que", "une fois qu",
    ),
    "de": (
        "nur wenn", "erst wenn", "wenn", "falls", "sofern", "solange", "unter der bedingung",
        "unter der voraussetzung", "vorausgesetzt", "es sei denn", "ausser wenn", "sobald",
        "nur unter", "nur falls", "im gegenzug", "nur mit", "nur gegen", "nur nach", "erst nach",
        "vorbehaltlich", "so lange",
    ),
}  # fmt: skip
NO_CONDITION = word_set("meme bien comme auch selbst sogar savoir sait ignore question")
SUBORDINATORS = {
    "fr": word_set("que qu dont qui ou quand lorsque puisque car parce comme"),
    "de": word_set("dass ob weil da denn wie welche welcher welches was warum"),
}
REASONS = word_set("car parce puisque weil denn da")
WHETHER = {"fr": word_set(""), "de": word_set("ob")}
JOINING = {
    "fr": word_set("et mais ou tandis alors"),
    "de": word_set("und aber sondern oder doch wahrend"),
}
TELLING = {"support", "oppose", "openness", "doubt", "undecided", "plan", "say", "deny"}
NEGATORS = {
    "fr": word_set(
        "ne n pas jamais aucun aucune nul nulle ni personne rien plus guere"
    ),
    "de": word_set(
        "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden keinesfalls "
        "keineswegs nirgends weder nichts"
    ),
}
WITH_NE = word_set("plus personne rien guere ni")
ONLY = word_set("seulement uniquement nur zuletzt allein bloss")
SHORT_MARKER = 4
NOUN_NEGATORS = ("kein", "aucun", "nul")


@dataclass
class Clause:
    """Words ``[first, last)`` of a sentence; ``kind``: main, sub, inf, cond, reason."""

    first: int
    last: int
    kind: str = "main"
    parent: int | None = None
    ops: list[Op] = field(default_factory=list)
    negations: list[int] = field(default_factory=list)


def clauses_of(
    sentence: Sentence, text: str, ops: list[Op], language: str
) -> list[Clause]:
    """Cut ``sentence`` into clauses with their cues, each hung on the one before."""
    words = sentence.words
    starts = _starts(words, text, ops, language)
    bounds = [*starts, len(words)]
    clauses = _joined_conditions(
        [Clause(first, last) for first, last in pairwise(bounds)],
        words,
        language,
    )
    negations = negations_in(words, ops, language)
    for clause in clauses:
        inside = range(clause.first, clause.last)
        clause.ops = [op for op in ops if op.at in inside]
        clause.negations = [at for at in negations if at in inside]
        clause.kind = _kind(words, clause, language)
    _hang(clauses)
    return clauses


def _joined_conditions(
    clauses: list[Clause], words: tuple[Word, ...], language: str
) -> list[Clause]:
    """ "unter der Bedingung, dass ...": the marker and its clause are one."""
    kept: list[Clause] = []
    for clause in clauses:
        before = kept[-1] if kept else None
        marker = before and condition_length(words, before.first, language)
        short = before is not None and before.last - before.first <= SHORT_MARKER
        if before is not None and marker and short:
            before.last = clause.last
        else:
            kept.append(clause)
    return kept


def _starts(
    words: tuple[Word, ...], text: str, ops: list[Op], language: str
) -> list[int]:
    telling = {op.at for op in ops if op.kind in TELLING}
    covered = {at for op in ops for at in op.covered if at != min(op.covered)}
    starts = [0] if words else []
    for at in range(1, len(words)):
        gap = text[words[at - 1].end : words[at].start]
        if BREAK.search(gap) or (
            at not in covered and _begins(words, at, telling, language)
        ):
            starts.append(at)
    return starts


def _begins(words: tuple[Word, ...], at: int, telling: set[int], language: str) -> bool:
    if condition_length(words, at, language):
        return True
    key = words[at].key
    if key in {"que", "qu"} and language == "fr":
        return any(i in telling for i in range(max(0, at - 5), at))
    if key in JOINING[language]:
        return any(i in telling for i in range(at + 1, min(at + 6, len(words))))
    return False


def condition_length(words: tuple[Word, ...], at: int, language: str) -> int:
    """Return how many words from ``at`` on mark a condition, 0 for none."""
    if at and words[at - 1].key in NO_CONDITION:
        return 0
    if _is_purpose(words, at):
        return 0
    for marker in CONDITIONS[language]:
        parts = marker.split()
        if [word.key for word in words[at : at + len(parts)]] == parts:
            return len(parts)
    return 0


def _is_purpose(words: tuple[Word, ...], at: int) -> bool:
    """ "si l'on veut sauver les fonds", "wenn man etwas retten will": no condition."""
    keys = [word.key for word in words[at : at + 4]]
    return keys[:3] in (["si", "l", "on"], ["si", "nous", "voulons"]) or (
        keys[:2] in (["si", "on"], ["wenn", "man"])
    )


def _kind(words: tuple[Word, ...], clause: Clause, language: str) -> str:
    keys = [word.key for word in words[clause.first : clause.last]]
    if condition_length(words, clause.first, language):
        return "cond"
    if keys[0] in REASONS:
        return "reason"
    if keys[0] in WHETHER[language]:
        return "whether"
    if keys[0] in SUBORDINATORS[language]:
        return "sub"
    if language == "de" and _is_infinitive(keys):
        return "inf"
    return "main"


def _is_infinitive(keys: list[str]) -> bool:
    """ "das erste zu eröffnen", "alle abzuschalten"."""
    joined = len(keys[-1]) > 6 and re.match(
        r"(?:ab|an|auf|aus|ein|vor|zu|zuruck|weg|mit|durch|um|her|hin)zu\w+en$",
        keys[-1],
    )
    return bool(joined) or (
        len(keys) > 1 and keys[-2] == "zu" and keys[-1].endswith("n")
    )


def _hang(clauses: list[Clause]) -> None:
    """Subordinate clauses, and those without a cue of their own, hang on one before."""
    for index, clause in enumerate(clauses):
        before = [
            i
            for i in range(index)
            if clauses[i].kind not in {"cond", "reason"} and clauses[i].ops
        ]
        bare = not any(op.kind != "reverse" for op in clause.ops)
        if before and (clause.kind in {"sub", "inf", "whether"} or bare):
            clause.parent = before[-1]


def negations_in(words: tuple[Word, ...], ops: list[Op], language: str) -> list[int]:
    """Return where something is denied; the two words of "ne ... pas" count once."""
    covered = {at for op in ops for at in op.covered}
    keys = [word.key for word in words]
    found = []
    for at, key in enumerate(keys):
        after = keys[at + 1] if at + 1 < len(keys) else ""
        if key not in NEGATORS[language] or at in covered or after in ONLY:
            continue
        if language == "fr" and not _denies(keys, at, covered):
            continue
        found.append(at)
    return found


def _denies(keys: list[str], at: int, covered: set[int]) -> bool:
    key = keys[at]
    second = NEGATORS["fr"] - {"ne", "n"}
    if key in {"ne", "n"}:
        after = range(at + 1, min(at + 7, len(keys)))
        if any(i in covered and keys[i] in second for i in after):
            return False
        spans_only = any(keys[i] in {"que", "qu"} for i in after)
        denied = any(keys[i] in second for i in range(max(0, at - 6), after.stop))
        return denied or not spans_only
    if key in WITH_NE:
        return False
    near = keys[max(0, at - 7) : at + 7]
    return not ({"ne", "n"} & set(near))
