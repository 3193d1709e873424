"""How sources, feeds, documents and ingestions look in the API."""

from typing import Any

from rest_framework import serializers

from jobs.api.strict import StrictSerializer
from sources.models import (
    Document,
    Feed,
    Ingestion,
    Precision,
    Source,
)


class SourceSerializer(serializers.ModelSerializer[Source]):
    """Who publishes: a newspaper, an agency, a ministry, a think tank."""

    class Meta:
        model = Source
        fields = [
            "slug",
            "name",
            "kind",
            "home_page",
            "country",
            "reliability_note",
        ]
        read_only_fields = fields


class SourceReferenceSerializer(serializers.ModelSerializer[Source]):
    """A source, in short."""

    class Meta:
        model = Source
        fields = ["slug", "name", "kind"]
        read_only_fields = fields


class FeedSerializer(serializers.ModelSerializer[Feed]):
    """An RSS or Atom address that is polled, and how the last poll went."""

    source = serializers.SlugRelatedField[Source](  # type: ignore[assignment]
        slug_field="slug", read_only=True
    )

    class Meta:
        model = Feed
        fields = [
            "id",
            "source",
            "url",
            "active",
            "poll_minutes",
            "next_poll_at",
            "last_checked_at",
            "last_outcome",
            "last_error",
            "failures",
        ]
        read_only_fields = fields


class DocumentSerializer(serializers.ModelSerializer[Document]):
    """One text as ingested, without its words."""

    source = SourceReferenceSerializer(  # type: ignore[assignment]
        read_only=True, allow_null=True
    )
    previous = serializers.PrimaryKeyRelatedField[Document](
        read_only=True,
        allow_null=True,
        help_text="The version of the same address before this one",
    )
    near_duplicate_of = serializers.PrimaryKeyRelatedField[Document](
        read_only=True,
        allow_null=True,
        help_text="An earlier document with nearly the same text",
    )

    class Meta:
        model = Document
        fields = [
            "id",
            "source",
            "title",
            "byline",
            "url",
            "canonical_url",
            "version",
            "previous",
            "published_on",
            "published_precision",
            "language",
            "content_hash",
            "near_duplicate_of",
            "similarity",
            "recorded_at",
        ]
        read_only_fields = fields


class DocumentTextSerializer(serializers.ModelSerializer[Document]):
    """The words of a document; offsets of evidence count its Unicode code points."""

    class Meta:
        model = Document
        fields = ["id", "content_hash", "body"]
        read_only_fields = fields


class IngestionSerializer(serializers.ModelSerializer[Ingestion]):
    """One request to take a text in, and what became of it."""

    source = serializers.SlugRelatedField[Source](  # type: ignore[assignment]
        slug_field="slug", read_only=True, allow_null=True
    )
    state = serializers.CharField(
        source="job.state",
        read_only=True,
        help_text="`queued`, `leased` (running), `done` or `dead` (failed for good)",
    )
    attempts = serializers.IntegerField(source="job.attempt", read_only=True)
    error = serializers.CharField(
        source="job.last_error",
        read_only=True,
        help_text="Why the last attempt failed, in words",
    )
    job = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    document = serializers.PrimaryKeyRelatedField[Document](
        read_only=True,
        allow_null=True,
        help_text="The document stored, or the one already there with the same text",
    )
    requested_by = serializers.SlugRelatedField[Any](
        slug_field="username", read_only=True, allow_null=True
    )

    class Meta:
        model = Ingestion
        fields = [
            "id",
            "kind",
            "state",
            "attempts",
            "error",
            "outcome",
            "note",
            "document",
            "job",
            "source",
            "url",
            "file_name",
            "title",
            "requested_by",
            "requested_at",
        ]
        read_only_fields = fields


class IngestionRequestSerializer(StrictSerializer):
    """A text to take in: exactly one of ``text``, ``url`` or ``file``.

    What is left out is read from the text itself where it can be.
    """

    text = serializers.CharField(
        required=False, trim_whitespace=False, help_text="The text itself"
    )
    url = serializers.CharField(
        required=False,
        max_length=2048,
        help_text="With `text` or `file`: where it was published. Alone: the page to fetch",
    )
    file = serializers.FileField(
        required=False,
        max_length=255,
        help_text="A .txt, .html, .pdf or .docx file, sent as multipart/form-data",
    )
    source = serializers.SlugRelatedField(  # type: ignore[assignment]
        slug_field="slug",
        queryset=Source.objects.all(),
        required=False,
        help_text="Slug of the source that published it",
    )
    title = serializers.CharField(required=False, max_length=500)
    byline = serializers.CharField(required=False, max_length=300)
    published_on = serializers.DateField(
        required=False, help_text="Day of publication; the first of a month or year"
    )
    published_precision = serializers.ChoiceField(
        choices=Precision.choices,
        required=False,
        help_text="How exactly the day is known: `day` unless said otherwise",
    )
    language = serializers.CharField(
        required=False, max_length=10, help_text="ISO 639-1, e.g. `en`"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for exactly one text, and for a day where a precision is given."""
        given = [name for name in ("text", "file") if name in attrs]
        if len(given) == 2 or not (given or "url" in attrs):
            msg = "Give only one of text and file, or url alone."
            raise serializers.ValidationError(msg)
        if "published_precision" in attrs and "published_on" not in attrs:
            msg = "A precision needs a day: give published_on too."
            raise serializers.ValidationError({"published_precision": msg})
        if "published_on" in attrs:
            attrs.setdefault("published_precision", Precision.DAY.value)
        return attrs
