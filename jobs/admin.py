"""The job list: what waits, runs, is done or failed, and why."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobs.models import Job
from jobs.operations import JobNotFailedError, JobStillOpenError, retry

LEDGER_STYLE = Media(css={"all": ["jobs/ledger.css"]})


def state_badge(job: Job) -> SafeString:
    """Show a job's state as a word with a colour."""
    return format_html(
        '<span class="state state--{}">{}</span>', job.state, job.get_state_display()
    )


def attempts(job: Job) -> str:
    """Show how often a job was tried of how often it may be."""
    return f"{job.attempt} of {job.max_attempts}"


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Read-only but for retrying."""

    list_display = (
        "name",
        "state_shown",
        "attempts",
        "in_words",
        "created_at",
        "finished_at",
    )
    list_filter = ("state", "kind")
    list_select_related = ("created_by",)
    search_fields = ("last_error", "outcome")
    ordering = ("-created_at", "-id")
    show_full_result_count = False
    actions = ("retry_jobs",)
    fields = (
        "kind",
        "state_shown",
        "attempts",
        "in_words",
        "payload",
        "run_after",
        "lease_until",
        "created_by",
        "created_at",
        "finished_at",
    )
    readonly_fields = fields

    @property
    def media(self) -> Media:
        """Add the colours of the states."""
        return super().media + LEDGER_STYLE

    @admin.display(description="job", ordering="kind")
    def name(self, job: Job) -> str:
        """Kind and number."""
        return str(job)

    @admin.display(description="state", ordering="state")
    def state_shown(self, job: Job) -> SafeString:
        """State as a word with a colour."""
        return state_badge(job)

    @admin.display(ordering="attempt")
    def attempts(self, job: Job) -> str:
        """Attempts made."""
        return attempts(job)

    @admin.display(description="what happened")
    def in_words(self, job: Job) -> SafeString:
        """Reason of the last failure, else the outcome."""
        return format_html(
            '<div class="reason">{}</div>', job.last_error or job.outcome
        )

    @admin.action(description="Retry the selected failed jobs", permissions=["retry"])
    def retry_jobs(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        """Queue failed jobs again, and say which could not be."""
        queued = 0
        for job in jobs:
            try:
                retry(
                    job=job, by=request.user if request.user.is_authenticated else None
                )
            except (JobNotFailedError, JobStillOpenError) as error:
                self.message_user(request, str(error), messages.WARNING)
            else:
                queued += 1
        if queued:
            self.message_user(request, f"Queued again: {queued}.", messages.SUCCESS)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Leads may retry; nobody edits a job."""
        return request.user.has_perm("jobs.change_job")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Jobs come from requests only."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Job | None = None
    ) -> bool:
        """Jobs are never edited by hand."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Job | None = None
    ) -> bool:
        """The ledger is kept."""
        return False
