"""Whom an office in a text means: "its director", "the former premier", "her deputy"."""

from collections.abc import Callable, Iterator
from functools import cached_property

from spacy.tokens import Token

from extraction.countries import by_adjective
from extraction.interface import Document, Guess, KnownActor
from extraction.lists import word_set
from extraction.names.bodies import Bodies
from extraction.names.discourse import Discourse
from extraction.names.mention import Mention
from extraction.names.office_mentions import FORMER, NOT_QUITE, OTHER_TIMES
from extraction.names.offices import (
    LONGEST,
    fits,
    former_holders,
    holders,
    holds_on,
    neighbour_in_office,
    office_in,
    office_on,
    role_words,
)
from extraction.names.resolved import Resolved, referring, span_of, speaks_for
from extraction.names.words import fold, keys_of

BEFORE = word_set("predecessor forerunner")
AFTER = word_set("successor")
MOUTHPIECES = word_set(
    "spokesman spokeswoman spokesperson spokespeople whip office press-office secretariat "
    "embassy lawyer lawyers headquarters"
)
PEERS = word_set("counterpart colleague homologue")
BODY_NOUNS = word_set(
    "party movement organisation organization company utility union federation association "
    "council commission committee agency bank institute foundation group campaign charity "
    "alliance network firm operator body conference congress board executive leadership "
    "government country ministry"
)
MODIFIERS = {"compound", "amod", "nmod", "poss"}
ROLE_STEM = 6  # letters that "biologist" shares with "professor of biology"
ROLE_ENDINGS = ("ist", "ian", "er", "or")
REACH = 1500  # characters from a country to "the fisheries minister"
Resolve = Callable[[Token], list[Resolved]]


class Descriptions:
    """Resolves the offices without a name of one text."""

    def __init__(self, discourse: Discourse, bodies: Bodies, resolve: Resolve) -> None:
        self.discourse = discourse
        self.bodies = bodies
        self.resolve_head = resolve
        self.actors = list(discourse.gazetteer.actors.values())
        self.day = discourse.document.published_on
        self._holding: dict[str, frozenset[str]] = {}

    def resolve(self, head: Token) -> list[Resolved]:
        """Return whom the noun phrase headed by ``head`` describes, if it does."""
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        if owner is None and not _is_definite(head):
            return []
        word = head.lower_
        if owner is not None and word in BEFORE | AFTER:
            return self._neighbour(head, owner, after=word in AFTER)
        if owner is not None and word in PEERS:
            return self._peer(head, owner)
        if owner is not None and word in MOUTHPIECES:
            return self._mouthpiece(head, owner)
        if owner is not None and head.lemma_.lower() in BODY_NOUNS:
            return self._body_of(head, owner)
        return self._office(head, owner)

    # -- "his predecessor", "her Spanish counterpart", "her party" ------------

    def _owner(self, owner: Token) -> KnownActor | None:
        found = self.resolve_head(owner)
        one = found[0].slug if len(found) == 1 else ""
        return self.discourse.gazetteer.actors.get(one)

    def _neighbour(self, head: Token, owner: Token, *, after: bool) -> list[Resolved]:
        person = self._owner(owner)
        if person is None or person.kind != "person":
            return []
        found = neighbour_in_office(self.actors, person, self.day, after=after)
        return self._as(head, found, 0.75, f"{head.text} of {person.slug}")

    def _peer(self, head: Token, owner: Token) -> list[Resolved]:
        person = self._owner(owner)
        office = office_on(person, self.day) if person else None
        country = next(
            (
                slug
                for child in head.children
                if (slug := self.discourse.gazetteer.country_called(child.text))
            ),
            "",
        )
        if office is None or not country:
            return []
        found = holders(self.actors, country, office_in(office.office), self.day)
        reason = f"holds for {country} the office of whose {head.text} it is"
        return self._as(head, found[0] if len(found) == 1 else None, 0.75, reason)

    def _mouthpiece(self, head: Token, owner: Token) -> list[Resolved]:
        """ "its whip", "Lund's spokesman": unnamed, he speaks for them."""
        actor = self._owner(owner)
        if actor is None:
            return []
        if named := self._office_of(head, owner, self._office_named(head)):
            return named
        reason = f"a {head.text} of {actor.slug} speaks for it"
        return [
            Resolved(span_of(head), (Guess(actor.slug, 0.75, (reason,)),), actor.kind)
        ]

    def _body_of(self, head: Token, owner: Token) -> list[Resolved]:
        """ "her party", "Lund's movement": what the person speaks for."""
        actor = self._owner(owner)
        slug = speaks_for(actor, self.discourse.document)
        body = self.discourse.gazetteer.actors.get(slug)
        if actor is None or actor.kind != "person" or body is None:
            return []
        reason = f"“{head.text}” of {actor.slug} is {slug}"
        return [Resolved(span_of(head), (Guess(slug, 0.75, (reason,)),), body.kind)]

    def _as(
        self, head: Token, actor: KnownActor | None, score: float, reason: str
    ) -> list[Resolved]:
        if actor is None:
            return []
        return [Resolved(span_of(head), (Guess(actor.slug, score, (reason,)),))]

    # -- offices ---------------------------------------------------------------

    def _office(self, head: Token, owner: Token | None) -> list[Resolved]:
        before = [t.lower_ for t in _modifiers(head)]
        if set(before) & (OTHER_TIMES | NOT_QUITE) or _is_elsewhere(head):
            return []
        office = self._office_named(head)
        former = bool(set(before) & FORMER)
        if owner is not None and not former:
            return self._office_of(head, owner, office)
        if not office and not former:
            return self._by_role(head)
        office = office or head.lower_
        if former:
            return self._former(head, office)
        return (
            self._mentioned(head, office)
            or self._in_context(head, office)
            or self._by_role(head)
        )

    def _office_named(self, head: Token) -> str:
        """The longest known office that ends with ``head``, or ""."""
        known = self.discourse.gazetteer.offices
        for length in range(min(LONGEST, head.i + 1), 0, -1):
            words = self.discourse.doc[head.i - length + 1 : head.i + 1]
            keys = tuple(fold(word.text) for word in words)
            if keys in known:
                return known[keys]
        return ""

    def _office_of(self, head: Token, owner: Token, office: str) -> list[Resolved]:
        """ "its foreign minister", "the union's leader"."""
        if not office:
            return []
        principal = speaks_for(self._owner(owner), self.discourse.document)
        if not principal and owner.pos_ == "PRON":
            principal = self._principal_before(owner)
        found = holders(self.actors, principal, office, self.day) if principal else []
        if len(found) != 1:
            return [] if principal else self._of_called(head, owner, office)
        reason = f"{office} of {principal} on the day"
        return self._as(head, found[0], 0.8, reason)

    def _of_called(self, head: Token, owner: Token, office: str) -> list[Resolved]:
        """ "the teachers' leader": of a body that need not be named itself."""
        fitting, word = self._fitting(office), fold(owner.lemma_)
        for mention in self.discourse.before(head):
            actor = self.discourse.actor(mention)
            body = speaks_for(actor, self.discourse.document)
            principal = self.discourse.gazetteer.actors.get(body)
            if mention.slug not in fitting or principal is None:
                continue
            if self.bodies.is_called(principal, word):
                return [referring(head, mention, 0.75)]
        return []

    def _principal_before(self, token: Token) -> str:
        """Whom the last speaker or country before ``token`` speaks for."""
        for mention in self.discourse.near(token):
            if actor := self.discourse.actor(mention):
                return speaks_for(actor, self.discourse.document)
        return ""

    def _mentioned(self, head: Token, office: str) -> list[Resolved]:
        """ "the minister": the last person named that holds the office on the day."""
        fitting = self._fitting(office)
        for mention in self.discourse.before(head):
            if mention.slug in fitting and self._qualifies(mention, head):
                return [referring(head, mention, 0.8)]
            if self._opens_paragraph(mention, head):
                principal = speaks_for(
                    self.discourse.actor(mention), self.discourse.document
                )
                found = holders(self.actors, principal, office, self.day)
                if len(found) == 1:
                    reason = f"{office} of {principal}, named at the head of it"
                    return self._as(head, found[0], 0.75, reason)
        return []

    def _opens_paragraph(self, mention: Mention, head: Token) -> bool:
        """ "France. The president ...": a heading that runs in."""
        text = self.discourse.text
        if mention.kind != "country" or head.idx - mention.end > REACH:
            return False
        at_start = mention.start == 0 or text[mention.start - 1] == "\n"
        return at_start and "\n" not in text[mention.end : head.idx]

    def _fitting(self, office: str) -> frozenset[str]:
        if office not in self._holding:
            self._holding[office] = frozenset(
                actor.slug
                for actor in self.actors
                if any(
                    fits(one, office) and holds_on(one, self.day)
                    for one in actor.offices
                )
            )
        return self._holding[office]

    def _qualifies(self, mention: Mention, head: Token) -> bool:
        """ "the union leader" leads a union."""
        nouns = [c for c in head.children if c.dep_ == "compound"]
        own = {fold(noun.lemma_) for noun in nouns} & BODY_NOUNS
        principal = speaks_for(self.discourse.actor(mention), self.discourse.document)
        body = self.discourse.gazetteer.actors.get(principal)
        return not own or (
            body is not None and all(self.bodies.is_called(body, word) for word in own)
        )

    def _in_context(self, head: Token, office: str) -> list[Resolved]:
        """ "the fisheries minister" in a text on Norway: nobody need have named him."""
        for principal in self._principals(head):
            found = holders(self.actors, principal, office, self.day)
            if len(found) == 1:
                reason = f"{office} of {principal}, of which the text speaks"
                return self._as(head, found[0], 0.65, reason)
            if found:
                return []
        return self._of_whole_text(head, office)

    def _of_whole_text(self, head: Token, office: str) -> list[Resolved]:
        """ "the health secretary" opens the text that names her or her country later."""
        named = self._named_anywhere
        fitting = [
            slug
            for slug in self._fitting(office)
            if slug in named or speaks_for(self._actor(slug), self._document) in named
        ]
        if len(fitting) != 1:
            return []
        reason = f"the one {office} of whom or of whose country the text speaks"
        return self._as(head, self._actor(fitting[0]), 0.6, reason)

    @cached_property
    def _named_anywhere(self) -> frozenset[str]:
        return frozenset(m.slug for m in self.discourse.mentions if m.slug)

    @property
    def _document(self) -> Document:
        return self.discourse.document

    def _actor(self, slug: str) -> KnownActor:
        return self.discourse.gazetteer.actors[slug]

    def _principals(self, head: Token) -> Iterator[str]:
        met = set()
        for mention in self.discourse.before(head, REACH):
            slug = speaks_for(self.discourse.actor(mention), self.discourse.document)
            if slug and slug not in met:
                met.add(slug)
                yield slug

    def _former(self, head: Token, office: str) -> list[Resolved]:
        """ "the former premier": who is named and left the office, or the only one."""
        for mention in self.discourse.before(head):
            actor = self.discourse.actor(mention)
            if actor and self._has_left(actor, office):
                return [referring(head, mention, 0.75)]
        for principal in self._principals(head):
            found = former_holders(self.actors, principal, office, self.day)
            if found:
                reason = f"the last {office} of {principal} before the day's"
                return self._as(
                    head, found[0], 0.7 if len(found) == 1 else 0.55, reason
                )
        return []

    def _has_left(self, actor: KnownActor, office: str) -> bool:
        return any(
            fits(one, office) and one.end and self.day and one.end <= self.day
            for one in actor.offices
        )

    def _by_role(self, head: Token) -> list[Resolved]:
        """ "the economist", "the commissioner": the last one named of whom it is true."""
        word = fold(head.lemma_)
        for mention in self.discourse.near(head, reach=6):
            actor = self.discourse.actor(mention)
            if actor is None or actor.kind != "person":
                continue
            if any(
                _is_role(word, one.office)
                for one in actor.offices
                if holds_on(one, self.day)
            ):
                return [referring(head, mention, 0.75)]
        return []


def _is_role(word: str, office: str) -> bool:
    if word in role_words(office):
        return True
    if not word.endswith(ROLE_ENDINGS) or len(word) <= ROLE_STEM:
        return False
    return any(key[:ROLE_STEM] == word[:ROLE_STEM] for key in keys_of(office))


def _modifiers(head: Token) -> list[Token]:
    return [child for child in head.children if child.dep_ in MODIFIERS]


def _is_elsewhere(head: Token) -> bool:
    """ "the Swedish minister": of a country that nobody tracks."""
    words = [t for t in _modifiers(head) if t.dep_ != "poss"]
    return any(t.lower_ in by_adjective() or t.ent_type_ == "NORP" for t in words)


def _is_definite(head: Token) -> bool:
    return any(child.lower_ in {"the", "this", "that"} for child in head.children)
