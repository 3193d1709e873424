"""Filters that refuse what they do not know, so that a typing error is no silent lie."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import QueryDict
from django_filters.filters import MultipleChoiceFilter
from django_filters.filterset import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF loads us while it loads its views


class StrictFilterBackend(DjangoFilterBackend):
    """Filter by the view's ``filterset_class``; unknown or repeated parameters are errors.

    Filters by several choices take a comma-separated list, or the parameter repeated.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: "APIView"
    ) -> QuerySet[Any]:
        """Check the names of the parameters, then filter; details take none."""
        if getattr(view, "detail", False):
            refuse_unknown(request.query_params, [])
            return queryset
        filterset = self.valid_filterset(request, queryset, view)
        return filterset.qs if filterset else queryset

    def asked(
        self, request: Request, queryset: QuerySet[Any], view: "APIView"
    ) -> dict[str, Any]:
        """Return what each parameter means, for views whose rows are computed."""
        filterset = self.valid_filterset(request, queryset, view)
        return dict(filterset.form.cleaned_data) if filterset else {}

    def valid_filterset(
        self, request: Request, queryset: QuerySet[Any], view: "APIView"
    ) -> FilterSet | None:
        """Read the parameters; raises ValidationError for unknown names and odd values.

        django-filter's own translation of messages stumbles over a percent sign.
        """
        known = [*self.filters(view, queryset), *page_parameters(view)]
        refuse_unknown(request.query_params, known)
        filterset: FilterSet | None = self.get_filterset(request, queryset, view)
        if filterset and not filterset.is_valid():
            raise ValidationError(
                {
                    name: [
                        explained(text, filterset.form.fields.get(name))
                        for text in texts
                    ]
                    for name, texts in filterset.errors.items()
                }
            )
        return filterset

    def get_filterset_kwargs(
        self, request: Request, queryset: QuerySet[Any], view: "APIView"
    ) -> dict[str, Any]:
        """Give the filter set one value for each parameter."""
        once = merged(request.query_params, self.filters(view, queryset))
        return {"data": once, "queryset": queryset, "request": request}

    def filters(self, view: "APIView", queryset: QuerySet[Any]) -> dict[str, Any]:
        """Return the view's filters by parameter."""
        filterset: type[FilterSet] | None = self.get_filterset_class(view, queryset)
        return dict(filterset.base_filters) if filterset else {}


def page_parameters(view: "APIView") -> list[str]:
    """Name the parameters that the view's pagination reads."""
    return list(getattr(getattr(view, "paginator", None), "parameters", []))


def refuse_unknown(params: QueryDict, known: Iterable[str]) -> None:
    """Raise ValidationError for each parameter that nobody would read."""
    names = sorted(known)
    unknown = [name for name in params if name not in names]
    may = f"Known here: {', '.join(names)}." if names else "None is known here."
    if unknown:
        raise ValidationError(
            {name: f"There is no parameter {name!r}. {may}" for name in unknown}
        )


def explained(text: str, field: Field | None) -> str:
    """Add to a refusal which values there are, where they are few and fixed."""
    if isinstance(field, ModelChoiceField) or not isinstance(field, ChoiceField):
        return text
    choices = cast("Iterable[tuple[Any, str]]", field.choices)
    known = ", ".join(str(value) for value, _label in choices if value)
    return f"{text} Known here: {known}."


def merged(params: QueryDict, filters: dict[str, Any]) -> QueryDict:
    """Split lists at commas; raise ValidationError for other repeated parameters."""
    once = params.copy()
    for name, values in params.lists():
        if isinstance(filters.get(name), MultipleChoiceFilter):
            split = [part.strip() for value in values for part in value.split(",")]
            once.setlist(name, [part for part in split if part])
        elif len(values) > 1:
            raise ValidationError({name: f"{name!r} is given {len(values)} times."})
    return once
