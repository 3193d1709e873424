"""A speaker as resolved: the words that name it and who it may be."""

from dataclasses import dataclass

from spacy.tokens import Token

from extraction.interface import Document, Guess, KnownActor, Span, Unknown
from extraction.names.mention import Mention, likeliest
from extraction.names.offices import office_on

NAMED = 0.5  # a name that nobody known has


@dataclass(frozen=True)
class Resolved:
    """One speaker: the words that name it and who it may be, best first."""

    span: Span
    guesses: tuple[Guess, ...]
    kind: str = "person"
    unknown: Unknown | None = None

    @property
    def slug(self) -> str:
        """The speaker, "" while unknown or undecided."""
        return likeliest(self.guesses)

    @property
    def score(self) -> float:
        """How surely the first guess is right, or it is the one named but unknown."""
        if self.guesses:
            return self.guesses[0].score
        return NAMED if self.unknown else 0.0


def speaks_for(actor: KnownActor | None, document: Document) -> str:
    """Whom ``actor`` speaks for on the document's day; not a person: for itself."""
    if actor is None:
        return ""
    if actor.kind != "person":
        return actor.slug
    office = office_on(actor, document.published_on)
    return office.speaks_for if office else ""


def span_of(token: Token) -> Span:
    """Return where ``token`` stands."""
    return Span(token.idx, token.idx + len(token))


def as_resolved(mention: Mention) -> Resolved:
    """Return the speaker that ``mention`` names."""
    return Resolved(Span(mention.start, mention.end), mention.guesses, mention.kind)


def referring(token: Token, mention: Mention, score: float) -> Resolved:
    """Return ``mention`` as what ``token`` refers back to, less surely."""
    guesses = tuple(
        Guess(
            guess.slug,
            guess.score * score,
            (f"“{token.text}” refers back", *guess.reasons),
        )
        for guess in mention.guesses
    )
    return Resolved(span_of(token), guesses, mention.kind)


def renamed(speaker: Resolved, token: Token) -> Resolved:
    """Return ``speaker`` as what ``token`` refers back to."""
    guesses = tuple(
        Guess(g.slug, g.score * 0.8, (f"“{token.text}” refers back", *g.reasons))
        for g in speaker.guesses
    )
    return Resolved(span_of(token), guesses, speaker.kind)


def distinct(found: list[Resolved]) -> list[Resolved]:
    """Return ``found`` with each known speaker once."""
    kept: list[Resolved] = []
    for resolved in found:
        if not resolved.slug or all(other.slug != resolved.slug for other in kept):
            kept.append(resolved)
    return kept
