"""Concepts of words: one key for words of general political English that mean the same."""

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

from extraction.countries import by_adjective, by_place
from extraction.lists import word_set
from extraction.thesaurus import Phrase, concepts_of, idioms, table

CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
ADVERBS = word_set("abroad overseas offshore pro anti")
ADDED = word_set("more extra additional another further longer")
TIMES = word_set("year month week decade day hour term")
GENERIC = word_set(
    "state country nation government people policy measure plan issue question option step "
    "move action law rule system programme program reform right support say new national "
    "european western allied member ally large major big great full partial public "
    "political international foreign domestic local federal common own other more further "
    "military ground good next current possible idea proposal side part way day soil "
    "territory area number use make take have be do get go keep continue remain become need "
    "want should must will would can could may might world europe west general "
    "person group party minister president parliament citizen time end begin "
    "start thing case level goal aim open there once while annual yearly complete total "
    "permanent temporary nationwide immediate gradual rapid high higher low lower strict "
    "tougher additional extra existing old long short-term longer future real"
)
EMPTY = word_set(
    "state country nation government should must will would can could may might have be do "
    "all any every there one it that this other shall need want make take get go let put "
    "thing case way eu"
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


LEMMAS: dict[tuple[int, int], str] = {}  # by spaCy's numbers of lemma and word class


def lemma(token: Token) -> str:
    """Return the lemma of ``token`` in British spelling, lower case."""
    key = token.lemma, token.pos
    known = LEMMAS.get(key)
    if known is None:
        known = LEMMAS[key] = _spelled(token)
    return known


def _spelled(token: Token) -> str:
    word = token.lemma_.lower()
    plural = word.endswith("s") and not word.endswith(("ss", "is", "us"))
    if token.pos_ == "PROPN" and plural and len(word) > 4:
        word = word.removesuffix("s")
    if len(word) > 5:
        word = word.replace("ization", "isation")
        word = word.removesuffix("ize") + "ise" if word.endswith("ize") else word
    return SPELLINGS.get(word, word)


def concepts(tokens: Doc | Span) -> Mapping[int, frozenset[str]]:
    """Map the position of each content word in its document to its concepts.

    Kept in the document, for every rule about a sentence asks again.
    """
    doc = tokens if isinstance(tokens, Doc) else tokens.doc
    first = 0 if isinstance(tokens, Doc) else tokens.start
    key = f"concepts {first} {first + len(tokens)}"
    known: Mapping[int, frozenset[str]] | None = doc.user_data.get(key)
    if known is None:
        known = doc.user_data[key] = _read_concepts(list(tokens))
    return known


def _read_concepts(listed: list[Token]) -> dict[int, frozenset[str]]:
    silent = _silent(listed)
    found = {
        token.i: _concepts_of(token)
        for token in listed
        if token.i not in silent and any(map(str.isalnum, token.text)) and _tells(token)
    }
    phrased = {}
    for phrase, words in phrases_in(listed):
        head = _head_of(words)
        if head.i not in silent:
            phrased[head.i] = frozenset(table().phrases[phrase])
            found.update({w.i: frozenset() for w in words if _is_participle(w, head)})
    for position, more in phrased.items():
        found[position] = found.get(position, frozenset()) | more
    for position in _longer(listed):
        found[position] = found.get(position, frozenset()) | {"beyond"}
    return _with_short_forms(listed, found, phrased)


def _is_participle(word: Token, head: Token) -> bool:
    """ "closed centres" are nothing that is being closed."""
    return word.head == head and word.dep_ == "amod" and word.lower_.endswith("ed")


def _longer(tokens: list[Token]) -> list[int]:
    """Positions of times that are added: "ten more years", "another twenty"."""
    found = []
    for token, *after in zip(
        tokens, tokens[1:], tokens[2:] + tokens[-1:], strict=False
    ):
        if token.lower_ in ADDED:
            times = [t for t in after if lemma(t) in TIMES or t.pos_ == "NUM"]
            found += [t.i for t in times[:1]]
    return found


def _tells(token: Token) -> bool:
    """Whether a word may name something; of the adverbs, those that the table lists."""
    if token.pos_ in CONTENT or token.lower_ in ADVERBS:
        return True
    manner = token.pos_ == "ADV" and token.lower_.endswith("ly")
    return manner and token.lower_ in table().single


def _with_short_forms(
    tokens: list[Token],
    found: dict[int, frozenset[str]],
    phrased: dict[int, frozenset[str]],
) -> dict[int, frozenset[str]]:
    """After "nuclear plant" a bare "plant" of the same text means it too."""
    by_position = {token.i: token for token in tokens}
    short: dict[str, frozenset[str]] = {}
    for position, more in phrased.items():
        token = by_position[position]
        if token.pos_ == "NOUN" and lemma(token) not in GENERIC | TIMES:
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
    tag = "NOUN" if token.pos_ == "PROPN" else token.pos_
    return concepts_of(lemma(token), tag)


def phrases_in(tokens: list[Token]) -> list[tuple[Phrase, list[Token]]]:
    """Return the phrases of the table in ``tokens``, the longest at each word."""
    known = table().by_first
    return _matches(tokens, known, {"the"})


def _silent(tokens: list[Token]) -> set[int]:
    """Positions of words that an idiom keeps from meaning what they name."""
    whole, first = idioms()
    small = {"the", "a", "an"}
    found = {t.i for _, words in _matches(tokens, whole, small) for t in words}
    return found | {words[0].i for _, words in _matches(tokens, first, small)}


def _matches(
    tokens: list[Token], known: dict[str, list[Phrase]], small: set[str]
) -> list[tuple[Phrase, list[Token]]]:
    kept = [t for t in tokens if not t.is_punct and t.lower_ not in small]
    forms = [(lemma(token), token.lower_) for token in kept]
    found = []
    for start in range(len(kept)):
        for phrase in _starting(forms[start], known):
            here = forms[start : start + len(phrase)]
            if len(here) == len(phrase) and all(
                word in form for word, form in zip(phrase, here, strict=True)
            ):
                found.append((phrase, kept[start : start + len(phrase)]))
                break
    return found


def _starting(form: tuple[str, str], known: dict[str, list[Phrase]]) -> list[Phrase]:
    by_lemma = known.get(form[0], [])
    if form[0] == form[1]:
        return by_lemma
    return sorted([*by_lemma, *known.get(form[1], [])], key=len, reverse=True)


def _head_of(tokens: list[Token]) -> Token:
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside), tokens[-1])
