"""Whose stance is taken over where somebody takes another's side."""

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Token

from extraction.names.resolved import speaks_for
from extraction.names.resolver import Resolver
from extraction.reading import Draft
from extraction.topics import Topics

SURE = 0.5  # a topic less sure than this does not choose among somebody's stances
AFTER = 2  # sentences in which a view named ahead is told
BACK = 2  # sentences back to the view just heard
FAR = 6  # sentences over which a named view stays sure


class Models:
    """The drafts of one text, looked up by actor and by sentence."""

    def __init__(self, topics: Topics, resolver: Resolver) -> None:
        self.topics = topics
        self.resolver = resolver
        self._of: dict[str, list[Draft]] = defaultdict(list)
        self._in: dict[int, list[Draft]] = defaultdict(list)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Keep ``drafts`` for later look-ups."""
        for draft in drafts:
            for side in {draft.actor, self._principal(draft.actor)} - {""}:
                self._of[side].append(draft)
            self._in[self.topics.sentences[draft.at.i]].append(draft)

    def _principal(self, slug: str) -> str:
        actor = self.resolver.gazetteer.actors.get(slug)
        return speaks_for(actor, self.resolver.document)

    def of(self, whom: str, word: Token, claims: set[str]) -> Draft | None:
        """Return the stance of ``whom`` that ``word`` takes up, on one of ``claims``."""
        for own in (self._of.get(whom, []), self._spoken_for(whom)):
            named = [draft for draft in own if draft.claim in claims]
            rest = () if claims else (self._on_topic(own, word), own)
            for wanted in (named, *rest):
                if found := self._nearest(wanted, word):
                    return found
        return None

    def _spoken_for(self, whom: str) -> list[Draft]:
        """What the body said that the person ``whom`` speaks for."""
        principal = self._principal(whom)
        drafts = self._of.get(principal, ()) if principal != whom else ()
        return [draft for draft in drafts if draft.actor == principal]

    def _on_topic(self, own: list[Draft], word: Token) -> list[Draft]:
        for topic in self.topics.at(word):
            if topic.certainty < SURE:
                break
            if found := [draft for draft in own if draft.claim == topic.claim]:
                return found
        return []

    def _nearest(self, drafts: list[Draft], word: Token) -> Draft | None:
        """The last draft before ``word``, else one told right after it."""
        if earlier := [draft for draft in drafts if draft.at.i < word.i]:
            return max(earlier, key=lambda draft: draft.at.i)
        for draft in drafts:
            if self.distance(word, draft.at) <= AFTER:
                return draft
        return None

    def just_heard(self, word: Token, own: set[str], back: int = BACK) -> Draft | None:
        """Return the last stance of somebody else told just before ``word``."""
        now = self.topics.sentences[word.i]
        for at in range(now, now - back - 1, -1):
            told = [
                draft
                for draft in self._in.get(at, ())
                if draft.at.i < word.i and draft.actor not in own
            ]
            if told:
                return max(told, key=lambda draft: draft.at.i)
        return None

    def distance(self, first: Token, second: Token) -> int:
        """How many sentences ``second`` comes after ``first``."""
        return self.topics.sentences[second.i] - self.topics.sentences[first.i]
