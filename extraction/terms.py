"""Concepts of words: one key for words of general political English that mean the same."""

from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from extraction.countries import by_adjective, by_place
from extraction.lists import word_set

TABLE = Path(__file__).parent / "data" / "synonyms.txt"
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
GENERIC = word_set(
    "state country nation government people policy measure plan issue question option step "
    "move action law rule system programme program reform right support say new national "
    "european western allied member ally large major big great full partial public "
    "political international foreign domestic local federal common own other more further "
    "military ground good next current possible idea proposal side part way day soil "
    "territory area number use make take have be do get go keep continue remain become need "
    "want should must will would can could may might world europe west union general "
    "person man woman group party minister president parliament citizen time end begin "
    "start thing case level goal aim open there once while annual yearly complete total "
    "permanent temporary nationwide immediate gradual rapid high higher low lower strict "
    "tougher additional extra existing old long short-term longer future real"
)
EMPTY = word_set(
    "state country nation government should must will would can could may might have be do "
    "all any every there one it that this other shall need want make take get go let put "
    "thing case way"
)
BROAD = word_set(
    "power tax force law ban age limit right service system market fund rate price cost "
    "zone deal treaty agreement programme reform quota mission policy use cap"
)
SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "program": "programme",
    "centre": "center",
    "cease": "cease",
    "advisor": "adviser",
    "instructors": "instructor",
}


def lemma(token: Token) -> str:
    """Return the lemma of ``token`` in British spelling, lower case."""
    word = token.lemma_.lower()
    if token.pos_ == "PROPN" and word.endswith("s") and len(word) > 4:
        word = word.removesuffix("s")
    if len(word) > 5:
        word = word.replace("ization", "isation")
        word = word.removesuffix("ize") + "ise" if word.endswith("ize") else word
    return SPELLINGS.get(word, word)


@cache
def _table() -> tuple[dict[str, set[str]], dict[tuple[str, ...], set[str]]]:
    """Concepts of single words ("word" or "word/POS") and of phrases."""
    single: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        words = [word.strip() for word in line.split(",")]
        concept = words[0].split("/")[0].replace(" ", "_")
        for word in words:
            parts = tuple(p for p in word.replace("-", " ").split() if p != "the")
            if len(parts) > 1:
                phrases.setdefault(parts, set()).add(concept)
            else:
                single.setdefault(word, set()).add(concept)
    return single, phrases


@cache
def breadth(concept: str) -> int:
    """How many words name ``concept``: the fewer, the narrower it is."""
    single, phrases = _table()
    tables = [*single.values(), *phrases.values()]
    return sum(concept in found for found in tables)


def concepts(tokens: Doc | Span) -> dict[int, frozenset[str]]:
    """Map the position of each content word in its document to its concepts."""
    found = {
        token.i: _concepts_of(token)
        for token in tokens
        if token.pos_ in CONTENT or token.lower_ in {"pro", "anti"}
    }
    phrased = _phrase_concepts(list(tokens))
    for position, more in phrased.items():
        found[position] = found.get(position, frozenset()) | more
    return _with_short_forms(tokens, found, phrased)


def _with_short_forms(
    tokens: Doc | Span,
    found: dict[int, frozenset[str]],
    phrased: dict[int, frozenset[str]],
) -> dict[int, frozenset[str]]:
    """After "nuclear plant" a bare "plant" of the same text means it too."""
    by_position = {token.i: token for token in tokens}
    short: dict[str, frozenset[str]] = {}
    for position, more in phrased.items():
        token = by_position[position]
        if token.pos_ == "NOUN":
            short[lemma(token)] = short.get(lemma(token), frozenset()) | more
    for token in tokens:
        if token.pos_ == "NOUN" and (more := short.get(lemma(token), frozenset())):
            found[token.i] = found.get(token.i, frozenset()) | more
    return found


def place_of(token: Token) -> str:
    """Return the code of the country that ``token`` names, or ""."""
    word = token.lower_
    if word in by_place() and token.text[:1].isupper():
        return by_place()[word]
    codes = by_adjective().get(word, ())
    return codes[0] if codes and token.pos_ in {"ADJ", "PROPN"} else ""


def _concepts_of(token: Token) -> frozenset[str]:
    if place := place_of(token):
        return frozenset({f"@{place}"})
    single, _ = _table()
    word = lemma(token)
    tag = "NOUN" if token.pos_ == "PROPN" else token.pos_
    known = single.get(word, set()) | single.get(f"{word}/{tag}", set())
    return frozenset(known or {word})


def _phrase_concepts(tokens: list[Token]) -> dict[int, frozenset[str]]:
    _, phrases = _table()
    kept = [token for token in tokens if not token.is_punct and token.lower_ != "the"]
    words = [lemma(token) for token in kept]
    found: dict[int, frozenset[str]] = {}
    for start in range(len(kept)):
        for length in (4, 3, 2):
            known = phrases.get(tuple(words[start : start + length]))
            if known:
                head = _head_of(kept[start : start + length])
                found[head.i] = found.get(head.i, frozenset()) | frozenset(known)
                break
    return found


def _head_of(tokens: list[Token]) -> Token:
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside), tokens[-1])
