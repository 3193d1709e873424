"""By what sources, feeds, documents and ingestions can be filtered."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from jobs.models import JobState
from sources.models import IngestionKind, IngestionOutcome, Source, SourceKind

DAY_FORMATS = ["%Y-%m-%d"]
DAY_WORDS = {"invalid": "Write the day as 2024-05-20."}
MOMENT_WORDS = {
    "invalid": "Write the moment as 2024-05-20T12:00:00Z; a plus sign is sent as %2B."
}


def day_filter(**given: Any) -> filters.DateFilter:
    """Filter by an ISO date, and by no other spelling of it."""
    return filters.DateFilter(
        input_formats=DAY_FORMATS, error_messages=DAY_WORDS, **given
    )


def moment_filter(**given: Any) -> filters.IsoDateTimeFilter:
    """Filter by an ISO 8601 moment; without an offset it is UTC."""
    return filters.IsoDateTimeFilter(error_messages=MOMENT_WORDS, **given)


class IdFilter(filters.NumberFilter):
    """Filter by the id of a row."""

    field_class = forms.IntegerField


class SlugsFilter(filters.ModelMultipleChoiceFilter):
    """Filter by one or more rows that have a slug."""

    def __init__(self, **given: Any) -> None:
        """Look them up by slug."""
        super().__init__(to_field_name="slug", distinct=False, **given)
        words = {"type": "string", "description": given["help_text"]}
        extend_schema_field(words)(self)


def source_filter() -> SlugsFilter:
    """Filter by one or more sources."""
    return SlugsFilter(
        field_name="source__slug",
        queryset=Source.objects.all(),
        help_text="Slugs of sources",
        error_messages={"invalid_choice": "There is no source %(value)s."},
    )


class SourceFilters(filters.FilterSet):
    """Filters of the list of sources."""

    kind = filters.MultipleChoiceFilter(choices=SourceKind.choices, distinct=False)
    country = filters.CharFilter(
        lookup_expr="iexact", help_text="ISO 3166-1 alpha-2, e.g. `FR`"
    )
    q = filters.CharFilter(
        field_name="name", lookup_expr="icontains", help_text="Part of the name"
    )


class FeedFilters(filters.FilterSet):
    """Filters of the list of feeds."""

    source = source_filter()
    active = filters.BooleanFilter(help_text="Whether the feed is polled")


class DocumentFilters(filters.FilterSet):
    """Filters of the list of documents."""

    source = source_filter()
    language = filters.CharFilter(help_text="ISO 639-1, e.g. `en`")
    published_on_from = day_filter(
        field_name="published_on", lookup_expr="gte", help_text="This day or later"
    )
    published_on_before = day_filter(
        field_name="published_on", lookup_expr="lt", help_text="Before this day"
    )
    recorded_at_from = moment_filter(
        field_name="recorded_at", lookup_expr="gte", help_text="This moment or later"
    )
    q = filters.CharFilter(
        field_name="title", lookup_expr="icontains", help_text="Part of the title"
    )


class IngestionFilters(filters.FilterSet):
    """Filters of the list of ingestions."""

    state = filters.MultipleChoiceFilter(
        field_name="job__state", choices=JobState.choices, distinct=False
    )
    kind = filters.MultipleChoiceFilter(choices=IngestionKind.choices, distinct=False)
    outcome = filters.MultipleChoiceFilter(
        choices=[c for c in IngestionOutcome.choices if c[0]], distinct=False
    )
    document = IdFilter(help_text="Id of a document")
    mine = filters.BooleanFilter(
        method="filter_mine", help_text="Only what I asked for"
    )

    def filter_mine(
        self,
        queryset: QuerySet[Any],
        _name: str,
        mine: bool,  # noqa: FBT001 - django-filter's signature
    ) -> QuerySet[Any]:
        """Keep or leave out one's own requests."""
        if mine:
            return queryset.filter(requested_by=self.request.user)
        return queryset.exclude(requested_by=self.request.user)
