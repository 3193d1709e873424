"""Actors in the admin site, with their names, offices and memberships."""

from django.contrib import admin
from django.http import HttpRequest

from actors.models import Actor, ActorKind, Affiliation, Alias, Membership


class AliasInline(admin.TabularInline[Alias, Actor]):
    """Other names in texts."""

    model = Alias
    extra = 1


class AffiliationInline(admin.TabularInline[Affiliation, Actor]):
    """Dated offices of a person."""

    model = Affiliation
    fk_name = "person"
    extra = 0
    autocomplete_fields = ("speaks_for",)
    verbose_name = "office"
    verbose_name_plural = "offices (from the first day, until the first day no longer)"


class MembershipInline(admin.TabularInline[Membership, Actor]):
    """Groups and organisations that the actor belongs to."""

    model = Membership
    fk_name = "member"
    extra = 0
    autocomplete_fields = ("group",)
    verbose_name = "membership"
    verbose_name_plural = "member of (from the first day, until the first day after)"


class MemberInline(admin.TabularInline[Membership, Actor]):
    """Members of a group or organisation."""

    model = Membership
    fk_name = "group"
    extra = 0
    autocomplete_fields = ("member",)
    verbose_name = "member"
    verbose_name_plural = "members (from the first day, until the first day after)"


Inline = (
    type[AliasInline]
    | type[AffiliationInline]
    | type[MembershipInline]
    | type[MemberInline]
)
INLINES: dict[str, list[Inline]] = {
    ActorKind.PERSON: [AliasInline, AffiliationInline],
    ActorKind.COUNTRY: [AliasInline, MembershipInline],
    ActorKind.ORGANISATION: [AliasInline, MemberInline, MembershipInline],
    ActorKind.GROUP: [AliasInline, MemberInline],
}


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin[Actor]):
    """Actors are never deleted here: stances and offices refer to them."""

    list_display = ("name", "kind", "iso2", "slug")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases__name")
    search_help_text = "Part of the name or of another name"
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("kind", "name", "slug", "iso2", "description")
    list_per_page = 100

    def get_inlines(self, request: HttpRequest, obj: Actor | None) -> list[Inline]:  # type: ignore[override]
        """Offer what fits the kind; a new actor gets its offices once it is saved."""
        return INLINES[obj.kind] if obj else [AliasInline]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Actor | None = None
    ) -> tuple[str, ...]:
        """Keep the kind of an actor whose offices or members depend on it."""
        return ("kind",) if obj else ()

    def has_delete_permission(
        self, request: HttpRequest, obj: Actor | None = None
    ) -> bool:
        """Never: who spoke stays on record."""
        return False
