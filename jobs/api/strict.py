"""Requests that refuse what they do not know, so that a typing error is no silent loss."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """The shape of a request's body: a field that nobody would read is an error."""

    def to_internal_value(self, data: Any) -> Any:
        """Read the fields; raises ValidationError that also names the unknown ones."""
        unknown = self.unknown(data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError({**unknown, **error.detail}) from None
            raise
        if unknown:
            raise serializers.ValidationError(unknown)
        return value

    def unknown(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Say of each unknown field which ones there are."""
        writable = sorted(
            name for name, field in self.fields.items() if not field.read_only
        )
        may = f"Known here: {', '.join(writable)}."
        return {
            str(name): f"There is no field {str(name)!r}. {may}"
            for name in given
            if name not in writable
        }
