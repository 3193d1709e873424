"""What an analyst should know about a stance that was saved all the same."""

from django.contrib import messages
from django.http import HttpRequest

from claims.dating import in_words
from claims.models import CONDITIONAL_VALUES, Stance


def warn_of(request: HttpRequest, stance: Stance) -> None:
    """Show what may be wrong with a saved stance, each with what to do."""
    for doubt in doubts_of(stance):
        messages.warning(request, doubt)


def doubts_of(stance: Stance) -> list[str]:
    """Say what readers will miss: for whom the actor spoke, or on what it depends."""
    doubts = []
    if stance.speaks_for is None:
        day = in_words(stance.stated_on, stance.stated_precision)
        doubts.append(
            f"It counts for no country: {stance.actor} held no office that is known on "
            f"{day}. Amend whom they spoke for, or have a lead add the office."
        )
    if stance.value in CONDITIONAL_VALUES and not stance.condition:
        doubts.append("It has no condition: amend it to say on what it depends.")
    return doubts
