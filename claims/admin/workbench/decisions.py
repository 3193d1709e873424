"""What an analyst does on a text's page: accept, amend, reject, undo, log by hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.admin.workbench.desk import (
    desk_address,
    document_or_404,
    following,
    last_decision,
    render_desk,
)
from claims.admin.workbench.doubts import warn_of
from claims.admin.workbench.forms import StanceForm, initial_of_suggestion
from claims.admin.workbench.pages import analyst, needs, render_page
from claims.models import Stance, Suggestion
from claims.operations.stances import NotYoursError, log_stance
from claims.operations.suggestions import (
    SuggestionDecidedError,
    accept_suggestion,
    reject_suggestion,
    reopen_suggestion,
)
from claims.refusals import StanceRefusedError
from sources.models import Document

Decision = Callable[..., HttpResponse]


def suggestion_or_404(pk: int) -> Suggestion:
    """Return a suggestion with its parts."""
    return get_object_or_404(Suggestion.objects.with_parts(), pk=pk)


@needs("claims.decide_suggestion", "claims.add_stance")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Log the suggested stance as it is."""
    suggestion = suggestion_or_404(pk)
    document = suggestion.evidence.document
    try:
        stance = _accept(request, suggestion, {})
    except SuggestionDecidedError as conflict:
        return conflict_page(request, conflict)
    except StanceRefusedError as refusal:
        return _to_correct(request, suggestion, refusal)
    messages.success(request, f"Accepted: {in_words(suggestion)}.")
    warn_of(request, stance)
    return to_next(document, suggestion)


def _to_correct(
    request: HttpRequest, suggestion: Suggestion, refusal: StanceRefusedError
) -> HttpResponse:
    """Open the suggestion's form with the refusal at the field that it is about."""
    document = suggestion.evidence.document
    shown = initial_of_suggestion(suggestion)
    form = StanceForm(document=document, initial=shown).as_sent()
    form.refuse(refusal)
    return render_desk(request, document, form, amend=suggestion.pk)


@needs("claims.decide_suggestion", "claims.add_stance")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a suggestion with changes; the form is on the page of its text."""
    suggestion = suggestion_or_404(pk)
    document = suggestion.evidence.document
    if request.method != "POST":
        return redirect(desk_address(document, amend=pk))
    form = StanceForm(request.POST, document=document)
    try:
        stance = _saved(form, lambda parts: _accept(request, suggestion, parts))
    except SuggestionDecidedError as conflict:
        return conflict_page(request, conflict)
    if stance is None:
        return render_desk(request, document, form, amend=pk)
    messages.success(request, f"Logged with your changes: {stance_in_words(stance)}.")
    warn_of(request, stance)
    return to_next(document, suggestion)


def _accept(
    request: HttpRequest, suggestion: Suggestion, parts: dict[str, Any]
) -> Stance:
    return accept_suggestion(
        suggestion=suggestion, by=analyst(request), now=timezone.now(), **parts
    )


def _saved(form: StanceForm, save: Callable[[dict[str, Any]], Stance]) -> Stance | None:
    """Save a valid form; a refusal becomes the form's error."""
    if not form.is_valid():
        return None
    try:
        return save(form.parts() | {"document": form.document})
    except StanceRefusedError as refusal:
        form.refuse(refusal)
        return None


@needs("claims.decide_suggestion")
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a suggestion aside."""
    suggestion = suggestion_or_404(pk)
    try:
        reject_suggestion(
            suggestion=suggestion,
            by=analyst(request),
            now=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except SuggestionDecidedError as conflict:
        return conflict_page(request, conflict)
    messages.success(request, f"Rejected: {in_words(suggestion)}.")
    return to_next(suggestion.evidence.document, suggestion)


@needs("claims.decide_suggestion")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one decision, by its suggestion."""
    return _undone(request, suggestion_or_404(pk))


@needs("claims.decide_suggestion")
@require_POST
def undo_last(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the analyst's last decision on a text; again undoes the one before."""
    document = document_or_404(pk)
    decided = last_decision(document, analyst(request))
    if decided is None:
        messages.warning(request, "There is nothing of yours to undo on this text.")
        return redirect(desk_address(document))
    return _undone(request, decided)


def _undone(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    try:
        reopen_suggestion(suggestion=suggestion, by=analyst(request))
    except NotYoursError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Open again: {in_words(suggestion)}.")
    return redirect(desk_address(suggestion.evidence.document, selected=suggestion.pk))


@needs("claims.add_stance", "sources.view_document")
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a stance by hand from words of the text."""
    document = document_or_404(pk)
    if request.method != "POST":
        return redirect(desk_address(document))
    form = StanceForm(request.POST, document=document)
    stance = _saved(form, lambda parts: log_stance(by=analyst(request), **parts))
    if stance is None:
        return render_desk(request, document, form)
    messages.success(request, f"Logged: {stance_in_words(stance)}.")
    warn_of(request, stance)
    return redirect(desk_address(document, selected=request.POST.get("selected", "")))


def conflict_page(
    request: HttpRequest, conflict: SuggestionDecidedError
) -> HttpResponse:
    """Show what somebody else decided in the meantime, with both ways on."""
    suggestion = conflict.suggestion
    context = {
        "title": "Decided in the meantime",
        "suggestion": suggestion,
        "stance": Stance.objects.filter(suggestion=suggestion).with_parts().first(),
        "document": suggestion.evidence.document,
        "following": following(suggestion.evidence.document, suggestion),
    }
    return render_page(request, "admin/workbench/decided.html", context, status=409)


def to_next(document: Document, suggestion: Suggestion) -> HttpResponse:
    """Go on with the next open suggestion of the text."""
    upcoming = following(document, suggestion)
    return redirect(desk_address(document, selected=upcoming.pk if upcoming else None))


def in_words(suggestion: Suggestion) -> str:
    """Say a suggestion in few words."""
    value = suggestion.get_value_display() or "no value"
    return f"{suggestion.speaker}, {value}, {suggestion.claim}"


def stance_in_words(stance: Stance) -> str:
    """Say a stance in few words."""
    return f"{stance.actor}, {stance.get_value_display()}, {stance.claim}"
