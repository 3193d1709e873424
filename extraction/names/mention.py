"""Words of a text that name somebody, known or not."""

from dataclasses import dataclass

from extraction.interface import Guess


def likeliest(guesses: tuple[Guess, ...]) -> str:
    """Return the actor guessed first, "" where there is none or two are as likely."""
    if not guesses:
        return ""
    tied = len(guesses) > 1 and guesses[0].score <= guesses[1].score
    return "" if tied else guesses[0].slug


@dataclass(frozen=True)
class Mention:
    """Words ``[start, end)`` (code points) that name somebody; no guesses: unknown."""

    start: int
    end: int
    guesses: tuple[Guess, ...]
    how: str
    kind: str = "person"

    @property
    def slug(self) -> str:
        """The most likely actor, "" while unknown or undecided."""
        return likeliest(self.guesses)


def covered(taken: list[Mention]) -> set[int]:
    """Every code point that a mention covers: keeps long texts linear."""
    return {point for mention in taken for point in range(mention.start, mention.end)}


def merge(taken: list[Mention], more: list[Mention]) -> list[Mention]:
    """Add to ``taken`` what does not overlap it; longer mentions first."""
    result, points = list(taken), covered(taken)
    for mention in sorted(more, key=lambda m: (m.start - m.end, m.start)):
        its = range(mention.start, mention.end)
        if points.isdisjoint(its):
            result.append(mention)
            points.update(its)
    return sorted(result, key=lambda m: m.start)
