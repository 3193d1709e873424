"""Sources, feeds, documents and their intake."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Knows nothing of actors or claims."""

    name = "sources"
    verbose_name = "Sources and texts"
