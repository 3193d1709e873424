"""Actors, their names, dated offices and dated memberships."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper


class ActorKind(models.TextChoices):
    """Who can hold a stance."""

    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    COUNTRY = "country", "country"
    GROUP = "group", "group of countries"


class AliasKind(models.TextChoices):
    """Why a text may use this name."""

    NAME = "name", "other name"
    SPELLING = "spelling", "spelling"
    MISSPELLING = "misspelling", "common misspelling"
    TRANSLATION = "translation", "translation"
    METONYM = "metonym", "metonym (a capital for its government)"
    DESCRIPTION = "description", "description of an office or body"


class Rank(models.TextChoices):
    """For how much an office speaks; the order is that of the rule for positions."""

    HEAD_OF_STATE = "head_of_state", "head of state"
    HEAD_OF_GOVERNMENT = "head_of_government", "head of government"
    HEAD_OF_ORGANISATION = "head_of_organisation", "head of the organisation"
    MINISTER = "minister", "minister"
    SPOKESPERSON = "spokesperson", "spokesperson"
    OFFICIAL = "official", "official"
    OPPOSITION = "opposition", "opposition"
    INDEPENDENT = "independent", "independent voice"


PERSON_SPEAKS_FOR_BODY = """
IF (SELECT kind FROM actors_actor WHERE id = NEW.person_id) <> 'person' THEN
    RAISE EXCEPTION 'Only a person holds an office.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'actors_affiliation_holder_is_person';
END IF;
IF (SELECT kind FROM actors_actor WHERE id = NEW.speaks_for_id) = 'person' THEN
    RAISE EXCEPTION 'An office speaks for a country, an organisation or a group, not for a person.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'actors_affiliation_speaks_for_body';
END IF;
RETURN NEW;
"""
MEMBER_JOINS_BODY = """
IF (SELECT kind FROM actors_actor WHERE id = NEW.group_id) NOT IN ('group', 'organisation') THEN
    RAISE EXCEPTION 'Only a group or an organisation has members.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'actors_membership_group_has_members';
END IF;
IF (SELECT kind FROM actors_actor WHERE id = NEW.member_id) = 'person' THEN
    RAISE EXCEPTION 'A person holds an office (an affiliation), not a membership.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'actors_membership_member_is_body';
END IF;
RETURN NEW;
"""


class ActorQuerySet(models.QuerySet["Actor"]):
    """Reads of actors."""

    def holding_positions(self) -> "ActorQuerySet":
        """Actors that hold positions: countries, organisations and groups."""
        return self.exclude(kind=ActorKind.PERSON)

    def with_names(self) -> "ActorQuerySet":
        """Prefetch what name resolution needs."""
        return self.prefetch_related(
            "aliases",
            "affiliations__speaks_for",
            "memberships__group",
            "members__member",
        )


@pghistory.track()
class Actor(models.Model):
    """Who can hold a stance: a person, an organisation, a country or a group."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=ActorKind.choices)
    name = models.CharField(max_length=200)
    iso2 = models.CharField(
        "ISO code",
        max_length=2,
        null=True,
        blank=True,
        unique=True,
        help_text="ISO 3166-1 alpha-2 of a country, e.g. FR; empty for all others",
    )
    description = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ActorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actors_actor_kind_known", condition=Q(kind__in=ActorKind.values)
            ),
            models.CheckConstraint(
                name="actors_actor_iso2_for_countries",
                condition=Q(kind=ActorKind.COUNTRY, iso2__regex=r"^[A-Z]{2}$")
                | (~Q(kind=ActorKind.COUNTRY) & Q(iso2__isnull=True)),
            ),
            models.CheckConstraint(
                name="actors_actor_named", condition=Q(name__regex=r"\S")
            ),
        ]
        indexes = [
            # admin and API search by part of a name
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                name="actors_actor_name_trgm",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
)
class Alias(models.Model):
    """Another name of an actor in texts."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=12, choices=AliasKind.choices, default=AliasKind.NAME
    )
    language = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.CheckConstraint(
                name="actors_alias_kind_known", condition=Q(kind__in=AliasKind.values)
            ),
            models.CheckConstraint(
                name="actors_alias_named", condition=Q(name__regex=r"\S")
            ),
            models.UniqueConstraint(
                "actor", Upper("name"), name="actors_alias_once_per_actor"
            ),
        ]
        indexes = [
            # name search
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                name="actors_alias_name_trgm",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Reads of dated offices."""

    def on(self, day: dt.date) -> "AffiliationQuerySet":
        """Offices in force on ``day``."""
        return self.filter(period__contains=day)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
)
class Affiliation(models.Model):
    """A person's dated office and for whom it speaks, with a rank."""

    person = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="affiliations",
        limit_choices_to={"kind": ActorKind.PERSON},
    )
    speaks_for = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="offices",
        limit_choices_to=~Q(kind=ActorKind.PERSON),
    )
    office = models.CharField(max_length=200)
    rank = models.CharField(max_length=20, choices=Rank.choices)
    period = DateRangeField(
        help_text="Half open: the first day in office, and the first day no longer in office"
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actors_affiliation_rank_known", condition=Q(rank__in=Rank.values)
            ),
            models.CheckConstraint(
                name="actors_affiliation_period_not_empty",
                condition=Q(period__isempty=False),
            ),
            ExclusionConstraint(
                name="actors_affiliation_no_overlap",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("speaks_for"), RangeOperators.EQUAL),
                    (F("office"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="person_speaks_for_body",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=PERSON_SPEAKS_FOR_BODY,
            ),
        ]

    def __str__(self) -> str:
        return self.office


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
)
class Membership(models.Model):
    """A dated membership of a group or organisation."""

    group = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="members",
        limit_choices_to={"kind__in": [ActorKind.GROUP, ActorKind.ORGANISATION]},
    )
    member = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="memberships",
        limit_choices_to=~Q(kind=ActorKind.PERSON),
    )
    period = DateRangeField(
        help_text="Half open: the first day of membership, and the first day after it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actors_membership_not_of_itself",
                condition=~Q(group=F("member")),
            ),
            models.CheckConstraint(
                name="actors_membership_period_not_empty",
                condition=Q(period__isempty=False),
            ),
            ExclusionConstraint(
                name="actors_membership_no_overlap",
                expressions=[
                    (F("group"), RangeOperators.EQUAL),
                    (F("member"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="member_joins_body",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=MEMBER_JOINS_BODY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"
