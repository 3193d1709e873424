"""Whom he, she, it, they and the like mean: the last one named that fits best."""

from collections.abc import Iterator

from spacy.tokens import Token

from extraction.cues import cues_in
from extraction.lists import word_set
from extraction.names.discourse import SPEAKING, SUBJECTS, Discourse
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved, referring, renamed

SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
SINGULAR |= {"himself": "m", "herself": "f", "hers": "f"}
PLURAL = {"they", "them", "their"}
NEUTER = {"it", "its", "itself"}
INDEFINITE = {"a", "an", "one", "another", "some"}
PERSONAL = ("er", "or", "ist", "ian", "man", "woman", "person", "ee")
HUMAN = word_set(
    "nurse judge boy girl aide wife husband chef guest friend student resident client agent "
    "patient correspondent assistant consultant tenant accountant merchant refugee migrant"
)
THINGS = word_set(
    "paper letter number matter order offer power water river winter summer weather corner "
    "error factor sector committee newspaper computer monitor motor tractor mirror border "
    "tower theatre cover quarter chapter poster layer barrier carrier server counter tremor"
)
REACH_OF_MANY = 500  # characters from those who spoke to "they"
REACH_OF_GROUP = 300


class Pronouns:
    """Resolves the pronouns of one text."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse

    def resolve(self, token: Token) -> list[Resolved]:
        """Return whom the pronoun ``token``, of the third person, means."""
        word = token.lower_
        if word in SINGULAR:
            found = self._person(token)
            return [found] if found else []
        if word in PLURAL:
            return self._many(token)
        if word in NEUTER:
            found = self.body(token)
            return [found] if found else []
        return []

    # -- he, she -----------------------------------------------------------

    def _person(self, token: Token) -> Resolved | None:
        best = self.person(token)
        return referring(token, best, 0.75) if best and best.guesses else None

    def person(self, token: Token) -> Mention | None:
        """Return the person, known or not, that "he" or "she" most likely means."""
        gender = SINGULAR[token.lower_]
        best: tuple[float, Mention] | None = None
        for mention in self.discourse.near(token):
            if mention.kind != "person" or not self._may_mean(mention, token, gender):
                continue
            score = self.discourse.salience(mention, token)
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None or self._stranger_since(best[1], token):
            return None
        return best[1]

    def _may_mean(self, mention: Mention, token: Token, gender: str) -> bool:
        if self.discourse.gender(mention) not in {"", gender}:
            return False
        return not self._is_beside(mention, token)

    def _is_beside(self, mention: Mention, token: Token) -> bool:
        """ "She thanked Krogh": one verb's subject and object are two persons."""
        if token.dep_ not in {"nsubj", "dobj", "dative", "pobj"}:
            return False
        verb = _verb_of(token)
        same = [
            other
            for child in verb.subtree
            if child.ent_type_ or child.pos_ == "PROPN"
            if (other := self.discourse.mention_of(child))
            if other.slug and other.slug == mention.slug and _verb_of(child) == verb
        ]
        return bool(same)

    def _stranger_since(self, mention: Mention, token: Token) -> bool:
        """ "A farmer spoke. He ...": somebody without a name came in between."""
        root = self.discourse.root(mention)
        if root is None:
            return False
        between = self.discourse.doc[root.i + 1 : token.i]
        return any(
            _is_stranger(other) and self.discourse.mention_of(other) is None
            for other in between
            if other.sent.start != token.sent.start
        )

    # -- it ----------------------------------------------------------------

    def body(self, token: Token) -> Resolved | None:
        """Return the country or body that ``token``, a singular, most likely means."""
        best: tuple[float, Mention] | None = None
        for mention, root in self._bodies(token):
            score = self.discourse.salience(mention, token)
            score += 2.0 * _reports(root, token)
            if best is None or score > best[0]:
                best = (score, mention)
        return referring(token, best[1], 0.6) if best else None

    def _bodies(self, token: Token) -> Iterator[tuple[Mention, Token]]:
        for mention in self.discourse.near(token):
            root = self.discourse.root(mention)
            if mention.kind == "person" or root is None:
                continue
            if root.dep_ != "poss" and not self.discourse.stands_out(mention, root):
                continue
            if not self.discourse.is_silent(mention, root):
                yield mention, root

    # -- they --------------------------------------------------------------

    def _many(self, token: Token) -> list[Resolved]:
        """ "they" are the last list or group that spoke, or the last group named."""
        for start, speakers in reversed(self.discourse.spoken):
            near = start < token.idx and token.idx - start < REACH_OF_MANY
            if near and (
                len(speakers) > 1 or speakers[0].kind in {"group", "organisation"}
            ):
                return [renamed(speaker, token) for speaker in speakers]
        return self._last_group(token)

    def _last_group(self, token: Token) -> list[Resolved]:
        for mention in self.discourse.before(token, REACH_OF_GROUP):
            return [referring(token, mention, 0.5)] if mention.kind == "group" else []
        return []


def _verb_of(token: Token) -> Token:
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    return verb


def _is_stranger(token: Token) -> bool:
    """Whether ``token`` is a person without a name as the subject of a main verb."""
    if token.dep_ not in SUBJECTS or token.tag_ != "NN":
        return False
    if not any(child.lower_ in INDEFINITE for child in token.children):
        return False
    personal = token.lower_.endswith(PERSONAL) and token.lower_ not in THINGS
    return personal or token.lower_ in HUMAN


def _reports(root: Token, token: Token) -> bool:
    """ "The firm said that it would": the subject of the verb that reports."""
    if root.dep_ not in SUBJECTS or root.sent.start != token.sent.start:
        return False
    if cues_in(root.sent).at.get(root.head.i) not in SPEAKING:
        return False
    return any(ancestor == root.head for ancestor in token.ancestors)
