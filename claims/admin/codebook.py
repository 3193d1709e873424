"""The codebook in the admin site: claims with their example phrases."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from claims.models import Claim, ExamplePhrase, SuggestionState


class ExamplePhraseInline(admin.TabularInline[ExamplePhrase, Claim]):
    """Words by which texts speak of the claim."""

    model = ExamplePhrase
    extra = 1


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin[Claim]):
    """Claims are closed, not deleted: stances stand on them."""

    list_display = ("title", "slug", "status", "stance_count", "waiting_count")
    list_filter = ("status",)
    search_fields = ("title", "slug", "proposition")
    ordering = ("title", "pk")
    prepopulated_fields = {"slug": ("title",)}
    inlines = [ExamplePhraseInline]
    fieldsets = [
        (None, {"fields": ("title", "slug", "status", "proposition")}),
        ("Codebook", {"fields": ("coding_rule",)}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Count what stands on each claim."""
        waiting = Q(suggestions__state=SuggestionState.OPEN)
        return (
            super()
            .get_queryset(request)
            .annotate(
                stances_standing=Count("stances", distinct=True),
                waiting=Count("suggestions", filter=waiting, distinct=True),
            )
        )

    @admin.display(description="stances", ordering="stances_standing")
    def stance_count(self, claim: Claim) -> int:
        """Say how many stances were logged on the claim."""
        return int(getattr(claim, "stances_standing", 0))

    @admin.display(description="to review", ordering="waiting")
    def waiting_count(self, claim: Claim) -> int:
        """Say how many suggestions wait."""
        return int(getattr(claim, "waiting", 0))

    def has_delete_permission(
        self, request: HttpRequest, obj: Claim | None = None
    ) -> bool:
        """Never: what was coded would lose its meaning."""
        return False
