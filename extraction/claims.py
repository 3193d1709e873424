"""Which tracked claim a passage is about, and at which word: the anchor.

A passage matches a claim when it names enough of one of the claim's patterns: near the
anchor, or for half, in its paragraph and the title. Nothing here knows any particular
claim; new claims work without code.
"""

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from extraction.interface import KnownClaim
from extraction.passages import Passage, Wordings, is_elsewhere, is_of_the_place
from extraction.profiles import Pattern, Profile, as_prose, read_profiles, senses
from extraction.terms import lemma

RANK = 0.2
CLOSE = 0.15  # what counts of words that modify or govern the anchor itself
THRESHOLD = 0.53
LEAST_NEAR = 0.34
LEAST_WHOLE = 1.0  # a pattern of common words alone never fits whole
CONTEXT_SHARE = 0.5
DEFINITE = frozenset({"the", "such", "this", "that"})


@dataclass(frozen=True)
class Anchor:
    """A word of a text that names what a claim is about, with how well it fits."""

    claim: str
    token: Token
    score: float
    reasons: tuple[str, ...] = ()
    weight: float = 0.0
    close: float = 0.0
    hint: bool = False
    rivals: tuple[tuple[str, float], ...] = ()

    @property
    def rank(self) -> float:
        """How an anchor compares with one of another claim."""
        return self.score + RANK * self.weight + CLOSE * self.close


class ClaimMatcher:
    """Finds the anchors of the tracked claims in parsed texts."""

    def __init__(self, nlp: Language, claims: list[KnownClaim]) -> None:
        self.nlp = nlp
        self.profiles = read_profiles(nlp, claims)
        known = self.profiles.values()
        self.wordings = Wordings(
            frozenset(lemma(token) for one in known for token in one.words),
            frozenset(sense for one in known for sense in one.weights),
        )

    def anchors(self, doc: Doc, title: str = "") -> list[Anchor]:
        """Return every anchor in ``doc``, in order; at most one claim a word."""
        heading = self.nlp(as_prose(title)) if title else None
        passage = Passage(doc, heading, self.wordings)
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

    def titled(self, title: str) -> list[Anchor]:
        """Return the anchors in a title, read by itself."""
        return self.anchors(self.nlp(as_prose(title))) if title else []


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


def _anchor(profile: Profile, token: Token, passage: "Passage") -> Anchor | None:
    if is_elsewhere(profile, token) or is_of_the_place(profile, token):
        return None
    near, around = passage.near(token), passage.around(token)
    beside = passage.beside(token)
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
            sum(w for c, w in pattern.items() if senses(c) & beside),
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
