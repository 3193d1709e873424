"""Actors and what is known of them."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Actors, aliases, affiliations, memberships; knows nothing of sources or claims."""

    name = "actors"
    verbose_name = "Actors"
