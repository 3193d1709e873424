"""The site itself: settings, templates, commands of its runtime."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Imports every app, imported by none."""

    name = "config"
    verbose_name = "Standpoint"
