"""The codebook: claims and the words by which texts speak of them."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper


class ClaimStatus(models.TextChoices):
    """Whether a claim is being coded."""

    DRAFT = "draft", "draft"
    ACTIVE = "active", "tracked"
    CLOSED = "closed", "closed"


@pghistory.track()
class Claim(models.Model):
    """A proposition one can support or oppose: the codebook's entry."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    proposition = models.TextField(
        help_text="One sentence that an actor can support or oppose"
    )
    coding_rule = models.TextField(
        blank=True, default="", help_text="When to code which value"
    )
    status = models.CharField(
        max_length=6, choices=ClaimStatus.choices, default=ClaimStatus.ACTIVE
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claims_claim_status_known",
                condition=Q(status__in=ClaimStatus.values),
            ),
            models.CheckConstraint(
                name="claims_claim_worded",
                condition=Q(title__regex=r"\S", proposition__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ExamplePhrase(models.Model):
    """Words by which texts speak of a claim; extraction matches with them."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "claim", Upper("text"), name="claims_examplephrase_once_per_claim"
            ),
            models.CheckConstraint(
                name="claims_examplephrase_worded", condition=Q(text__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return self.text
