"""The pages of one stance inside the admin site: amend, history, retract."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from claims.admin.workbench.changes import history_of
from claims.admin.workbench.doubts import warn_of
from claims.admin.workbench.forms import (
    ReasonForm,
    VersionedStanceForm,
    initial_of,
)
from claims.admin.workbench.pages import (
    analyst,
    go_back,
    needs,
    render_page,
    way_back,
)
from claims.models import Evidence, Stance
from claims.operations.stances import (
    StanceChangedMeanwhileError,
    amend_stance,
    publish_stance,
    retract_stance,
)
from claims.refusals import StanceRefusedError
from claims.rights import may_amend

CONTEXT = 240  # characters shown on either side of the quote


def stance_or_404(pk: int) -> Stance:
    """Return a stance with its parts."""
    return get_object_or_404(Stance.objects.with_parts(), pk=pk)


@needs("claims.view_stance", "sources.view_document")
def stance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a stance; who may amend it can save changes."""
    stance = stance_or_404(pk)
    if request.method == "POST":
        return save_stance(request, stance)
    return render_stance(request, stance, form_of(stance))


def form_of(stance: Stance) -> VersionedStanceForm:
    """Return the form as the stance is stored."""
    shown = initial_of(stance) | {"version": stance.version}
    return VersionedStanceForm(document=stance.evidence.document, initial=shown)


def render_stance(
    request: HttpRequest, stance: Stance, form: VersionedStanceForm
) -> HttpResponse:
    """Render the page of a stance."""
    context = {
        "title": f"{stance.actor} on {stance.claim}",
        "stance": stance,
        "form": form,
        "amendable": may_amend(analyst(request), stance) and stance.is_standing(),
        "changes": history_of(stance),
        "words": words_around(stance.evidence),
        "back": way_back(request),
    }
    status = 422 if form.errors else 200
    return render_page(request, "admin/workbench/stance.html", context, status=status)


def words_around(evidence: Evidence) -> dict[str, str]:
    """Return the quote with some of the text before and after it."""
    body, start, end = evidence.document.body, evidence.start, evidence.end
    first = max(start - CONTEXT, 0)
    return {
        "before": ("…" if first else "") + body[first:start],
        "quote": evidence.quote,
        "after": body[end : end + CONTEXT] + ("…" if end + CONTEXT < len(body) else ""),
    }


def save_stance(request: HttpRequest, stance: Stance) -> HttpResponse:
    """Save a filled in form, or show it again with what is wrong."""
    form = VersionedStanceForm(request.POST, document=stance.evidence.document)
    if not form.is_valid():
        return render_stance(request, stance, form)
    try:
        saved = amend_stance(stance=stance, by=analyst(request), **form.parts())
    except StanceChangedMeanwhileError as conflict:
        return changed_page(request, conflict.stance, form)
    except StanceRefusedError as refusal:
        form.refuse(refusal)
        return render_stance(request, stance, form)
    messages.success(request, "Saved.")
    warn_of(request, saved)
    return go_back(request, "admin:claims_stance_change", stance.pk)


def changed_page(
    request: HttpRequest, current: Stance, form: VersionedStanceForm
) -> HttpResponse:
    """Show both versions side by side; saving again takes the form's."""
    rows = compared(current, form)
    again = VersionedStanceForm(
        document=current.evidence.document,
        initial=form.cleaned_data | {"version": current.version},
    )
    context = {
        "title": "Changed in the meantime",
        "stance": current,
        "rows": rows,
        "form": again,
        "latest": history_of(current)[0],
        "back": way_back(request),
    }
    return render_page(request, "admin/workbench/changed.html", context, status=409)


def compared(current: Stance, form: VersionedStanceForm) -> list[dict[str, Any]]:
    """Pair each field's stored content with the one that was about to be saved."""
    stored = initial_of(current)
    return [
        {
            "label": form[name].label,
            "stored": content,
            "yours": form.cleaned_data.get(name),
            "differs": content != form.cleaned_data.get(name),
        }
        for name, content in stored.items()
        if name not in {"start", "end"}
    ]


@needs("claims.change_stance")
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason and retract."""
    stance = stance_or_404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            retract_stance(stance=stance, by=analyst(request), reason=reason)
        except StanceRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Retracted. It stays in the history.")
        return go_back(request, "admin:claims_stance_change", pk)
    context = {"title": "Retract a stance", "stance": stance, "form": form}
    context |= {
        "allowed": may_amend(analyst(request), stance),
        "back": way_back(request),
    }
    return render_page(request, "admin/workbench/retract.html", context)


@needs("claims.change_stance")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft to readers."""
    stance = stance_or_404(pk)
    try:
        publish_stance(stance=stance, by=analyst(request))
    except StanceRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Published.")
    return go_back(request, "admin:claims_stance_change", pk)
