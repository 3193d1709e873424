"""Claims, stances, suggestions and positions."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The codebook and what was coded."""

    name = "claims"
    verbose_name = "Claims and stances"
