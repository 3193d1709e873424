"""What is named near each word of a text: in its sentence, its paragraph, the title."""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.lists import word_set
from extraction.profiles import KEY, Profile
from extraction.terms import concepts, lemma, place_of

NEAR = 12
WHERE = frozenset({"to", "in", "into", "inside", "with", "between", "along", "at"})
ANCHORS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
BODIES = word_set(
    "minister ministry secretary spokesman spokeswoman spokesperson commissioner committee "
    "department agency union association federation league council institute board authority "
    "bureau chamber forum alliance lobby society ombudsman watchdog chief director "
    "correspondent expert professor leader party newspaper radio collective congress"
)
DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MODIFIERS = frozenset({"amod", "compound", "poss", "nmod"})


@dataclass(frozen=True)
class Wordings:
    """The words of all claims, and all that they may mean."""

    words: frozenset[str] = frozenset()
    senses: frozenset[str] = frozenset()


def spoken_of(doc: Doc, wordings: Wordings) -> dict[int, frozenset[str]]:
    """The concepts of ``doc``, but for names of speakers and days of acts."""
    named = concepts(doc)
    return {
        position: found
        for position, found in named.items()
        if lemma(doc[position].head) in wordings.words
        or not (
            names_a_body(doc[position])
            or says_when(doc[position], named, wordings.senses)
        )
    }


class Passage:
    """The concepts near each word of one text, and in its paragraph and title."""

    def __init__(
        self, doc: Doc, title: Doc | None, wordings: Wordings | None = None
    ) -> None:
        self.doc = doc
        self.concepts = spoken_of(doc, wordings or Wordings())
        self.title = _flat(concepts(title)) if title else set()
        self.places = {c for c in _flat(self.concepts) if c[0] == "@"}
        self.paragraphs = self._paragraphs()

    def _paragraphs(self) -> list[set[str]]:
        """For each token the concepts of its paragraph; shared between its words."""
        found: list[set[str]] = []
        current: set[str] = set()
        for token in self.doc:
            found.append(current)
            current |= self.concepts.get(token.i, frozenset())
            if "\n" in token.text:
                current = set()
        return found

    def keys(self, profile: Profile) -> list[Token]:
        """The words that weigh enough to be what is spoken of."""
        keys = {c for c, w in profile.weights.items() if w >= KEY and c[0] != "@"}
        return [
            self.doc[i]
            for i, found in self.concepts.items()
            if found & keys and self.doc[i].pos_ in ANCHORS
        ]

    def near(self, token: Token) -> set[str]:
        """Concepts within a few words of ``token``, in its sentence."""
        sentence = token.sent
        first = max(sentence.start, token.i - NEAR)
        last = min(sentence.end, token.i + NEAR)
        return _flat({i: self.concepts.get(i, frozenset()) for i in range(first, last)})

    def beside(self, token: Token) -> set[str]:
        """Concepts of ``token``, of what modifies it and of what governs it."""
        words = [token, *(c for c in token.children if c.dep_ in MODIFIERS)]
        for governor in list(token.ancestors)[:4]:
            words.append(governor)
            if governor.pos_ in {"VERB", "AUX"}:
                break
        return _flat({t.i: self.concepts.get(t.i, frozenset()) for t in words})

    def around(self, token: Token) -> set[str]:
        """Concepts of the paragraph and the title, and places anywhere."""
        return self.paragraphs[token.i] | self.title | self.places


def is_elsewhere(profile: Profile, token: Token) -> bool:
    """Whether ``token`` goes to a place that the claim is not about."""
    if not profile.places:
        return False
    targets = [
        place
        for holder in _holders(token)
        for child in holder.children
        if child.dep_ == "prep" and child.lower_ in WHERE
        for pobj in child.children
        if (place := place_of(pobj))
    ]
    return bool(targets) and not profile.places & set(targets)


def _holders(token: Token) -> list[Token]:
    """The words whose prepositions say where ``token`` goes or belongs."""
    verb = token.head if token.dep_ in {"dobj", "nsubjpass", "pobj"} else token
    objects = [child for child in token.children if child.dep_ == "dobj"]
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            objects += child.children
    return [token, verb, *objects]


def _flat(found: Mapping[int, frozenset[str]]) -> set[str]:
    return {concept for each in found.values() for concept in each}


def is_of_the_place(profile: Profile, token: Token) -> bool:
    """ "Ukrainian troops" are not what a claim on troops for Ukraine is about."""
    if not profile.destination or token.pos_ == "VERB":
        return False
    return bool(_places_of(token) & profile.places)


def _places_of(token: Token) -> set[str]:
    return {
        place
        for child in token.children
        if child.dep_ in {"amod", "compound", "poss"} and (place := place_of(child))
    }


def names_a_body(token: Token) -> bool:
    """ "the education minister", "the Shop Workers' Union": who speaks, not on what."""
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in {"of", "for"}:
        return lemma(head.head) in {"minister", "ministry", "department", "secretary"}
    while token.dep_ in MODIFIERS and token.head != token:
        token = token.head
        if lemma(token) in BODIES:
            return True
    return False


def says_when(
    token: Token, concepts: Mapping[int, frozenset[str]], known: frozenset[str]
) -> bool:
    """ "said on Sunday": the day of an act, not a day that a claim is about."""
    if lemma(token) not in DAYS or token.tag_ in {"NNS", "NNPS"}:
        return False
    if token.dep_ in {"compound", "amod", "nmod"}:
        return False
    governor = token.head.head if token.dep_ == "pobj" else token.head
    return not concepts.get(governor.i, frozenset()) & known
