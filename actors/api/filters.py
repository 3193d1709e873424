"""By what actors can be filtered, and how other lists are filtered by actor."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from actors.models import Actor, ActorKind, Alias

MAX_NAMES = 200


class ActorsField(forms.MultipleChoiceField):
    """Slugs, or ISO codes of countries, that become actors; unknown ones are errors."""

    def validate(self, value: Any) -> None:
        """Leave it to ``clean``, which asks the database once."""

    def clean(self, value: Any) -> list[Actor]:
        """Find all named actors; raises ValidationError naming those there are not."""
        names = {name for name in self.to_python(value) if name}
        if len(names) > MAX_NAMES:
            msg = f"At most {MAX_NAMES} actors can be asked for at once."
            raise ValidationError(msg)
        return named_actors(names)


def named_actors(names: Iterable[str]) -> list[Actor]:
    """Find actors by slug or ISO code; raises ValidationError for unknown names."""
    wanted = {name.replace("\x00", "") for name in names}
    if not wanted:
        return []
    codes = [name.upper() for name in wanted if len(name) == 2]
    found = list(Actor.objects.filter(Q(slug__in=wanted) | Q(iso2__in=codes)))
    known = {actor.slug for actor in found} | {actor.iso2 for actor in found}
    if unknown := sorted(n for n in wanted if not {n, n.upper()} & known):
        msg = f"There is no actor {', '.join(n[:80] for n in unknown)}: give slugs or ISO codes of countries."
        raise ValidationError(msg)
    return found


class ActorFilter(filters.MultipleChoiceFilter):
    """Filter by one or more actors, named by slug or ISO code."""

    field_class = ActorsField

    def __init__(self, **given: Any) -> None:
        """Describe the names in the schema."""
        super().__init__(**given)
        words = {"type": "string", "description": given["help_text"]}
        extend_schema_field(words)(self)

    def filter(self, qs: QuerySet[Any], value: list[Actor]) -> QuerySet[Any]:
        """Keep the rows of these actors."""
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class ActorFilters(filters.FilterSet):
    """Filters of the list of actors."""

    kind = filters.MultipleChoiceFilter(choices=ActorKind.choices, distinct=False)
    q = filters.CharFilter(
        method="filter_name", help_text="Part of the name or of another name"
    )
    speaks_for = ActorFilter(
        method="filter_speaks_for",
        help_text="Persons who hold or held an office of these actors",
    )
    member_of = ActorFilter(
        method="filter_member_of",
        help_text="Present and past members of these groups or organisations",
    )

    def filter_name(
        self, queryset: QuerySet[Actor], _name: str, part: str
    ) -> QuerySet[Actor]:
        """Search in all names."""
        others = Alias.objects.filter(actor=OuterRef("pk"), name__icontains=part)
        return queryset.filter(Q(name__icontains=part) | Exists(others))

    def filter_speaks_for(
        self, queryset: QuerySet[Actor], _name: str, bodies: list[Actor]
    ) -> QuerySet[Actor]:
        """Keep who holds or held an office of these bodies."""
        holders = queryset.filter(affiliations__speaks_for__in=bodies)
        return queryset.filter(pk__in=holders.values("pk")) if bodies else queryset

    def filter_member_of(
        self, queryset: QuerySet[Actor], _name: str, groups: list[Actor]
    ) -> QuerySet[Actor]:
        """Keep present and past members."""
        members = queryset.filter(memberships__group__in=groups)
        return queryset.filter(pk__in=members.values("pk")) if groups else queryset
