"""The site itself: settings, templates, commands of its runtime."""

import importlib

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Imports every app, imported by none."""

    name = "config"
    verbose_name = "Standpoint"

    def ready(self) -> None:
        """Make the Celery app, so that every process sends to the same broker."""
        importlib.import_module("config.celery")
