"""On which occasion a stance was stated: the dates of a report's own verbs.

A date counts where it stands with the verb that reports the stance, not inside what is
reported ("will open it in June, she said"). A speaker's later words in the past tense
belong to his last dated occasion; where the opening dates a meeting, everybody's do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from extraction.cues import Cue, cues_in
from extraction.dates import Dated, When, dates_in, published
from extraction.interface import Document
from extraction.lists import word_set
from extraction.names.resolver import Resolver
from extraction.voices import Voice

MEETING = word_set(
    "meet gather convene quarrel debate sit vote assemble discuss argue clash confer"
)
SITTING = word_set(
    "meeting summit session debate hearing conference congress sitting talks gathering "
    "parliament commons lords chamber house senate bundestag mps lawmakers deputies council "
    "committee assembly delegates inquiry plenary colleagues counterparts"
)
OPENING = 800  # characters in which a report says what it reports
MEMBERS = word_set(
    "minister leader lawmaker mp member deputy president ambassador delegate state "
    "government senator councillor premier chancellor negotiator diplomat"
)
PAST = {"VBD", "VBN"}
PRESENT = {"VBP", "VBZ", "MD"}
SHIFTED = {"would", "could", "had", "'d"}
TO_COME = {"will", "shall", "may", "might", "can", "must", "should", "would", "'ll"}
CLAUSES = {"conj", "ccomp", "relcl", "acl", "advcl", "parataxis", "csubj"}
SUBJECTS = {"nsubj", "nsubjpass"}
LINE = re.compile(r"[^\n]+")
LONGEST_HEAD = 70
ENDING = ".!?:;,\"'\u201d\u2019)"


@dataclass(frozen=True)
class _Occasion:
    """A date with the verb it stands with, and who speaks there ("" if nobody known)."""

    verb: Token
    when: When
    who: frozenset[str]


class Occasions:
    """The dated statements of one text."""

    def __init__(self, document: Document, doc: Doc, resolver: Resolver) -> None:
        self.document = document
        self.doc = doc
        self.resolver = resolver
        self.day = document.published_on
        self._quoted = _quoted(doc)
        self._own: dict[int, list[_Occasion]] = {}
        self._heads = _heads(document.text)
        self._opening = 0
        self._met = self._meeting()

    def when(self, voice: Voice, at: Token) -> When:
        """Return when ``voice`` said what stands at ``at``."""
        cue = self._cue(voice) or _verb_of(at)
        if own := self._with(cue):
            return own
        author = self.resolver.author
        if author is not None and author.slug == voice.speaker.slug:
            return published(self.day)
        if not self._is_told(voice, at, cue):
            return published(self.day)
        return (
            self._last_of(voice.speaker.slug, cue)
            or self._met_before(cue)
            or published(self.day)
        )

    def _is_told(self, voice: Voice, at: Token, cue: Token) -> bool:
        """Whether the words are reported as said then, and not as held now."""
        bare = voice.attribution is not None and not voice.attribution.cue
        return _is_past(cue) or (bare and at.i in self._quoted)

    def _cue(self, voice: Voice) -> Token | None:
        """The word that reports: of a quotation the one that stands outside of it."""
        if voice.attribution is not None and voice.attribution.cue:
            span = voice.attribution.cue[0]
            tokens = self.doc.char_span(span.start, span.end, alignment_mode="expand")
            if tokens is not None and len(tokens):
                return tokens.root
        return voice.cue

    # -- dates beside a verb -----------------------------------------------

    def _with(self, cue: Token) -> When | None:
        """The date that stands with ``cue`` or, failing that, with what governs it."""
        occasions = self._in(cue.sent)
        for verb in _governors(cue):
            for one in occasions:
                if one.verb == verb:
                    return one.when
        return None

    def _in(self, sentence: Span) -> list[_Occasion]:
        if sentence.start not in self._own:
            self._own[sentence.start] = [
                occasion
                for dated in dates_in(sentence.text, self.day)
                if (occasion := self._occasion(dated, sentence))
            ]
        return self._own[sentence.start]

    def _occasion(self, dated: Dated, sentence: Span) -> _Occasion | None:
        at = self._token_at(sentence, sentence.start_char + dated.start)
        if at is None or at.i in self._quoted:
            return None
        verb = _reporting(_verb_of(at), dated.when)
        if verb is None:
            return None
        return _Occasion(verb, dated.when, self._speakers(verb))

    def _token_at(self, sentence: Span, offset: int) -> Token | None:
        return next((t for t in sentence if t.idx <= offset < t.idx + len(t)), None)

    def _speakers(self, verb: Token) -> frozenset[str]:
        subjects = [c for c in verb.children if c.dep_ in {"nsubj", "agent"}]
        found = [self.resolver.peek(subject) for subject in subjects]
        return frozenset(one.slug for each in found for one in each if one.slug)

    # -- dates that carry on -------------------------------------------------

    def _last_of(self, slug: str, cue: Token) -> When | None:
        """The last occasion before ``cue`` on which the speaker spoke."""
        before = [w for start, w in self._spoke.get(slug, ()) if start < cue.sent.start]
        return before[-1] if before else None

    @cached_property
    def _spoke(self) -> dict[str, list[tuple[int, When]]]:
        """For each speaker the days on which he spoke, with their sentences' starts."""
        found: dict[str, list[tuple[int, When]]] = {}
        for sentence in self.doc.sents:
            for one in self._in(sentence):
                for slug in one.who if one.when.precision == "day" else ():
                    found.setdefault(slug, []).append((sentence.start, one.when))
        return found

    def _met_before(self, cue: Token) -> When | None:
        """The day of the meeting, until the text turns to something else."""
        turned = any(self._opening < head < cue.idx for head in self._heads)
        return None if turned else self._met

    def _meeting(self) -> When | None:
        """The day of the meeting that the opening reports, if it reports one."""
        for sentence in self.doc.sents:
            if sentence.start_char >= OPENING:
                break
            for one in self._in(sentence):
                if one.when.precision == "day" and _is_meeting(one.verb):
                    self._opening = sentence.end_char
                    return one.when
        return None


def _quoted(doc: Doc) -> set[int]:
    """The words between quotation marks, which come in pairs within a paragraph."""
    found: set[int] = set()
    inside = False
    for token in doc:
        if "\n" in token.text:
            inside = False
        elif token.text == '"':
            inside = not inside
        elif inside:
            found.add(token.i)
    return found


def _verb_of(token: Token) -> Token:
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    while verb.dep_ in {"aux", "auxpass"} and verb.head != verb:
        verb = verb.head
    return verb


def _governors(cue: Token) -> Iterator[Token]:
    """The word and what governs it, as far as one and the same act goes."""
    token = cue
    yield token
    while token.head != token:
        own = token.dep_ in CLAUSES and any(c.dep_ in SUBJECTS for c in token.children)
        if own and cues_in(token.sent).at.get(token.head.i) is not Cue.SAY:
            return
        token = token.head
        yield token


def _is_past(cue: Token) -> bool:
    """ "said", "was opposed", "would send, he said": not what somebody wants now."""
    governors = list(_governors(cue))
    at = cues_in(cue.sent).at
    saying = [word for word in governors if at.get(word.i) is Cue.SAY]
    if saying and saying[-1].pos_ == "VERB":
        return _is_past_verb(saying[-1])
    return any(_is_past_verb(_verb_of(word)) for word in governors)


def _is_past_verb(verb: Token) -> bool:
    helping = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ == "VBD" or c.lower_ in SHIFTED for c in helping):
        return True
    return verb.tag_ in PAST and not any(c.tag_ in PRESENT for c in helping)


def _reporting(verb: Token, when: When) -> Token | None:
    """The verb that a date tells of; None where it only says when something is due."""
    helping = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    reported = verb.dep_ == "ccomp" and helping & SHIFTED
    if helping & TO_COME or (reported and "had" not in helping):
        return None
    if verb.tag_ in {"VB", "VBG"} and not helping & (
        {"could", "had", "did", "was", "were"}
    ):
        head = verb.head
        finite = head != verb and head.pos_ == "VERB" and _is_past_verb(head)
        return head if finite and when.precision == "day" else None
    return verb


def _is_meeting(verb: Token) -> bool:
    if verb.lemma_.lower() in MEETING:
        return True
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if any(c.tag_ == "NNS" and c.lemma_.lower() in MEMBERS for c in subjects):
        return True
    verbs = {verb, *(c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBG")}
    near = [c for c in verb.subtree if c.i - verb.i < 16 and c.lower_ in SITTING]
    return any(_verb_of(word) in verbs and not _is_for_press(word) for word in near)


def _is_for_press(word: Token) -> bool:
    return any(c.lower_ in {"news", "press"} for c in word.children)


def _heads(text: str) -> list[int]:
    """Where lines of few words begin that are no sentences: headings in the text."""
    return [
        match.start()
        for match in LINE.finditer(text)
        if len(match.group()) < LONGEST_HEAD
        and match.group().rstrip()[-1:] not in ENDING
    ]
