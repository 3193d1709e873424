"""Say who an unknown speaker is: one of the guesses, a known actor, or a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from claims.admin.workbench.decisions import suggestion_or_404
from claims.admin.workbench.desk import desk_address
from claims.admin.workbench.forms import NewActorForm, SpeakerForm
from claims.admin.workbench.pages import analyst, needs
from claims.models import Suggestion
from claims.operations.speakers import add_speaker, name_speaker
from claims.refusals import StanceRefusedError


@needs("claims.decide_suggestion")
@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a known actor to the speaker; then the suggestion can be accepted."""
    suggestion, form = suggestion_or_404(pk), SpeakerForm(request.POST)
    if not form.is_valid():
        return _told(request, suggestion, form)
    keeps = form.cleaned_data["keep_name"] and request.user.has_perm("actors.add_alias")
    try:
        named = name_speaker(
            suggestion=suggestion,
            actor=form.cleaned_data["actor"],
            by=analyst(request),
            keep_name=keeps,
        )
    except StanceRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(suggestion, named))
    return _back(suggestion)


@needs("claims.decide_suggestion", "actors.add_actor")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the speaker as a new actor; then the suggestion can be accepted."""
    suggestion, form = suggestion_or_404(pk), NewActorForm(request.POST)
    if not form.is_valid():
        return _told(request, suggestion, form)
    try:
        actor = add_speaker(
            suggestion=suggestion, by=analyst(request), **form.cleaned_data
        )
    except StanceRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Added {actor}. Now decide on the suggestion.")
    return _back(suggestion)


def _said(suggestion: Suggestion, named: int) -> str:
    more = f" in {named} suggestions on this text" if named > 1 else ""
    return f"“{suggestion.mention}” is {suggestion.actor}{more}."


def _told(
    request: HttpRequest, suggestion: Suggestion, form: forms.Form
) -> HttpResponse:
    for name_of_field, errors in form.errors.items():
        messages.error(request, f"{name_of_field}: {errors[0]}")
    return _back(suggestion)


def _back(suggestion: Suggestion) -> HttpResponse:
    address = desk_address(suggestion.evidence.document, selected=suggestion.pk)
    return redirect(address)
