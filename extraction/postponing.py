"""Answers put off: "has yet to make up its mind", "it is too early to say"."""

import re

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extraction.chain import climb
from extraction.claims import Anchor
from extraction.cues import Cue, cues_in
from extraction.ellipsis import is_supposed
from extraction.holders import holder_of
from extraction.interface import Value
from extraction.lists import word_set
from extraction.modality import is_asked
from extraction.reading import Draft, TextReading
from extraction.references import POINTING
from extraction.state import State, apply
from extraction.terms import concepts, lemma
from extraction.topics import Topic
from extraction.value import Reading
from extraction.voices import Voice

OPEN = re.compile(
    r"\b(?:(?:still|yet) to (?:decide|make up|take a|reach a|settle|choose|declare)"
    r"|(?:has|have|had)(?: not|n't| yet to)(?: yet)? (?:decided|settled|taken (?:a |any )?"
    r"(?:view|position|stand|side|sides|line)\b|made up|reached a|committed|declared)"
    r"|(?:would|will|did|does|do|could|can|may|wo|ca)(?: not|n't| no longer| neither)(?: yet)?"
    r" (?:say\b|commit\b|be drawn|take (?:a |any )?(?:view|position|stand|side|sides)\b"
    r"|decide\b|be pinned down)"
    r"|(?:declin|refus)\w+ to (?:say\b|commit\b|take sides|be drawn|be pinned)"
    r"|too (?:early|soon) (?:to|for)\b"
    r"|(?:neither|not) yes n?or no|neither for nor against|say yes (?:before|until)"
    r"|(?:want|need|ask|request|plead)\w*(?: for)?(?: more| some)? time\b(?! (?:and|to come))"
    r"|(?:give|have|present) (?:an?|its|his|her|their) (?:answer|decision|verdict|view)"
    r" (?:once|when|after|later|in|next|by|only|until)\b"
    r"|(?:decide|look at (?:it|that|this)|come back to (?:it|that|this)|be revisited"
    r"|return to (?:it|that|this)|settle (?:it|that|the (?:matter|question)))"
    r" (?:only )?(?:after|when|once|later|at|next|in|by)\b"
    r"|reserv\w+ (?:its |his |her |their )?(?:judge?ment|position|answer)"
    r"|(?:wait(?:ing|s)? (?:for|until|to see)|await(?:s|ing)?) |wait and see"
    r"|(?:is|are|was|were) (?:still )?holding back"
    r"|hesitat(?:e|es|ed|ing)\b(?! to)|on the fence|(?:re)?thinking (?:it|its)"
    r"|(?:has|have) (?:no|not taken a) (?:view|position|opinion) (?:on|yet|so far))",
    re.IGNORECASE,
)
DENIED = frozenset({"hesitate", "hesitated", "hesitates"})
NO_VIEW = re.compile(
    r"\b(?:take|takes|has|have) no (?:position|view|opinion)\b(?! (?:yet|so))"
)
TURNED = re.compile(r"\bbut\b|;|\balthough\b")
WHEN = frozenset({"after", "before", "until", "once", "when"})
THINGS = frozenset({"NOUN", "PROPN"})
ABOUT = frozenset({"on", "about", "over", "of", "regarding"})
OWN = word_set(
    "matter question issue subject point view mind answer decision side time"
)
PUT_OFF = 0.8
LEAST_TOPIC = 0.5
LONGEST = 9  # words of a line that names nothing else: "Spain abstained."


class Postponing:
    """Adds the drafts of one reading in which somebody leaves a claim undecided."""

    def __init__(self, reading: TextReading) -> None:
        self.reading = reading

    def drafts(self) -> list[Draft]:
        """Return a draft for each answer put off by a known actor."""
        found: list[Draft] = []
        for sentence in self.reading.doc.sents:
            if not is_asked(sentence):
                for word in _undecided_in(sentence):
                    found += self._of(word)
        return found

    def _of(self, word: Token) -> list[Draft]:
        topic = self._topic(word)
        chain = climb(word)
        if topic is None or is_supposed(word):
            return []
        return [
            self._draft(voice, topic, word)
            for voice in self.reading.voices.at(chain, _holder(word), Cue.UNDECIDED)
        ]

    def _draft(self, voice: Voice, topic: Topic, word: Token) -> Draft:
        reasons = (f"“{word.text}” puts the answer off", voice.reason)
        reading = Reading(Value.AMBIGUOUS, None, reasons[:1], PUT_OFF)
        return Draft(voice, topic.claim, reading, word, topic.certainty, reasons)

    def _topic(self, word: Token) -> Topic | None:
        """The claim named after ``word``, else the one under discussion."""
        named = self._named_after(word)
        if named is not None:
            return Topic(named, min(1.0, named.score))
        if self._is_on_something_else(word):
            return None
        topics = self.reading.topics.at(word)
        return topics[0] if topics and topics[0].certainty >= LEAST_TOPIC else None

    def _named_after(self, word: Token) -> Anchor | None:
        anchors = self.reading.topics.in_sentence(word)
        subtree = {token.i for token in _clause(word).subtree}
        after = [
            anchor
            for anchor in anchors
            if anchor.token.i > word.i
            and anchor.token.i in subtree
            and not _is_when(anchor.token, word)
        ]
        return max(after, key=lambda anchor: anchor.score, default=None)

    def _is_on_something_else(self, word: Token) -> bool:
        """ "has yet to decide on the venue", "will not say who shot first"."""
        for child in word.subtree:
            if child.i <= word.i or _is_when(child, word):
                continue
            asked = child.dep_ == "mark" and child.lower_ in {"whether", "if"}
            if asked or child.tag_ in {"WP", "WRB"}:
                return not _points(child.head)
            about = child.dep_ == "prep" and child.lower_ in ABOUT
            for pobj in child.children if about else ():
                known = lemma(pobj) in POINTING | OWN or pobj.pos_ == "PRON"
                if pobj.pos_ == "NOUN" and not known:
                    return not self._is_of_topic(pobj)
        return False

    def _is_of_topic(self, noun: Token) -> bool:
        named = concepts(noun.doc[noun.i : noun.i + 1]).get(noun.i, frozenset())
        topics = self.reading.topics.at(noun)[:1]
        profiles = self.reading.matcher.profiles
        return any(named & set(profiles[t.claim].weights) for t in topics)


def overruled(drafts: list[Draft], undecided: list[Draft]) -> list[Draft]:
    """Return ``drafts`` without those that an answer put off takes back."""
    return [
        draft for draft in drafts if not any(_takes_back(u, draft) for u in undecided)
    ]


def _takes_back(undecided: Draft, draft: Draft) -> bool:
    if (undecided.actor, undecided.claim) != (draft.actor, draft.claim):
        return False
    if undecided.at.sent != draft.at.sent or draft.at.i < undecided.at.i:
        return False
    between = draft.at.doc[undecided.at.i : draft.at.i].text
    return not TURNED.search(between)


def _undecided_in(sentence: Tokens) -> list[Token]:
    """The word of each answer put off in ``sentence``."""
    found: dict[int, Token] = {}
    for match in OPEN.finditer(sentence.text):
        start = sentence.start_char + match.start()
        end = sentence.start_char + match.end()
        if word := _telling(sentence, start, end):
            found[word.i] = word
    for position, cue in cues_in(sentence).at.items():
        if NO_VIEW.search(sentence.text):
            continue
        if cue is Cue.UNDECIDED and not any(abs(position - i) < 4 for i in found):
            found[position] = sentence.doc[position]
    if word := _neither(sentence):
        found[word.i] = word
    return list(found.values())


def _neither(sentence: Tokens) -> Token | None:
    """ "would neither recommend it nor advise against it": two answers, both refused."""
    words = [token.lower_ for token in sentence]
    if "neither" not in words or "nor" not in words[words.index("neither") :]:
        return None
    first = sentence.start + words.index("neither")
    middle = sentence.start + words.index("nor", words.index("neither"))
    cues = cues_in(sentence).at
    before = {apply(State(), c).sign for i, c in cues.items() if first < i < middle}
    after = {apply(State(), c).sign for i, c in cues.items() if i > middle}
    verbs = [t for t in sentence[first - sentence.start :] if t.pos_ in {"VERB", "ADP"}]
    return verbs[0] if verbs and 1 in before and -1 in after else None


def _telling(sentence: Tokens, start: int, end: int) -> Token | None:
    inside = [t for t in sentence if start <= t.idx < end]
    telling = [t for t in inside if t.pos_ in {"VERB", "ADJ"}] or inside
    if not telling or (telling[-1].lower_ in DENIED and _is_denied(telling[-1])):
        return None
    return telling[-1]


def _is_denied(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _is_when(named: Token, word: Token) -> bool:
    """ "will look at that after the budget": the budget is when, not what."""
    for token in (named, *named.ancestors):
        if token == word:
            return False
        marks = [token, *token.children] if token.dep_ == "advcl" else [token]
        if any(t.lower_ in WHEN for t in marks):
            return True
    return False


def _holder(word: Token) -> Token | None:
    """Who leaves it open; "would not be drawn" is the subject's doing too."""
    passive = (c for c in word.children if c.dep_ == "nsubjpass")
    return holder_of(word) or next(passive, None)


def _clause(word: Token) -> Token:
    """The clause that ``word`` governs: that of "is" in "it is too early to say"."""
    top = word
    while top.pos_ not in {"VERB", "AUX"} and top.head != top:
        top = top.head
    if top.dep_ in {"xcomp", "advcl", "acl"} and lemma(top.head) in {"be", "have"}:
        return top.head
    return top


def _points(clause: Token) -> bool:
    """Whether a clause has only pointing words for its matter: "whether to do it"."""
    nouns = [t for t in clause.subtree if t.pos_ in THINGS and lemma(t) not in POINTING]
    return not nouns
