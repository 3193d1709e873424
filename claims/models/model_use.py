"""What the language model used up, day by day."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Now


class ModelUse(models.Model):
    """What the language-model engine used up on one day (UTC), calls under way included."""

    day = models.DateField(db_default=Cast(Now(), models.DateField()))
    tokens_in = models.BigIntegerField(default=0)
    tokens_out = models.BigIntegerField(default=0)
    calls = models.BigIntegerField(default=0)
    cost = models.DecimalField(
        max_digits=14,
        decimal_places=6,
        default=0,
        help_text="In the currency of the prices in the environment",
    )

    class Meta:
        verbose_name_plural = "model use"
        constraints = [
            models.UniqueConstraint(
                name="claims_modeluse_one_row_a_day", fields=["day"]
            ),
            models.CheckConstraint(
                name="claims_modeluse_counts_never_negative",
                condition=Q(
                    tokens_in__gte=0, tokens_out__gte=0, calls__gte=0, cost__gte=0
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Use of the language model on {self.day}"

    @property
    def tokens(self) -> int:
        """What counts against the day's budget."""
        return self.tokens_in + self.tokens_out
