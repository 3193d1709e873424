"""Which tracked claim a passage is about, and at which word: the anchor.

A passage matches a claim when it names enough of one of the claim's patterns: near the
anchor, or for half, in its paragraph and the title. Nothing here knows any particular
claim; new claims work without code.
"""

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.interface import KnownClaim
from extraction.profiles import KEY, Pattern, Profile, as_prose, read_profiles, senses
from extraction.terms import concepts, lemma, place_of

RANK = 0.2
THRESHOLD = 0.53
LEAST_NEAR = 0.34
LEAST_WHOLE = 1.0  # a pattern of common words alone never fits whole
NEAR = 12
CONTEXT_SHARE = 0.5
WHERE = frozenset({"to", "in", "into", "inside", "with", "between", "along", "at"})
DEFINITE = frozenset({"the", "such", "this", "that"})
ANCHORS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True)
class Anchor:
    """A word of a text that names what a claim is about, with how well it fits."""

    claim: str
    token: Token
    score: float
    reasons: tuple[str, ...] = ()
    weight: float = 0.0
    rivals: tuple[tuple[str, float], ...] = ()

    @property
    def rank(self) -> float:
        """How an anchor compares with one of another claim."""
        return self.score + RANK * self.weight


class ClaimMatcher:
    """Finds the anchors of the tracked claims in parsed texts."""

    def __init__(self, nlp: Language, claims: list[KnownClaim]) -> None:
        self.nlp = nlp
        self.profiles = read_profiles(nlp, claims)

    def anchors(self, doc: Doc, title: str = "") -> list[Anchor]:
        """Return every anchor in ``doc``, in order; at most one claim a word."""
        passage = _Passage(doc, self.nlp(as_prose(title)) if title else None)
        found: dict[int, Anchor] = {}
        every: list[Anchor] = []
        for profile in self.profiles.values():
            for token in passage.keys(profile):
                anchor = _anchor(profile, token, passage)
                every += [anchor] if anchor else []
                if anchor and (
                    token.i not in found or found[token.i].rank < anchor.rank
                ):
                    found[token.i] = anchor
        found = _same_thing(found)
        kept = _without_weaker(sorted(found.values(), key=lambda a: a.token.i))
        return _with_rivals(kept, every)


def _with_rivals(kept: list[Anchor], every: list[Anchor]) -> list[Anchor]:
    """Say of each anchor which other claims its sentence fits, the best first."""
    fitting: dict[int, dict[str, float]] = {}
    for one in every:
        scores = fitting.setdefault(one.token.sent.start, {})
        scores[one.claim] = max(one.score, scores.get(one.claim, 0.0))
    return [
        replace(
            anchor,
            rivals=tuple(
                (claim, score)
                for claim, score in sorted(
                    fitting.get(anchor.token.sent.start, {}).items(),
                    key=lambda pair: (-pair[1], pair[0]),
                )
                if claim != anchor.claim
            ),
        )
        for anchor in kept
    ]


def _anchor(profile: Profile, token: Token, passage: "_Passage") -> Anchor | None:
    if passage.elsewhere(profile, token) or _of_the_place(profile, token):
        return None
    near, around = passage.near(token), passage.around(token)
    best: Anchor | None = None
    for pattern in profile.patterns:
        matched, score = _coverage(pattern, near, around)
        if score < THRESHOLD or matched < LEAST_NEAR * sum(pattern.values()):
            continue
        words = ", ".join(sorted(c for c in pattern if senses(c) & near))
        anchor = Anchor(
            profile.claim.slug,
            token,
            round(score, 3),
            (f"names {words}",),
            score * sum(pattern.values()),
        )
        if best is None or best.rank < anchor.rank:
            best = anchor
    return best


def _coverage(
    pattern: Pattern, near: set[str], around: set[str]
) -> tuple[float, float]:
    """The weight named nearby, and the share of ``pattern`` named at all."""
    matched = sum(
        weight for concept, weight in pattern.items() if senses(concept) & near
    )
    context = sum(
        weight * CONTEXT_SHARE
        for concept, weight in pattern.items()
        if senses(concept) & around and not senses(concept) & near
    )
    return matched, (matched + context) / max(LEAST_WHOLE, sum(pattern.values()))


class _Passage:
    """The concepts near each word of one text, and in its paragraph and title."""

    def __init__(self, doc: Doc, title: Doc | None) -> None:
        self.doc = doc
        self.concepts = concepts(doc)
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

    def around(self, token: Token) -> set[str]:
        """Concepts of the paragraph and the title, and places anywhere."""
        return self.paragraphs[token.i] | self.title | self.places

    def elsewhere(self, profile: Profile, token: Token) -> bool:
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


def _flat(found: dict[int, frozenset[str]]) -> set[str]:
    return {concept for each in found.values() for concept in each}


def _of_the_place(profile: Profile, token: Token) -> bool:
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


def _same_thing(found: dict[int, Anchor]) -> dict[int, Anchor]:
    """ "the force", "such a force" is the one spoken of before."""
    result: dict[int, Anchor] = {}
    last: dict[str, Anchor] = {}
    for position in sorted(found):
        anchor = found[position]
        word = lemma(anchor.token)
        before = last.get(word)
        if before and before.claim != anchor.claim and _is_definite(anchor.token):
            anchor = replace(anchor, claim=before.claim)
        elif anchor.token.pos_ == "NOUN":
            last[word] = anchor
        result[position] = anchor
    return result


def _is_definite(noun: Token) -> bool:
    bare = not any(c.dep_ in {"amod", "compound"} for c in noun.children)
    return bare and any(c.lower_ in DEFINITE for c in noun.children)


def _without_weaker(anchors: list[Anchor]) -> list[Anchor]:
    """Of claims that share one action keep the one that its words fit best."""
    sentences: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        sentences.setdefault(anchor.token.sent.start, []).append(anchor)
    return [
        anchor
        for together in sentences.values()
        for anchor in together
        if not any(_outranks(other, anchor) for other in together)
    ]


def _outranks(other: Anchor, anchor: Anchor) -> bool:
    if other.claim == anchor.claim or other.rank <= anchor.rank:
        return False
    mine, theirs = _governors(anchor.token), _governors(other.token)
    return bool(mine & theirs)


def _governors(token: Token) -> set[int]:
    """The word and what governs it, up to the nearest verb."""
    found = {token.i}
    for ancestor in list(token.ancestors)[:4]:
        found.add(ancestor.i)
        if ancestor.pos_ in {"VERB", "AUX"}:
            break
    return found
