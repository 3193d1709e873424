"""Speakers with a name of their own whom no known actor is, with what the text says of them."""

from functools import cached_property

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extraction.countries import by_place
from extraction.interface import Span, Unknown
from extraction.lists import word_set
from extraction.names.discourse import Discourse
from extraction.names.genders import is_first_name
from extraction.names.mention import Mention
from extraction.names.mentions import TITLES
from extraction.names.pronouns import SINGULAR, Pronouns
from extraction.names.resolved import Resolved
from extraction.names.words import words_of

KINDS = {"PERSON": "person", "ORG": "organisation"}
ARTICLES = {"the", "a", "an", "its", "their", "his", "her"}
LONGEST_NAME = 8  # words
LONGEST_DESCRIPTION = 90  # characters
NO_SPEAKERS = word_set(
    "god reuters afp ap bloomberg monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december"
)


class Strangers:
    """Finds the unknown speakers of one text."""

    def __init__(self, discourse: Discourse, pronouns: Pronouns) -> None:
        self.discourse = discourse
        self.pronouns = pronouns

    def of(self, head: Token) -> Resolved | None:
        """Return the named but unknown speaker that ``head`` heads, if it is one."""
        if head.lower_ in SINGULAR:
            mention = self.pronouns.person(head)
            return self._referred(head, mention) if mention else None
        mention = self.discourse.mention_of(head)
        if mention is not None and mention.guesses:
            return self._undecided(mention)
        entity = self._entity(head)
        return self._named(entity, head) if entity is not None else None

    def _undecided(self, mention: Mention) -> Resolved | None:
        """ "Holt" where two of that name are known: ranked, and none chosen."""
        if mention.slug or mention.kind != "person":
            return None
        name = self.discourse.text[mention.start : mention.end].removeprefix("the ")
        span = Span(mention.start, mention.end)
        return Resolved(span, mention.guesses, "person", Unknown(name, "person"))

    def _referred(self, head: Token, mention: Mention) -> Resolved | None:
        root = self.discourse.root(mention)
        if mention.guesses or root is None:
            return None
        entity = self._entity(root)
        found = self._named(entity, root) if entity is not None else None
        if found is None:
            return None
        span = Span(head.idx, head.idx + len(head))
        return Resolved(span, (), found.kind, found.unknown)

    def _entity(self, head: Token) -> Tokens | None:
        """The name that ``head`` heads, or that stands in apposition to it."""
        apposed = [c for c in head.children if c.dep_ == "appos" and c.i > head.i]
        for token in (head, *apposed):
            if not token.ent_type_ or token.pos_ != "PROPN":
                continue
            entity = _entity_at(token)
            if entity.root == token and self._is_name(entity):
                return entity
        return None

    def _is_name(self, entity: Tokens) -> bool:
        words = words_of(entity.text)
        if not words or len(words) > LONGEST_NAME or len(entity.text) < 3:
            return False
        if any(self.discourse.mention_of(t) and _known(self, t) for t in entity):
            return False
        return words[0].raw[:1].isupper() and words[0].key not in NO_SPEAKERS

    def _named(self, entity: Tokens, head: Token) -> Resolved | None:
        kind, name = self._kind(entity), _name(entity)
        full = self._in_full(name) if kind in {"person", "organisation"} else name
        kind, name = ("person", full) if full != name else (kind, name)
        if not kind or (kind == "person" and len(name.split()) < 2):
            return None
        described = "" if kind == "country" else self._description(entity, head, name)
        span = Span(entity.start_char, entity.end_char)
        return Resolved(span, (), kind, Unknown(name, kind, described))

    def _kind(self, entity: Tokens) -> str:
        """Return the proposed kind of who is called so; "" for what is no speaker."""
        name = _name(entity).casefold()
        if name in by_place():
            return "country"
        personal = " " in name and is_first_name(name.split()[0])
        return "person" if personal else KINDS.get(entity[0].ent_type_, "")

    def _in_full(self, name: str) -> str:
        """ "Nyberg" is Lars Nyberg where the text names him in full."""
        if " " in name:
            return name
        full = {
            other
            for other, entity in self._entities
            if other.endswith(f" {name}") and self._kind(entity) == "person"
        }
        return full.pop() if len(full) == 1 else name

    # -- what the text calls them ----------------------------------------------

    def _description(self, entity: Tokens, head: Token, name: str) -> str:
        """Return what stands beside the name, here or where it is named in full."""
        for other in (entity, *self._same(name)):
            if said := _beside(other, head if other is entity else other.root):
                return said
        return ""

    def _same(self, name: str) -> list[Tokens]:
        return [entity for other, entity in self._entities if other == name]

    @cached_property
    def _entities(self) -> list[tuple[str, Tokens]]:
        return [(_name(entity), entity) for entity in self.discourse.doc.ents]


def _entity_at(token: Token) -> Tokens:
    first, last = token.i, token.i
    while token.doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 < len(token.doc) and token.doc[last + 1].ent_iob_ == "I":
        last += 1
    return token.doc[first : last + 1]


def _known(strangers: Strangers, token: Token) -> bool:
    mention = strangers.discourse.mention_of(token)
    return mention is not None and bool(mention.guesses)


def _name(entity: Tokens) -> str:
    """The name without article, title and possessive ending."""
    text = entity.text.removesuffix("'s").removesuffix(
        "\N{RIGHT SINGLE QUOTATION MARK}s"
    )
    words = text.strip().split()
    while len(words) > 1 and words[0].strip(".").casefold() in TITLES | ARTICLES:
        words = words[1:]
    return " ".join(words)


def _beside(entity: Tokens, head: Token) -> str:
    root = entity.root
    if head.i not in range(entity.start, entity.end):
        return _clean(head.doc[head.left_edge.i : head.i + 1])
    for child in root.children:
        if child.dep_ == "appos" and child.i >= entity.end:
            edge = child.right_edge.i + 1
            return _clean(root.doc[child.left_edge.i : edge])
    left = root.left_edge.i
    return _clean(root.doc[left : entity.start]) if left < entity.start else ""


def _clean(words: Tokens) -> str:
    """A description up to its first comma, without its article."""
    kept = words.text.split(",")[0].split("\n")[0].strip(" -\"'")
    first, _, rest = kept.partition(" ")
    kept = rest if first.casefold() in ARTICLES | {"whose", "now"} else kept
    kept = kept.removesuffix("'s").removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s")
    told = any(letter.isalpha() for letter in kept)
    return kept if told and len(kept) <= LONGEST_DESCRIPTION else ""
