"""A budget of tokens for each day, kept in the database so that all workers share it."""

from dataclasses import dataclass

from django.db.models import F

from claims.models import ModelUse
from extraction.llm.usage import BudgetSpentError, Usage


@dataclass(frozen=True)
class Receipt:
    """What was set aside in which day's row."""

    row: int
    expected: Usage


class DailyBudget:
    """Sets tokens aside before each call and replaces them by what the call used.

    What a killed worker had set aside stays counted: the call may have been made.
    """

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens

    def reserve(self, expected: Usage) -> Receipt:
        """Set tokens aside, or none at all; raises BudgetSpentError."""
        row = row_of_today()
        allowed = (
            ModelUse.objects.filter(pk=row)
            .alias(used=F("tokens_in") + F("tokens_out"))
            .filter(used__lte=self.tokens - expected.tokens)
        )
        if not allowed.update(
            tokens_in=F("tokens_in") + expected.tokens_in,
            tokens_out=F("tokens_out") + expected.tokens_out,
        ):
            raise BudgetSpentError
        return Receipt(row, expected)

    def settle(self, receipt: object, used: Usage) -> None:
        """Count what was used in place of what was set aside."""
        if not isinstance(receipt, Receipt):
            raise TypeError(receipt)
        ModelUse.objects.filter(pk=receipt.row).update(
            tokens_in=F("tokens_in") + used.tokens_in - receipt.expected.tokens_in,
            tokens_out=F("tokens_out") + used.tokens_out - receipt.expected.tokens_out,
            calls=F("calls") + used.calls,
            cost=F("cost") + used.cost,
        )


def row_of_today() -> int:
    """Return the key of today's row by the database's clock, made where it is missing."""
    ModelUse.objects.bulk_create([ModelUse()], ignore_conflicts=True)
    return ModelUse.objects.latest("day").pk
