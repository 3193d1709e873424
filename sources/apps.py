"""Sources, feeds, documents and their intake."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Knows nothing of actors or claims."""

    name = "sources"
    verbose_name = "Sources and texts"

    def ready(self) -> None:
        """Say what the jobs of this app do, and check the settings of a deployment."""
        from django.core.checks import Tags, register  # noqa: PLC0415 - needs the apps

        from jobs import kinds  # noqa: PLC0415
        from sources.checks import refuse_open_loopback  # noqa: PLC0415
        from sources.operations import INGEST, POLL_FEED  # noqa: PLC0415

        kinds.register(INGEST, "sources.operations.ingesting.ingest")
        kinds.register(POLL_FEED, "sources.operations.polling.poll_feed")
        register(refuse_open_loopback, Tags.security, deploy=True)
