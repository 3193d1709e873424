"""What goes into an extractor and what comes out: plain dataclasses, no framework.

All offsets are Unicode code points into ``Document.text`` and half open, so that
``text[start:end]`` is the quoted evidence, always.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """How a statement is reported."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    ATTITUDE = "attitude"


class Value(StrEnum):
    """Stance values, from -2 (oppose) to 2 (support)."""

    OPPOSE = "oppose"
    CONDITIONAL_OPPOSE = "conditional_oppose"
    AMBIGUOUS = "ambiguous"
    CONDITIONAL_SUPPORT = "conditional_support"
    SUPPORT = "support"

    @property
    def words(self) -> str:
        """The value for people: "conditional support"."""
        return self.replace("_", " ")


CONDITIONAL = frozenset({Value.CONDITIONAL_SUPPORT, Value.CONDITIONAL_OPPOSE})


@dataclass(frozen=True, order=True)
class Span:
    """Half-open range of code points in a text."""

    start: int
    end: int

    def text(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Document:
    """A text to read; ``published_on`` anchors relative dates and offices."""

    text: str
    id: str = ""
    title: str = ""
    author: str = ""
    language: str = "en"
    published_on: date | None = None


@dataclass(frozen=True)
class Office:
    """A dated office of a person: half-open ``[start, end)``, open where None."""

    speaks_for: str
    office: str
    rank: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Name:
    """Another name of an actor.

    ``kind`` is one of name, spelling, misspelling, translation, metonym, description;
    "" where it isn't known.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class KnownActor:
    """An actor that texts may name; ``kind``: person, organisation, country, group."""

    slug: str
    kind: str
    name: str
    aliases: tuple[Name, ...] = ()
    offices: tuple[Office, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownClaim:
    """A tracked claim, the codebook's entry."""

    slug: str
    title: str
    proposition: str
    phrases: tuple[str, ...] = ()
    coding_rule: str = ""

    @property
    def wording(self) -> str:
        """The proposition, the title where there is none."""
        return self.proposition or self.title


@dataclass(frozen=True)
class Attribution:
    """Who said what, before anything is resolved: spans only."""

    kind: Kind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    confidence: float = 0.5
    cue_lemma: str = ""
    negated: bool = False


@dataclass(frozen=True)
class Guess:
    """A ranked possibility with the reasons for it, in words."""

    slug: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """A speaker whom no known actor is, or more than one may be: as the text names it.

    ``kind`` is the proposed one (person, organisation, country); ``description`` is what
    the text calls him besides: "Danish foreign minister".
    """

    name: str
    kind: str = "person"
    description: str = ""


@dataclass(frozen=True)
class Candidate:
    """A proposed stance: every part carries the spans that show it.

    ``content`` is what is quoted for it, ``also`` are other places of the text that show it.
    ``actor`` is "" while the speaker is unknown: then ``unknown`` is the mention, and
    ``actor_guesses`` rank who it may be, none where it is nobody known. ``claim_guesses``
    begin with ``claim``, then come other claims that the words fit, the best first.
    ``value`` is None where no stance can be read. ``confidence`` is in 0..1.
    ``features`` are named numbers of the engine's own to learn from (``features.py``).
    """

    kind: Kind
    content: tuple[Span, ...]
    claim: str
    actor: str = ""
    speaks_for: str = ""
    value: Value | None = None
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    condition: Span | None = None
    stated_on: date | None = None
    stated_precision: str = "day"
    stated_basis: str = ""
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    actor_guesses: tuple[Guess, ...] = field(default=())
    claim_guesses: tuple[Guess, ...] = field(default=())
    unknown: Unknown | None = None
    also: tuple[Span, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def places(self) -> tuple[Span, ...]:
        """Everything in the text that shows the stance."""
        return (*self.content, *self.also)

    @property
    def speaker(self) -> str:
        """The actor's slug, or the name of an unknown speaker: what tells them apart."""
        return self.actor or (self.unknown.name.casefold() if self.unknown else "")


class Extractor(Protocol):
    """An engine that proposes stances."""

    name: str
    version: str

    def extract(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> list[Candidate]:
        """Propose stances found in ``document`` on ``claims`` by ``names``."""
        ...
