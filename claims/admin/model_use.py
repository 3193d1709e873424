"""The language model's use in the admin site: read here, counted by the engine."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from claims.admin.kept import ReadOnlyAdmin
from claims.extractors import model_is_on
from claims.models import ModelUse


@admin.register(ModelUse)
class ModelUseAdmin(ReadOnlyAdmin[ModelUse]):
    """What the language model took, day by day."""

    list_title = "Use of the language model"
    list_display = ("day", "requests", "read", "written", "paid", "share")
    list_display_links = None
    ordering = ("-day",)

    @admin.display(ordering="calls")
    def requests(self, use: ModelUse) -> str:
        """Count the calls that have ended."""
        return f"{use.calls:,}"

    @admin.display(description="tokens read", ordering="tokens_in")
    def read(self, use: ModelUse) -> str:
        """Count what was sent to it."""
        return f"{use.tokens_in:,}"

    @admin.display(description="tokens written", ordering="tokens_out")
    def written(self, use: ModelUse) -> str:
        """Count what it answered."""
        return f"{use.tokens_out:,}"

    @admin.display(description="cost", ordering="cost")
    def paid(self, use: ModelUse) -> str:
        """Show the cost, small ones too."""
        return f"{use.cost:,.4f}"

    @admin.display(description="of the day's budget")
    def share(self, use: ModelUse) -> str:
        """Compare the tokens with the budget that is set now."""
        budget = settings.MODEL_DAILY_BUDGET
        return f"{use.tokens / budget:.1%}" if budget else "the budget is 0"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say what the figures are measured by, and whether more will come."""
        context = {
            "model_is_on": model_is_on(),
            "budget": settings.MODEL_DAILY_BUDGET,
            "priced": bool(settings.MODEL_PRICE_IN or settings.MODEL_PRICE_OUT),
        }
        return super().changelist_view(request, context)
