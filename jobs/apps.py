"""The ledger of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Leases, attempts and the sweep; knows nothing of what the work is."""

    name = "jobs"
    verbose_name = "Background work"
