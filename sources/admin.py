"""Sources, feeds, documents and the intake in the admin site."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Media, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobs.admin import LEDGER_STYLE, attempts, state_badge
from sources.forms import CorrectionForm, IngestionForm, as_known
from sources.models import Document, Feed, FeedEntry, Ingestion, Source
from sources.operations import FeedPausedError, request_poll


class ReadOnlyMixin:
    """Rows that nobody edits or deletes by hand."""

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody edits."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes."""
        return False


class NotAddedMixin:
    """Rows that only the program adds."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Who publishes."""

    list_display = ("name", "kind", "country", "home_page")
    list_filter = ("kind", "country")
    search_fields = ("name", "slug")
    ordering = ("name", "id")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    """Feeds with how their last poll went."""

    list_display = (
        "url",
        "source",
        "active",
        "poll_minutes",
        "last_checked_at",
        "last_outcome",
        "failures",
        "last_error",
    )
    list_filter = ("active", "last_outcome")
    list_select_related = ("source",)
    search_fields = ("url", "source__name")
    autocomplete_fields = ("source",)
    ordering = ("source__name", "id")
    actions = ("poll_now",)
    readonly_fields = (
        "last_checked_at",
        "last_outcome",
        "last_error",
        "failures",
        "next_poll_at",
        "distrusts_validators",
    )

    @admin.action(description="Poll the selected feeds now", permissions=["change"])
    def poll_now(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        """Queue one poll for each feed."""
        for feed in feeds:
            try:
                job = request_poll(feed=feed, by=asking(request))
            except FeedPausedError as error:
                self.message_user(request, str(error), messages.WARNING)
            else:
                self.message_user(request, f"{feed}: poll queued ({job}).")


@admin.register(FeedEntry)
class FeedEntryAdmin(NotAddedMixin, ReadOnlyMixin, admin.ModelAdmin[FeedEntry]):
    """What was seen in feeds."""

    list_display = ("title", "url", "feed", "first_seen_at", "last_seen_at")
    list_select_related = ("feed",)
    search_fields = ("title", "url")
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(Document)
class DocumentAdmin(NotAddedMixin, admin.ModelAdmin[Document]):
    """Texts as they were taken in: nobody edits them, only what is known about them."""

    form = CorrectionForm
    list_display = (
        "__str__",
        "source",
        "published",
        "language",
        "version",
        "twin",
        "recorded_at",
    )
    list_filter = (
        "source",
        "language",
        ("near_duplicate_of", admin.EmptyFieldListFilter),
    )
    list_select_related = ("source", "near_duplicate_of")
    search_fields = ("title", "byline", "canonical_url")
    ordering = ("-recorded_at", "-id")
    show_full_result_count = False
    autocomplete_fields = ("source",)
    shown = (
        "url",
        "canonical_url",
        "version",
        "previous",
        "twin",
        "text",
        "content_hash",
        "asked_by",
        "recorded_at",
    )
    known = ("title", "byline", "source", "stated", "language")
    known_shown = ("title", "byline", "source", "published", "language")

    @property
    def media(self) -> Media:
        """Add the style of the body."""
        return super().media + LEDGER_STYLE

    def get_fields(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Show what is known first; it is a form for those who may correct it."""
        known = self.known if self.has_change_permission(request) else self.known_shown
        return (*known, *self.shown)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave open what can be corrected."""
        fields = self.get_fields(request, obj)
        may = self.has_change_permission(request)
        return [name for name in fields if not (may and name in self.known)]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Document,
        form: "ModelForm[Document]",
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Correct what is known instead of saving the row."""
        if isinstance(form, CorrectionForm) and (by := asking(request)):
            form.correct(by=by)

    @admin.display(description="requested by")
    def asked_by(self, document: Document) -> str:
        """Name of the account, which not everybody may open."""
        return str(document.created_by or "-")

    @admin.display(ordering="published_on")
    def published(self, document: Document) -> str:
        """Date as exactly as it is known."""
        return as_known(document) or "unknown"

    @admin.display(description="nearly the same as")
    def twin(self, document: Document) -> str:
        """The twin with the share of common text."""
        if document.near_duplicate_of is None:
            return "-"
        link = link_to(document.near_duplicate_of)
        return format_html("{} ({})", link, f"{document.similarity or 0:.0%}")

    @admin.display(description="text")
    def text(self, document: Document) -> SafeString:
        """The body as it is."""
        return format_html('<pre class="document-body">{}</pre>', document.body)


@admin.register(Ingestion)
class IngestionAdmin(ReadOnlyMixin, admin.ModelAdmin[Ingestion]):
    """Take a text in, and see what became of each."""

    form = IngestionForm
    list_display = (
        "what",
        "state",
        "reason",
        "document_link",
        "requested_by",
        "requested_at",
    )
    list_filter = ("job__state", "kind", "outcome")
    list_select_related = ("job", "document", "requested_by")
    search_fields = ("title", "url", "file_name", "job__last_error")
    ordering = ("-requested_at", "-id")
    show_full_result_count = False
    autocomplete_fields = ("source",)
    shown = (
        "what",
        "state",
        "attempts",
        "reason",
        "document_link",
        "source",
        "title",
        "asked_by",
        "requested_at",
    )
    change_form_template = "admin/sources/ingestion/change_form.html"

    @property
    def media(self) -> Media:
        """Add the colours of the states."""
        return super().media + LEDGER_STYLE

    def get_fieldsets(self, request: HttpRequest, obj: Ingestion | None = None) -> Any:
        """Ask for the text first, then for what is known about it."""
        if obj is not None:
            return [(None, {"fields": self.shown})]
        known = ("title", "byline", "source", "published", "language")
        return [
            ("The text", {"fields": ("text", "file", "address")}),
            ("What you know about it (all optional)", {"fields": known}),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Ingestion | None = None
    ) -> tuple[str, ...]:
        """Show everything of a request that was made."""
        return self.shown if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ingestion]:
        """Leave the files' bytes in the database."""
        return super().get_queryset(request).defer("raw", "document__body")

    def save_model(
        self,
        request: HttpRequest,
        obj: Ingestion,
        form: "ModelForm[Ingestion]",
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Hand the text to the intake instead of saving the row."""
        if isinstance(form, IngestionForm) and (by := asking(request)):
            requested = form.request(by=by)
            obj.__dict__.update(requested.__dict__)

    def response_add(
        self, request: HttpRequest, obj: Ingestion, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the request's own page, which follows its progress."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(page_of(obj))

    @admin.display(description="requested by")
    def asked_by(self, ingestion: Ingestion) -> str:
        """Name of the account, which not everybody may open."""
        return str(ingestion.requested_by or "-")

    @admin.display(description="text")
    def what(self, ingestion: Ingestion) -> str:
        """How it came in, and what it is."""
        name = ingestion.title or ingestion.file_name or ingestion.url
        return f"{ingestion}: {name}" if name else str(ingestion)

    @admin.display(ordering="job__state")
    def state(self, ingestion: Ingestion) -> SafeString:
        """State of its job."""
        return state_badge(ingestion.job)

    @admin.display
    def attempts(self, ingestion: Ingestion) -> str:
        """Attempts of its job."""
        return attempts(ingestion.job)

    @admin.display(description="what happened")
    def reason(self, ingestion: Ingestion) -> SafeString:
        """Why it failed, or how it ended."""
        said = ingestion.job.last_error or ingestion.note or ingestion.job.outcome
        return format_html('<div class="reason">{}</div>', said)

    @admin.display(description="document")
    def document_link(self, ingestion: Ingestion) -> str:
        """Link to the document it ended in."""
        return link_to(ingestion.document) if ingestion.document else "-"


def asking(request: HttpRequest) -> Any:
    """Who asks, where somebody is logged in."""
    return request.user if request.user.is_authenticated else None


def page_of(row: Document | Ingestion) -> str:
    """Address of a row's page in the admin site."""
    return reverse(f"admin:sources_{row._meta.model_name}_change", args=[row.pk])  # noqa: SLF001 - Django's documented name


def link_to(document: Document) -> SafeString:
    """Link to a document's page."""
    return format_html('<a href="{}">{}</a>', page_of(document), document)
