"""The endpoints of actors."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.viewsets import ReadOnlyModelViewSet

from actors.api.filters import ActorFilters
from actors.api.serializers import ActorSerializer
from actors.models import Actor, Affiliation, Alias, Membership

NAMES: tuple[Any, ...] = (
    Prefetch("aliases", Alias.objects.order_by("name", "id")),
    Prefetch(
        "affiliations",
        Affiliation.objects.select_related("speaks_for").order_by("period", "id"),
    ),
    Prefetch(
        "memberships",
        Membership.objects.select_related("group").order_by("period", "id"),
    ),
    Prefetch(
        "members",
        Membership.objects.select_related("member").order_by("period", "id"),
    ),
)


@extend_schema_view(
    list=extend_schema(summary="List actors"),
    retrieve=extend_schema(summary="Show one actor"),
)
class ActorViewSet(ReadOnlyModelViewSet[Actor]):
    """Persons, countries, groups and organisations, with names, offices, memberships."""

    queryset = Actor.objects.prefetch_related(*NAMES)
    serializer_class = ActorSerializer
    filterset_class = ActorFilters
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    orderings = ("name", "-name", "-id", "id")
    published = True
    needs: ClassVar = {"list": "actors.view_actor", "retrieve": "actors.view_actor"}
