"""By what jobs can be filtered."""

from django_filters import rest_framework as filters

from jobs.models import JobState


class JobFilters(filters.FilterSet):
    """Filters of the list of jobs."""

    kind = filters.CharFilter(help_text="Kind of work, e.g. `ingest` or `extract`")
    state = filters.MultipleChoiceFilter(
        choices=JobState.choices, distinct=False, help_text="One or more states"
    )
