"""Which claim is under discussion at a word that does not name one itself."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.claims import Anchor

FARTHEST = 3  # sentences back in one paragraph
ACROSS = 2  # sentences back over a paragraph's end
FOLLOWED = 0.8  # the question before the last, where that one names no claim
SAME, NEXT, DECAY, CROSSED, LED = 0.85, 0.75, 0.12, 0.85, 0.7
LONGEST_HEADING = 12  # words
LONGEST_PROMPT = 35  # words
FEWEST_QUESTIONS = 3  # in an interview
PLURAL = frozenset({"them", "they", "these", "those", "both", "none"})
SINGULAR = frozenset({"it", "this", "that", "one"})
MISFIT = 0.8


@dataclass(frozen=True)
class Topic:
    """A claim under discussion: the word that named it last, and how surely."""

    anchor: Anchor
    certainty: float

    @property
    def claim(self) -> str:
        """The claim's slug."""
        return self.anchor.claim


@dataclass(frozen=True)
class Mention:
    """A place where a claim is spoken of: by its own words, or surely pointed to."""

    anchor: Anchor
    at: Token
    sure: float = 1.0


class Topics:
    """Knows for each word of one document which claims are under discussion."""

    def __init__(self, doc: Doc, anchors: list[Anchor]) -> None:
        self.doc = doc
        self.sentences = {token.i: n for n, s in enumerate(doc.sents) for token in s}
        self.count = 1 + max(self.sentences.values(), default=-1)
        self.paragraphs = _paragraphs(doc)
        self.leads = _leads(doc, self.paragraphs)
        self._in_sentence: dict[int, list[Anchor]] = {}
        self._mentions: dict[int, list[Mention]] = {}
        self._in_lead: dict[int, list[Mention]] = {}
        leading = set(self.leads.values())
        for anchor in anchors:
            at = self.sentences[anchor.token.i]
            mention = Mention(anchor, anchor.token)
            self._in_sentence.setdefault(at, []).append(anchor)
            self._mentions.setdefault(at, []).append(mention)
            if (paragraph := self.paragraphs[anchor.token.i]) in leading:
                self._in_lead.setdefault(paragraph, []).append(mention)

    def keep(self, topic: Topic, word: Token) -> None:
        """Note that ``word`` still speaks of ``topic``, for the sentences after it."""
        mention = Mention(topic.anchor, word, topic.certainty)
        self._mentions.setdefault(self.sentences[word.i], []).append(mention)

    def at(self, token: Token) -> list[Topic]:
        """Return the claims that ``token`` may be about, the likeliest first."""
        best: dict[str, Topic] = {}
        for mention in reversed(self._before(token)):
            anchor, certainty = mention.anchor, self._certainty(mention, token)
            known = best.get(anchor.claim)
            if known is None or known.certainty < certainty:
                best[anchor.claim] = Topic(anchor, certainty)
        return sorted(best.values(), key=_likeliest)

    def before(self, token: Token) -> list[Anchor]:
        """Return the anchors before ``token`` that are near enough to be meant."""
        return [mention.anchor for mention in self._before(token)]

    def words_before(self, token: Token) -> list[Token]:
        """Return the words before ``token`` that named a claim or pointed to it."""
        named = [(m.anchor.token, m.at) for m in self._before(token)]
        return [word for pair in named for word in pair]

    def _before(self, token: Token) -> list[Mention]:
        now = self.sentences[token.i]
        found = list(self._in_lead.get(self._lead(token), ()))
        for at in range(now - FARTHEST, now + 1):
            found += self._mentions.get(at, ())
        return [
            mention
            for mention in sorted(set(found), key=lambda mention: mention.at.i)
            if mention.at.i < token.i and self._certainty(mention, token) > 0
        ]

    def _certainty(self, mention: Mention, token: Token) -> float:
        """How surely ``token`` is still about ``mention``; 0 is too far away."""
        near = self._nearness(mention.at, token) * mention.sure
        return near * _agreement(mention.anchor, token)

    def _nearness(self, named: Token, token: Token) -> float:
        distance = self.sentences[token.i] - self.sentences[named.i]
        if distance == 0:
            return SAME
        mine, its = self.paragraphs[token.i], self.paragraphs[named.i]
        if self._lead(token) == its:
            return LED if self.leads.get(mine) == its else LED * FOLLOWED
        if mine == its and distance <= FARTHEST:
            return NEXT - DECAY * (distance - 1)
        if mine != its and distance <= ACROSS:
            return (NEXT - DECAY * (distance - 1)) * CROSSED
        return 0.0

    def in_sentence(self, token: Token) -> list[Anchor]:
        """Return the anchors in the sentence of ``token``."""
        return self._in_sentence.get(self.sentences[token.i], [])

    def _lead(self, token: Token) -> int:
        """The question or heading above ``token`` that names a claim; -1: none."""
        lead = self.leads.get(self.paragraphs[token.i], -1)
        if lead >= 0 and lead not in self._in_lead:
            lead = self.leads.get(lead, -1)
        return lead


def _likeliest(topic: Topic) -> tuple[float, float]:
    return -topic.certainty, -topic.anchor.token.i


def _agreement(anchor: Anchor, token: Token) -> float:
    """ "them" is more likely several things, "it" one thing or what is done."""
    plural = anchor.token.tag_ in {"NNS", "NNPS"}
    if token.lower_ in PLURAL:
        return 1.0 if plural else MISFIT
    return MISFIT if token.lower_ in SINGULAR and plural else 1.0


def _paragraphs(doc: Doc) -> list[int]:
    found, number = [], 0
    for token in doc:
        found.append(number)
        number += "\n" in token.text
    return found


def _leads(doc: Doc, paragraphs: list[int]) -> dict[int, int]:
    """For each paragraph the question or heading that stands alone above it."""
    lines: dict[int, list[Token]] = {}
    for token in doc:
        if not token.is_space:
            lines.setdefault(paragraphs[token.i], []).append(token)
    asked = [number for number, line in lines.items() if is_question(line)]
    interview = len(asked) >= FEWEST_QUESTIONS
    found: dict[int, int] = {}
    lead, answered = -1, False
    for number in sorted(lines):
        line = lines[number]
        if lead >= 0:
            found[number] = lead
        if (
            is_question(line)
            or (interview and answered and _is_prompt(line))
            or _is_heading(line)
        ):
            lead, answered = number, False
        else:
            answered = interview and lead >= asked[0]
            lead = lead if (lead >= 0 and is_question(lines[lead])) or answered else -1
    return found


def is_question(line: list[Token]) -> bool:
    """Whether a paragraph is a question that stands alone, as in an interview."""
    return line[-1].text == "?" and line[0].text not in {'"', "'"}


def _is_prompt(line: list[Token]) -> bool:
    """Whether a short paragraph after an answer is the interviewer's again."""
    first = any(token.lower_ in {"i", "we", "my", "our"} for token in line)
    return not first and len(line) <= LONGEST_PROMPT and line[0].text != '"'


def _is_heading(line: list[Token]) -> bool:
    return len(line) <= LONGEST_HEADING and line[-1].is_alpha
