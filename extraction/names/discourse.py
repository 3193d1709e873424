"""What one text has named so far: its mentions, who spoke, and how near they are."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from extraction.cues import ATTITUDES, Cue, cues_in
from extraction.interface import Document, KnownActor
from extraction.names.gazetteer import Gazetteer
from extraction.names.genders import gender_of, gender_of_title
from extraction.names.mention import Mention
from extraction.names.mentions import MentionFinder, is_place
from extraction.names.resolved import Resolved
from extraction.parsing import unify

LOOK_BACK = 6000  # characters: bounds the cost of long texts
FARTHEST = 3  # sentences from a name to what refers back to it
SUBJECTS = {"nsubj", "nsubjpass", "agent"}
SPEAKING = ATTITUDES | {Cue.SAY}
EMBEDDED = {"ccomp", "advcl", "relcl", "acl", "pcomp"}


class Discourse:
    """The mentions of one parsed document, in reading order."""

    def __init__(self, document: Document, doc: Doc, gazetteer: Gazetteer) -> None:
        self.document = document
        self.doc = doc
        self.text = unify(document.text)
        self.gazetteer = gazetteer
        self.mentions = MentionFinder(
            doc, self.text, gazetteer, document.published_on
        ).find()
        self.spoken: list[tuple[int, list[Resolved]]] = []
        self._by_token = self._index()
        self._sentences = _sentence_numbers(doc)
        self._genders = self._titled_genders()

    def _index(self) -> dict[int, Mention]:
        found: dict[int, Mention] = {}
        for mention in self.mentions:
            for token in self.tokens(mention.start, mention.end) or ():
                found[token.i] = mention
        return found

    def tokens(self, start: int, end: int) -> Tokens | None:
        """Return the tokens of the code points ``[start, end)``."""
        return self.doc.char_span(start, end, alignment_mode="expand")

    def mention_of(self, token: Token) -> Mention | None:
        """Return the mention that ``token`` belongs to."""
        return self._by_token.get(token.i)

    def actor(self, mention: Mention) -> KnownActor | None:
        """Return the actor that ``mention`` names, None while unknown or undecided."""
        return self.gazetteer.actors.get(mention.slug)

    def root(self, mention: Mention) -> Token | None:
        """Return the syntactic head of the words of ``mention``."""
        tokens = self.tokens(mention.start, mention.end)
        return tokens.root if tokens is not None and len(tokens) else None

    def remember(self, start: int, speakers: list[Resolved]) -> None:
        """Note that ``speakers`` spoke or held something at ``start``."""
        if speakers:
            self.spoken.append((start, speakers))

    # -- near and far ------------------------------------------------------

    def before(self, token: Token, within: int = LOOK_BACK) -> Iterator[Mention]:
        """Mentions that end at most ``within`` characters before ``token``, last first."""
        until = bisect_right(self.mentions, token.idx, key=lambda each: each.end)
        for at in range(until - 1, -1, -1):
            if token.idx - self.mentions[at].end > within:
                return
            yield self.mentions[at]

    def after(self, mention: Mention) -> Iterator[Mention]:
        """Return the mentions after ``mention``, in order."""
        at = bisect_right(self.mentions, mention.start, key=lambda each: each.start)
        return (self.mentions[i] for i in range(at, len(self.mentions)))

    def near(self, token: Token, reach: int = FARTHEST) -> Iterator[Mention]:
        """Mentions before ``token``, as many sentences back as a pronoun reaches."""
        for mention in self.before(token):
            root = self.root(mention)
            if root is None:
                continue
            if self.distance(root, token) > reach:
                return
            yield mention

    def distance(self, first: Token, second: Token) -> int:
        """Return how many sentences lie between two words; 0 in the same one."""
        return abs(self._sentences[second.i] - self._sentences[first.i])

    # -- how much a mention stands out -------------------------------------

    def salience(self, mention: Mention, token: Token) -> float:
        """How likely a pronoun at ``token`` means ``mention``, which is near."""
        root = self.root(mention)
        if root is None:
            return 0.0
        score = 4.0 - self.distance(root, token)
        if self.stands_out(mention, root):
            subject = root.head if root.dep_ == "appos" else root
            score += 1.5 + 0.5 * (subject.head.dep_ not in EMBEDDED)
            score += 0.5 * self._is_speaking(subject)
        return score

    def stands_out(self, mention: Mention, root: Token) -> bool:
        """Whether ``mention`` is a subject, or all that its sentence says or begins with."""
        subject = root.head if root.dep_ == "appos" else root
        if subject.dep_ in SUBJECTS or root.dep_ == "ROOT":
            return True
        first = root.sent.start_char
        return mention.start == first and root.dep_ in {"compound", "npadvmod"}

    def _is_speaking(self, root: Token) -> bool:
        return cues_in(root.sent).at.get(root.head.i) in SPEAKING

    def is_silent(self, mention: Mention, head: Token) -> bool:
        """Whether a country or body is only where something is."""
        if mention.kind not in {"country", "group", "organisation"}:
            return False
        return mention.how in {"name", "metonym"} and is_place(head, mention.how)

    # -- he or she ---------------------------------------------------------

    def _titled_genders(self) -> dict[str, str]:
        """What "Mr" and "Ms" anywhere in the text say of whom they stand before."""
        found: dict[str, str] = {}
        for mention in self.mentions:
            gender = self._title_before(mention)
            if mention.slug and gender:
                found.setdefault(mention.slug, gender)
        return found

    def gender(self, mention: Mention) -> str:
        """Return "f", "m" or "" where the text and the first name do not say."""
        if known := self._genders.get(mention.slug):
            return known
        actor = self.actor(mention)
        name = actor.name if actor else self.text[mention.start : mention.end]
        return self._title_before(mention) or gender_of((name.split() or [""])[0])

    def _title_before(self, mention: Mention) -> str:
        return gender_of_title(self.text[max(0, mention.start - 12) : mention.start])


def _sentence_numbers(doc: Doc) -> list[int]:
    """The number of the sentence of each token."""
    found, number = [], 0
    for token in doc:
        number += bool(token.is_sent_start)
        found.append(number)
    return found
