"""What calls to a language model use up, and who allows them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

CHARACTERS_PER_TOKEN = (
    3  # below what tokenisers reach, so estimates are rather too high
)
MILLION = 1_000_000


@dataclass(frozen=True)
class Usage:
    """Tokens and money of one or more calls; ``cost`` in the currency of the prices."""

    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0
    cost: Decimal = Decimal(0)

    def __add__(self, other: "Usage") -> "Usage":
        """Add up."""
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.calls + other.calls,
            self.cost + other.cost,
        )

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True)
class Prices:
    """What a million tokens cost."""

    million_in: Decimal = Decimal(0)
    million_out: Decimal = Decimal(0)

    def usage(self, tokens_in: int, tokens_out: int) -> Usage:
        """Return the usage of one call with its cost."""
        cost = self.million_in * tokens_in + self.million_out * tokens_out
        return Usage(tokens_in, tokens_out, 1, cost / MILLION)


class BudgetSpentError(Exception):
    """The next call could exceed what may be used: nothing was sent."""


class Meter(Protocol):
    """Allows calls and counts them."""

    def reserve(self, expected: Usage) -> object:
        """Set ``expected`` aside and return a receipt; raises BudgetSpentError."""
        ...

    def settle(self, receipt: object, used: Usage) -> None:
        """Replace what was set aside by what was used."""
        ...


class Unlimited:
    """Allows every call."""

    def reserve(self, expected: Usage) -> object:
        """Allow it."""
        return expected

    def settle(self, receipt: object, used: Usage) -> None:
        """Count nothing: the extractor's result says what was used."""


def estimated_tokens(text: str) -> int:
    """Return about how many tokens ``text`` has, rather too many than too few.

    Scripts outside ASCII take about a token a character.
    """
    foreign = sum(1 for character in text if ord(character) > 0x24F)
    return (len(text) - foreign) // CHARACTERS_PER_TOKEN + foreign + 1
