"""The endpoints of what is derived: positions on a day, and timelines."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from actors.models import Actor, ActorKind
from claims.api.csv_files import POSITION_COLUMNS, csv_response, position_cells
from claims.api.filters import PositionFilters, TimelineFilters
from claims.api.position_serializers import PositionsSerializer, TimelinesSerializer
from claims.api.readable import readable_claims
from claims.positions import (
    ActorTimeline,
    PositionRow,
    actor_timeline,
    actor_timelines,
    claim_timelines,
    country_positions,
)
from claims.timeline.statements import STANDPOINT_1

Asked = Mapping[str, Any]


class ComputedViewSet(GenericViewSet[Actor]):
    """A list that the rule computes; its parameters are those of its filter set."""

    queryset = Actor.objects.none()
    pagination_class = None
    published = True
    needs: ClassVar = {"list": "claims.view_stance", "csv": "claims.view_stance"}

    def asked(self) -> Asked:
        """Return what each parameter means; raises ValidationError."""
        backend = self.filter_backends[0]()
        read = cast(
            "Callable[[Request, QuerySet[Actor], Any], Asked]",
            getattr(backend, "asked"),  # noqa: B009 - the settings choose the backend
        )
        return read(self.request, self.get_queryset(), self)


class PositionViewSet(ComputedViewSet):
    """What each country, group and organisation holds on a claim on a day."""

    serializer_class = PositionsSerializer
    filterset_class = PositionFilters

    @extend_schema(
        summary="Positions on a claim on a day",
        description=(
            "A row for each country, group and organisation for which somebody has "
            "spoken by then, and for each group some members of which have. Each row "
            "says why, and which stances make it so. Not paged: there are at most as "
            "many rows as there are countries, groups and organisations."
        ),
        operation_id="positions_list",
        responses=PositionsSerializer,
    )
    def list(self, request: Request) -> Response:
        """Compute the positions."""
        asked = self.asked()
        shown = {
            "claim": asked["claim"].slug,
            "as_of": day_of(asked["as_of"]),
            "known_at": asked["known_at"],
            "rule": STANDPOINT_1,
            "results": positions_asked_for(asked),
        }
        return Response(self.get_serializer(shown).data)

    @extend_schema(
        summary="Download positions as CSV",
        operation_id="positions_csv",
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def csv(self, request: Request) -> StreamingHttpResponse:
        """Send the positions as a file."""
        asked = self.asked()
        claim, day = asked["claim"].slug, day_of(asked["as_of"]).isoformat()
        rows = (position_cells(claim, day, row) for row in positions_asked_for(asked))
        return csv_response("positions.csv", POSITION_COLUMNS, rows)


class TimelineViewSet(ComputedViewSet):
    """What countries, groups and organisations held on a claim over time."""

    serializer_class = TimelinesSerializer
    filterset_class = TimelineFilters

    @extend_schema(
        summary="Timelines",
        description=(
            "With a claim and an actor one timeline; with only one of them, all that "
            "anything was said of. Periods are half open, the last one has no end."
        ),
        operation_id="timelines_list",
        responses=TimelinesSerializer,
    )
    def list(self, request: Request) -> Response:
        """Compute the timelines."""
        asked = self.asked()
        shown = {
            "until": day_of(asked["until"]),
            "known_at": asked["known_at"],
            "rule": STANDPOINT_1,
            "results": self.timelines(asked),
        }
        return Response(self.get_serializer(shown).data)

    def timelines(self, asked: Asked) -> Sequence[ActorTimeline]:
        """Compute what was asked for; raises ValidationError where it is too little."""
        claim, actor = asked["claim"], one_body(asked["actor"])
        when = {"until": day_of(asked["until"]), "known_at": asked["known_at"]}
        if claim and actor:
            return [actor_timeline(claim=claim, actor=actor, **when)]
        if claim:
            return claim_timelines(claim=claim, **when)
        if actor:
            readable = set(readable_claims(self.request.user))
            found = actor_timelines(actor=actor, **when)
            return [timeline for timeline in found if timeline.claim in readable]
        raise ValidationError({"claim": "Ask for a claim, an actor, or both."})


def day_of(asked: dt.date | None) -> dt.date:
    """Return the day asked for, today (UTC) where none was."""
    return asked or timezone.now().date()


def positions_asked_for(asked: Asked) -> list[PositionRow]:
    """Compute positions and keep the actors and kinds asked for."""
    rows = country_positions(
        claim=asked["claim"], as_of=day_of(asked["as_of"]), known_at=asked["known_at"]
    )
    actors, kinds = set(asked["actor"] or ()), set(asked["kind"] or ())
    return [
        row
        for row in rows
        if (not actors or row.actor in actors)
        and (not kinds or row.actor.kind in kinds)
    ]


def one_body(actors: list[Actor]) -> Actor | None:
    """Return the only actor asked for; raises ValidationError for persons and for more."""
    if len(actors) > 1:
        raise ValidationError({"actor": "Ask for one actor at a time."})
    if actors and actors[0].kind == ActorKind.PERSON:
        msg = f"{actors[0].name} is a person: see stances/?actor={actors[0].slug}."
        raise ValidationError({"actor": msg})
    return actors[0] if actors else None
