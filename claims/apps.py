"""Claims, stances, suggestions and positions."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The codebook and what was coded."""

    name = "claims"
    verbose_name = "Claims and stances"

    def ready(self) -> None:
        """Have each new document read, by a job of its own."""
        from claims.operations.extracting import (  # noqa: PLC0415 - needs loaded models
            EXTRACT,
            EXTRACT_WITH_MODEL,
            extract_document,
            request_extraction,
        )
        from claims.operations.model_reading import (  # noqa: PLC0415
            extract_with_model,
        )
        from jobs.kinds import register  # noqa: PLC0415
        from sources.announcements import document_stored  # noqa: PLC0415

        register(EXTRACT, extract_document)
        register(EXTRACT_WITH_MODEL, extract_with_model)
        document_stored.connect(
            request_extraction, dispatch_uid="claims.request_extraction"
        )
