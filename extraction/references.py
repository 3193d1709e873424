"""Words that point back: "the decision", "it", "doing so", "Macron's approach"."""

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.claims import Anchor
from extraction.cues import ATTITUDES, OPINIONS, Cue, cues_in
from extraction.lists import word_set
from extraction.names.resolver import Resolver
from extraction.terms import lemma

PRONOUNS = {"it", "this", "that", "so", "them", "these", "those", "one", "both"}
POINTING = word_set(
    "idea plan proposal move step decision measure initiative option possibility suggestion "
    "project mission scheme bill law thesis prospect notion scenario deployment policy "
    "request demand call offer change reform levy ban question issue matter topic"
)
DETERMINERS = {"the", "this", "that", "such", "these", "those", "any", "either", "same"}
FARTHEST = 2


@dataclass(frozen=True)
class LooseCue:
    """A cue word that no anchor hangs on, and the word it governs instead."""

    token: Token
    cue: Cue
    object: Token


class References:
    """Finds what pointing words of one document point to."""

    def __init__(self, doc: Doc, resolver: Resolver, anchors: list[Anchor]) -> None:
        self.doc = doc
        self.resolver = resolver
        self.anchors = anchors
        self.sentences = {token.i: n for n, s in enumerate(doc.sents) for token in s}
        self.paragraphs = _paragraphs(doc)

    def loose_cues(self, governed: set[int]) -> list[LooseCue]:
        """Attitude words outside ``governed`` that govern a pointing word."""
        found = []
        for sentence in self.doc.sents:
            cues = cues_in(sentence).at
            for token in sentence:
                cue = cues.get(token.i)
                if cue not in ATTITUDES or token.i in governed:
                    continue
                pointing = self._object(token)
                if pointing is not None:
                    found.append(LooseCue(token, cue, pointing))
        return found

    def _object(self, cue: Token) -> Token | None:
        for token in self._complements(cue):
            if self.points(token):
                return token
        return cue if _is_elided(cue) else None

    def _complements(self, cue: Token) -> list[Token]:
        found = [c for c in cue.children if c.dep_ in {"dobj", "nsubjpass"}]
        for child in cue.children:
            if child.dep_ == "prep":
                found += [p for p in child.children if p.dep_ in {"pobj", "pcomp"}]
            if child.dep_ in {"xcomp", "ccomp"} and lemma(child) == "do":
                found += [c for c in child.children if c.dep_ in {"dobj", "advmod"}]
        if cue.dep_ == "acl" and cue.tag_ == "VBN":
            found.append(cue.head)
        return found

    def points(self, token: Token) -> bool:
        """Whether ``token`` points back to something said before."""
        if token.tag_ in {"WDT", "WP"} or _is_relative(token):
            return False
        if token.pos_ in {"PRON", "DET", "ADV", "SCONJ"}:
            return token.lower_ in PRONOUNS
        determined = any(
            c.lower_ in DETERMINERS or c.dep_ == "poss" for c in token.children
        )
        known = lemma(token) in POINTING | OPINIONS or self._repeats(token)
        return determined and known

    def _repeats(self, token: Token) -> bool:
        """ "the mission" after "a training mission"."""
        return token.pos_ == "NOUN" and any(
            lemma(anchor.token) == lemma(token) for anchor in self._before(token)
        )

    def antecedent(self, loose: LooseCue) -> tuple[Anchor, float] | None:
        """The anchor that ``loose`` points back to, and how surely."""
        before = self._before(loose.token)
        repeated = [a for a in before if lemma(a.token) == lemma(loose.object)]
        if repeated:
            return repeated[-1], 0.85
        return (before[-1], self._certainty(before[-1], loose)) if before else None

    def last_two(self, token: Token) -> list[Anchor]:
        """What "both" means: the last anchors of two different claims."""
        found: dict[str, Anchor] = {}
        for anchor in reversed(self._before(token)):
            if anchor.claim not in found and len(found) < 2:
                found[anchor.claim] = anchor
        return list(found.values()) if len(found) == 2 else []

    def _certainty(self, anchor: Anchor, loose: LooseCue) -> float:
        distance = self.sentences[loose.token.i] - self.sentences[anchor.token.i]
        return 0.75 - 0.15 * max(0, distance - 1)

    def _before(self, token: Token) -> list[Anchor]:
        """Anchors before ``token``: same paragraph, or a sentence or two back."""
        until = bisect_left(self.anchors, token.i, key=lambda anchor: anchor.token.i)
        found: list[Anchor] = []
        for at in range(until - 1, -1, -1):
            anchor = self.anchors[at]
            if self.sentences[token.i] - self.sentences[anchor.token.i] > FARTHEST + 1:
                break
            if self._is_near(anchor.token, token):
                found.insert(0, anchor)
        return found

    def _is_near(self, first: Token, second: Token) -> bool:
        distance = self.sentences[second.i] - self.sentences[first.i]
        same = self.paragraphs[first.i] == self.paragraphs[second.i]
        return distance <= FARTHEST or (same and distance <= FARTHEST + 1)

    def endorsed(self, loose: LooseCue) -> str:
        """The actor whose view ``loose`` takes or rejects, or ""."""
        for token in (loose.object, *self._persons_after(loose.token)):
            slug = self._owner(token)
            if slug:
                return slug
        return ""

    def _owner(self, noun: Token) -> str:
        if lemma(noun) not in OPINIONS:
            return ""
        for child in noun.children:
            if child.dep_ == "poss":
                return _only(self.resolver, child)
            if child.dep_ == "prep" and child.lower_ in {"of", "by", "from"}:
                for pobj in child.children:
                    if slug := _only(self.resolver, pobj):
                        return slug
        return ""

    def _persons_after(self, cue: Token) -> list[Token]:
        return [
            pobj
            for child in cue.children
            if child.dep_ == "prep" and child.lower_ in {"with", "to"}
            for pobj in child.children
        ]


def _only(resolver: Resolver, token: Token) -> str:
    speakers = resolver.resolve_token(token)
    return speakers[0].slug if len(speakers) == 1 else ""


def _is_relative(token: Token) -> bool:
    """ "systems that they denied": a relative object stands before its verb."""
    return token.lower_ == "that" and token.dep_ == "dobj" and token.i < token.head.i


def _is_elided(cue: Token) -> bool:
    """ "They don't plan to." leaves its verb out."""
    doc = cue.doc
    if cue.i + 2 >= len(doc) or doc[cue.i + 1].lower_ != "to":
        return False
    return doc[cue.i + 2].is_punct


def _paragraphs(doc: Doc) -> list[int]:
    found, number = [], 0
    for token in doc:
        found.append(number)
        number += "\n" in token.text
    return found
