"""Which body a description means: "the party", "the landlords", "the government"."""

from collections import Counter, defaultdict
from functools import cached_property

from spacy.tokens import Token

from extraction.interface import Guess, KnownActor
from extraction.lists import word_set
from extraction.names.discourse import Discourse
from extraction.names.mention import Mention
from extraction.names.office_mentions import SEATED
from extraction.names.offices import holds_on
from extraction.names.resolved import Resolved, referring, span_of
from extraction.names.words import fold, keys_of

REACH = 700  # characters from a body's name to "the party"
FAMILIES = (
    word_set("party movement alliance union league front coalition bloc list"),
    word_set("union federation council confederation league association guild chamber"),
    word_set(
        "company utility operator firm bank manufacturer maker group airline producer "
        "developer retailer supplier builder giant insurer brewer business corporation"
    ),
    word_set(
        "charity campaign group network foundation institute organisation alliance movement "
        "initiative association society trust council"
    ),
    word_set(
        "agency commission committee ministry office authority regulator department body "
        "board court council treasury institute service inspectorate executive"
    ),
    word_set("university college school academy institute faculty"),
    word_set("church diocese synod council"),
    word_set("newspaper magazine paper weekly daily broadcaster"),
)
TYPES = frozenset().union(*FAMILIES)
USUAL = word_set(
    "party movement union company utility operator firm bank charity campaign group network "
    "foundation institute association agency alliance"
)
ANY = word_set("organisation organization body institution")
TELLING = {"party": "party", "executive": "company", "ceo": "company"}
COUNTRY = word_set("country nation state kingdom republic")
PEOPLE_OF = ("er", "ers", "ists", "ist")


class Bodies:
    """Resolves descriptions of organisations and governments in one text."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.actors = discourse.gazetteer.actors
        self._called: dict[str, frozenset[str]] = {}

    def resolve(self, head: Token) -> list[Resolved]:
        """Return the body that the definite noun phrase of ``head`` means."""
        if not is_definite(head):
            return []
        word = _singular(head)
        if head.lower_ in SEATED | COUNTRY:
            return self._country(head)
        best: tuple[float, Mention] | None = None
        for mention in self.discourse.before(head, REACH):
            score = self._fit(mention, word, plural=head.tag_ == "NNS")
            if score and (best is None or score > best[0]):
                best = (score, mention)
        return [referring(head, best[1], 0.7)] if best else []

    def _fit(self, mention: Mention, word: str, *, plural: bool) -> float:
        """How well ``word`` describes the body of ``mention``; 0: not at all."""
        actor = self.discourse.actor(mention)
        if actor is None or actor.kind not in {"organisation", "group"}:
            return 0.0
        if self.is_called(actor, word):
            return 3.0
        if plural or (word not in TYPES and word not in ANY):
            return 0.0
        own = self._types(actor)
        if word in ANY or (not own and word in USUAL):
            return 1.0
        return 1.5 if any({word} <= f and own & f for f in FAMILIES) else 0.0

    def is_called(self, actor: KnownActor, word: str) -> bool:
        """Whether the name of ``actor``, or the text, has ``word`` for it."""
        return any(_is_alike(word, own) for own in self._words(actor))

    def _words(self, actor: KnownActor) -> frozenset[str]:
        if actor.slug not in self._called:
            names = [actor.name, *(alias.text for alias in actor.aliases)]
            own = {_plain(key) for name in names for key in keys_of(name)}
            told = {TELLING[w] for w in self._offices_of(actor.slug) if w in TELLING}
            said = self._descriptions[actor.slug]
            self._called[actor.slug] = frozenset(own | told | said)
        return self._called[actor.slug]

    def _types(self, actor: KnownActor) -> set[str]:
        return set(self._words(actor)) & TYPES

    def _offices_of(self, slug: str) -> set[str]:
        day = self.discourse.document.published_on
        return {
            key
            for actor in self.actors.values()
            for office in actor.offices
            if office.speaks_for == slug and holds_on(office, day)
            for key in keys_of(office.office)
        }

    @cached_property
    def _descriptions(self) -> dict[str, set[str]]:
        """What the text says a body is: "Norrfisk, the trawler operator"."""
        found: dict[str, set[str]] = defaultdict(set)
        for mention in self.discourse.mentions:
            root = self.discourse.root(mention)
            if mention.kind != "organisation" or root is None or not mention.slug:
                continue
            nouns = [c for c in root.children if c.dep_ == "appos"]
            if root.dep_ == "nsubj" and root.head.lemma_ == "be":
                nouns += [c for c in root.head.children if c.dep_ == "attr"]
            for noun in nouns:
                found[mention.slug] |= _description(noun)
        return found

    # -- "the government", "the country" -------------------------------------

    def _country(self, head: Token) -> list[Resolved]:
        if any(c.dep_ in {"prep", "poss", "amod"} for c in head.children):
            return []
        slug = self._subject_country(head) or self.leading_country(head)
        if not slug:
            return []
        reason = f"“{head.text}” is that of {slug}, of which the text speaks"
        return [Resolved(span_of(head), (Guess(slug, 0.6, (reason,)),), "country")]

    def _subject_country(self, head: Token) -> str:
        for mention in self.discourse.near(head):
            root = self.discourse.root(mention)
            if mention.kind != "country" or root is None:
                continue
            subject = self.discourse.stands_out(mention, root) or root.dep_ == "poss"
            if subject and mention.slug:
                return mention.slug
        return ""

    def leading_country(self, head: Token) -> str:
        """The one country that is named most before ``head``, or ""."""
        counts = Counter(
            mention.slug
            for mention in self.discourse.before(head)
            if mention.kind == "country" and mention.slug
        ).most_common(2)
        if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
            return ""
        return counts[0][0]


def is_definite(head: Token) -> bool:
    """Whether ``head`` has a definite article of its own."""
    return any(child.lower_ in {"the", "this"} for child in head.children)


def _description(noun: Token) -> set[str]:
    words = {noun, *(c for c in noun.children if c.dep_ in {"compound", "amod"})}
    return {_plain(fold(word.lemma_)) for word in words if word.pos_ != "PROPN"}


def _singular(head: Token) -> str:
    return _plain(fold(head.lemma_))


def _plain(key: str) -> str:
    """A folded word without its plural ending."""
    return key.removesuffix("s") if len(key) > 4 and not key.endswith("ss") else key


def _is_alike(word: str, own: str) -> bool:
    """ "campaigner" and "campaign", "college" and "college"."""
    if word == own:
        return True
    return len(own) > 4 and word.startswith(own) and word[len(own) :] in PEOPLE_OF
