"""By what claims, documents, stances, suggestions and positions can be filtered."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from actors.api.filters import ActorFilter
from actors.models import ActorKind
from claims.api.readable import readable_claims
from claims.models import (
    Claim,
    ClaimStatus,
    StanceState,
    StanceValue,
    SuggestionState,
)
from sources.api.filters import (
    DocumentFilters,
    IdFilter,
    SlugsFilter,
    day_filter,
    moment_filter,
)

BODY_KINDS = [choice for choice in ActorKind.choices if choice[0] != ActorKind.PERSON]


def claims_asked_for(request: Any) -> QuerySet[Claim]:
    """Claims that may be named in a filter: those that the person may read."""
    return readable_claims(request.user) if request else Claim.objects.none()


def claim_filter() -> SlugsFilter:
    """Filter by one or more claims."""
    return SlugsFilter(
        field_name="claim__slug",
        queryset=claims_asked_for,
        help_text="Slugs of claims",
        error_messages={"invalid_choice": "There is no claim %(value)s."},
    )


class ClaimFilters(filters.FilterSet):
    """Filters of the list of claims."""

    status = filters.MultipleChoiceFilter(choices=ClaimStatus.choices, distinct=False)
    q = filters.CharFilter(
        field_name="title", lookup_expr="icontains", help_text="Part of the title"
    )


class CitedDocumentFilters(DocumentFilters):
    """Filters of the list of documents."""

    claim = SlugsFilter(
        method="filter_claim",
        queryset=claims_asked_for,
        help_text="Slugs of claims on which published stances cite the document",
        error_messages={"invalid_choice": "There is no claim %(value)s."},
    )

    def filter_claim(
        self, queryset: QuerySet[Any], _name: str, claims: QuerySet[Claim]
    ) -> QuerySet[Any]:
        """Keep what published stances on these claims cite."""
        if not claims:
            return queryset
        cited = queryset.filter(
            evidence__stances__claim__in=claims,
            evidence__stances__state=StanceState.PUBLISHED,
        )
        return queryset.filter(pk__in=cited.values("pk"))


class StanceFilters(filters.FilterSet):
    """Filters of the list of stances."""

    claim = claim_filter()
    actor = ActorFilter(help_text="Who said it: slugs, or ISO codes of countries")
    speaks_for = ActorFilter(
        help_text="For whom it counts: slugs, or ISO codes of countries"
    )
    value = filters.MultipleChoiceFilter(choices=StanceValue.choices, distinct=False)
    state = filters.MultipleChoiceFilter(
        choices=StanceState.choices,
        distinct=False,
        help_text="`published` unless said otherwise; others are shown to analysts only",
    )
    stated_on = day_filter(help_text="Said on this day")
    stated_on_from = day_filter(
        field_name="stated_on", lookup_expr="gte", help_text="Said this day or later"
    )
    stated_on_before = day_filter(
        field_name="stated_on", lookup_expr="lt", help_text="Said before this day"
    )
    recorded_at_from = moment_filter(
        field_name="recorded_at",
        lookup_expr="gte",
        help_text="Recorded at this moment or later",
    )
    document = IdFilter(
        field_name="evidence__document_id", help_text="Id of the document it is in"
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep published stances only, unless other states are asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        if self.form.cleaned_data["state"]:
            return found
        return found.filter(state=StanceState.PUBLISHED)


class SuggestionFilters(filters.FilterSet):
    """Filters of the list of suggestions."""

    claim = claim_filter()
    actor = ActorFilter(help_text="Who said it: slugs, or ISO codes of countries")
    speaks_for = ActorFilter(
        help_text="For whom it counts: slugs, or ISO codes of countries"
    )
    unknown_speaker = filters.BooleanFilter(
        field_name="actor",
        lookup_expr="isnull",
        help_text="`true`: only of speakers that no actor is chosen for",
    )
    value = filters.MultipleChoiceFilter(choices=StanceValue.choices, distinct=False)
    state = filters.MultipleChoiceFilter(
        choices=SuggestionState.choices, distinct=False, help_text="`open` is the queue"
    )
    score_from = filters.NumberFilter(
        field_name="score", lookup_expr="gte", help_text="Score of at least, 0 to 1"
    )
    document = IdFilter(
        field_name="evidence__document_id", help_text="Id of the document it is in"
    )
    extractor = filters.CharFilter(help_text="Name of the extractor")


class Parameter(filters.Filter):
    """A parameter of a computed list: it is read by the view and filters nothing."""

    def filter(self, qs: QuerySet[Any], _value: Any) -> QuerySet[Any]:
        """Leave the rows alone."""
        return qs


class ClaimParameter(Parameter, filters.ModelChoiceFilter):
    """The one claim asked for."""

    def __init__(self, **given: Any) -> None:
        """Look it up by slug."""
        super().__init__(to_field_name="slug", queryset=claims_asked_for, **given)
        words = {"type": "string", "description": given["help_text"]}
        extend_schema_field(words)(self)


class ActorParameter(Parameter, ActorFilter):
    """The actors asked for."""


class KindParameter(Parameter, filters.MultipleChoiceFilter):
    """The kinds of actors asked for."""


def claim_parameter(*, required: bool) -> ClaimParameter:
    """Ask for one claim."""
    return ClaimParameter(
        required=required,
        help_text="Slug of the claim",
        error_messages={
            "invalid_choice": "There is no claim of this name.",
            "required": "Say for which claim: its slug is listed at claims/.",
        },
    )


class PositionFilters(filters.FilterSet):
    """What positions can be asked for."""

    claim = claim_parameter(required=True)
    as_of = day_filter(help_text="Positions held on this day; today unless given")
    known_at = moment_filter(
        help_text="Answer as the database stood at this moment; now unless given"
    )
    actor = ActorParameter(help_text="Only these: slugs, or ISO codes of countries")
    kind = KindParameter(choices=BODY_KINDS, help_text="Only these kinds of actors")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave the rows alone: positions are computed."""
        return queryset


class TimelineFilters(filters.FilterSet):
    """What timelines can be asked for."""

    claim = claim_parameter(required=False)
    actor = ActorParameter(
        help_text="One country, organisation or group: slug, or ISO code of a country"
    )
    until = day_filter(help_text="Timelines until this day; today unless given")
    known_at = moment_filter(
        help_text="Answer as the database stood at this moment; now unless given"
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave the rows alone: timelines are computed."""
        return queryset
