"""How a job looks in the API."""

from typing import Any

from rest_framework import serializers

from jobs.models import Job


class JobSerializer(serializers.ModelSerializer[Job]):
    """One piece of background work, with the last error in words where it failed."""

    created_by = serializers.SlugRelatedField[Any](
        slug_field="username",
        read_only=True,
        allow_null=True,
        help_text="Who asked for it; null for the system",
    )
    attempts = serializers.IntegerField(
        source="attempt", read_only=True, help_text="Attempts begun so far"
    )

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "state",
            "attempts",
            "max_attempts",
            "run_after",
            "last_error",
            "outcome",
            "created_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields
