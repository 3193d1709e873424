"""How actors look in the API, with their names, offices and memberships."""

from typing import Any

from rest_framework import serializers

from actors.models import Actor, Alias, Rank


class ActorReferenceSerializer(serializers.ModelSerializer[Actor]):
    """An actor, in short."""

    class Meta:
        model = Actor
        fields = ["slug", "name", "kind", "iso2"]
        read_only_fields = fields


class AliasSerializer(serializers.ModelSerializer[Alias]):
    """Another name in texts: spelling, translation, metonym, description of an office."""

    class Meta:
        model = Alias
        fields = ["name", "kind", "language"]
        read_only_fields = fields


class PeriodSerializer(serializers.Serializer[Any]):
    """Two days, half open."""

    begins_on = serializers.DateField(
        source="period.lower",
        read_only=True,
        allow_null=True,
        help_text="First day; null where not known",
    )
    ends_on = serializers.DateField(
        source="period.upper",
        read_only=True,
        allow_null=True,
        help_text="First day no longer part of it; null while it lasts",
    )


class OfficeSerializer(PeriodSerializer):
    """A dated office of a person, and for whom it speaks."""

    office = serializers.CharField(read_only=True)
    rank = serializers.ChoiceField(
        choices=Rank.choices,
        read_only=True,
    )
    speaks_for = ActorReferenceSerializer(read_only=True)


class MembershipSerializer(PeriodSerializer):
    """A dated membership of a group or organisation."""

    group = ActorReferenceSerializer(read_only=True)


class MemberSerializer(PeriodSerializer):
    """A dated member of this group or organisation."""

    member = ActorReferenceSerializer(read_only=True)


class ActorSerializer(serializers.ModelSerializer[Actor]):
    """Who can hold a stance: a person, an organisation, a country or a group."""

    aliases = AliasSerializer(many=True, read_only=True)
    offices = OfficeSerializer(
        source="affiliations",
        many=True,
        read_only=True,
        help_text="Offices that a person holds or held",
    )
    memberships = MembershipSerializer(
        many=True,
        read_only=True,
        help_text="Groups and organisations it belongs or belonged to",
    )
    members = MemberSerializer(
        many=True, read_only=True, help_text="Members of a group or organisation"
    )

    class Meta:
        model = Actor
        fields = [
            "slug",
            "kind",
            "name",
            "iso2",
            "description",
            "aliases",
            "offices",
            "memberships",
            "members",
        ]
        read_only_fields = fields
