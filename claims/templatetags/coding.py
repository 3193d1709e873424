"""What the page of an ingestion says about the coding of its document."""

from django import template

from claims.models import Suggestion
from claims.operations.extracting import EXTRACT
from jobs.models import Job, JobState
from sources.models import Document

register = template.Library()


@register.simple_tag
def suggestions_waiting(document: Document) -> int:
    """Count the document's suggestions that wait for a decision."""
    return Suggestion.objects.open().filter(evidence__document=document).count()


@register.simple_tag
def is_being_read(document: Document) -> bool:
    """Whether the machine still looks for suggestions in the document."""
    at_work = Job.objects.filter(state__in=[JobState.QUEUED, JobState.LEASED])
    return at_work.filter(kind=EXTRACT, payload__document_id=document.pk).exists()
