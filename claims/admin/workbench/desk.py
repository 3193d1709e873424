"""The page of one text: its evidence highlighted, proposals and the stance form beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from actors.models import Actor
from claims.admin.workbench.forms import (
    NewActorForm,
    SpeakerForm,
    StanceForm,
    initial_of_document,
    initial_of_suggestion,
)
from claims.admin.workbench.pages import analyst, needs, render_page
from claims.highlight import Mark, segments
from claims.models import Claim, Stance, Suggestion, SuggestionState
from claims.rights import may_amend
from sources.models import Document

DECIDES = "claims.decide_suggestion"
ROLE_LABELS = {
    "source": "speaker",
    "cue": "cue",
    "condition": "condition",
    "also": "also here",
}


@dataclass(frozen=True)
class Place:
    """Another place that shows a suggestion: its mark's key and the words there."""

    key: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """An open suggestion with the label that it has in the text."""

    row: Suggestion
    label: str
    guesses: tuple[Actor, ...] = ()
    other_claims: tuple[str, ...] = ()
    also: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Logged:
    """A standing stance with its label, and whether the reader may change it."""

    row: Stance
    label: str
    amendable: bool


@needs("claims.view_suggestion", "sources.view_document")
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a text with what is proposed and logged on it."""
    document = document_or_404(pk)
    return render_desk(request, document)


def document_or_404(pk: int) -> Document:
    """Return the text with its source."""
    return get_object_or_404(Document.objects.select_related("source"), pk=pk)


def render_desk(
    request: HttpRequest,
    document: Document,
    form: StanceForm | None = None,
    amend: int | None = None,
) -> HttpResponse:
    """Render the page; a ``form`` with errors is shown as it was filled in.

    ``amend`` is the suggestion whose form it is, where the address does not say so.
    """
    sent = {"selected": request.POST.get("selected", "")} if request.POST else {}
    asked = request.GET.dict() | sent | ({"amend": str(amend)} if amend else {})
    context = desk_context(analyst(request), document, form, asked)
    status = 422 if form and form.errors else 200
    return render_page(request, "admin/workbench/document.html", context, status=status)


def desk_context(
    user: User, document: Document, form: StanceForm | None, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Collect what the page shows."""
    proposals = proposals_of(document)
    logged = logged_of(document, user)
    selected = _selected(asked, proposals)
    amending = _wanted(asked, "amend", proposals)
    chosen = selected.row.pk if selected else None
    order = [proposal.row.pk for proposal in proposals]
    return {
        "title": str(document),
        "document": document,
        "proposals": proposals,
        "logged": logged,
        "selected": selected,
        "amending": amending,
        "back": desk_address(document, selected=chosen),
        "segments": segments(document.body, marks_of(proposals, logged, selected)),
        "form": form or empty_form(document, amending),
        "focus": focus_of(form, amending),
        "after": neighbour(order, selected, 1),
        "before": neighbour(order, selected, -1),
        "undoable": last_decision(document, user),
        "next_document": None if proposals else next_document(document),
        "may_decide": user.has_perm(DECIDES),
        "may_log": user.has_perm("claims.add_stance"),
        "may_keep_name": user.has_perm("actors.add_alias"),
        **speaker_forms(selected, user),
    }


def speaker_forms(selected: Proposal | None, user: User) -> dict[str, Any]:
    """Return the forms that say who the selected suggestion's unknown speaker is."""
    if selected is None or selected.row.actor or not user.has_perm(DECIDES):
        return {}
    row = selected.row
    shown = {
        "name": row.mention,
        "kind": row.mention_kind,
        "description": row.mention_description,
    }
    adds = user.has_perm("actors.add_actor")
    return {
        "speaker_form": SpeakerForm(auto_id="speaker_%s"),
        "new_actor_form": NewActorForm(initial=shown, auto_id="new_%s")
        if adds
        else None,
    }


def proposals_of(document: Document) -> list[Proposal]:
    """Return the open suggestions in the order of the text, labelled S1, S2, ..."""
    rows = Suggestion.objects.open().with_parts().filter(evidence__document=document)
    ordered = list(rows.order_by("evidence__start", "pk"))
    known, titles = guessed(ordered), _titles(ordered)
    return [
        Proposal(
            row,
            f"S{number}",
            tuple(known[s] for s in row.actor_guesses if s in known),
            tuple(titles[s] for s in row.claim_guesses if s in titles),
            tuple(_elsewhere(row, document)),
        )
        for number, row in enumerate(ordered, 1)
    ]


def _elsewhere(row: Suggestion, document: Document) -> Iterator[Place]:
    for key, span in _parts(row):
        if span["role"] == "also":
            yield Place(key, document.body[span["start"] : span["end"]])


def _parts(row: Suggestion) -> Iterator[tuple[str, dict[str, Any]]]:
    """The spans that a suggestion used, each with the key of its mark."""
    for number, span in enumerate(row.spans):
        yield f"{span['role']}-{number}", span


def _titles(rows: list[Suggestion]) -> dict[str, str]:
    """The titles of the other claims that the words of ``rows`` fit, by slug."""
    slugs = {slug for row in rows for slug in row.claim_guesses}
    found = Claim.objects.filter(slug__in=slugs) if slugs else Claim.objects.none()
    return dict(found.values_list("slug", "title"))


def guessed(rows: list[Suggestion]) -> dict[str, Actor]:
    """Return the actors that the unknown speakers of ``rows`` may be, by slug."""
    slugs = {slug for row in rows if not row.actor for slug in row.actor_guesses}
    return {a.slug: a for a in Actor.objects.filter(slug__in=slugs)} if slugs else {}


def logged_of(document: Document, user: User) -> list[Logged]:
    """Return the standing stances in the order of the text, labelled L1, L2, ..."""
    rows = Stance.objects.standing().with_parts().filter(evidence__document=document)
    ordered = rows.order_by("evidence__start", "pk")
    return [
        Logged(row, f"L{number}", may_amend(user, row))
        for number, row in enumerate(ordered, 1)
    ]


def marks_of(
    proposals: list[Proposal], logged: list[Logged], selected: Proposal | None
) -> list[Mark]:
    """Return what is highlighted: all evidence, and the parts of the selected one."""
    marks = [_evidence_mark(stance.row, stance.label, "stance") for stance in logged]
    for proposal in proposals:
        kind = "selected" if proposal == selected else "suggestion"
        marks.append(_evidence_mark(proposal.row, proposal.label, kind))
    return marks + (_part_marks(selected.row) if selected else [])


def _evidence_mark(row: Stance | Suggestion, label: str, kind: str) -> Mark:
    return Mark(row.evidence.start, row.evidence.end, label, kind, label)


def _part_marks(suggestion: Suggestion) -> list[Mark]:
    return [
        Mark(
            span["start"],
            span["end"],
            key,
            f"part-{span['role']}",
            ROLE_LABELS[span["role"]],
        )
        for key, span in _parts(suggestion)
        if span["role"] in ROLE_LABELS
    ]


def _wanted(
    asked: Mapping[str, Any], name: str, proposals: list[Proposal]
) -> Proposal | None:
    wanted = asked.get(name, "")
    return next((p for p in proposals if str(p.row.pk) == wanted), None)


def _selected(asked: Mapping[str, Any], proposals: list[Proposal]) -> Proposal | None:
    chosen = _wanted(asked, "amend", proposals) or _wanted(asked, "selected", proposals)
    return chosen or (proposals[0] if proposals else None)


def empty_form(document: Document, amending: Proposal | None) -> StanceForm:
    """Return the form, filled in from the suggestion that is being amended."""
    if amending is None:
        return StanceForm(document=document, initial=initial_of_document(document))
    return StanceForm(document=document, initial=initial_of_suggestion(amending.row))


def focus_of(form: StanceForm | None, amending: Proposal | None) -> str:
    """Name the field to begin with: the one to correct, else the first of an amendment.

    A refused form for logging by hand begins with its list of errors: "".
    """
    if amending is None:
        return ""
    wrong = next(iter(form.errors), "") if form else "value"
    return "" if wrong == NON_FIELD_ERRORS else wrong


def neighbour(order: list[int], selected: Proposal | None, step: int) -> int | None:
    """Return the suggestion after or before the selected one, around the ends."""
    if selected is None or len(order) < 2:
        return None
    return order[(order.index(selected.row.pk) + step) % len(order)]


def following(document: Document, suggestion: Suggestion) -> Suggestion | None:
    """Return the next open suggestion of the text after one that was decided."""
    rows = [proposal.row for proposal in proposals_of(document)]
    place = (suggestion.evidence.start, suggestion.pk)
    later = [row for row in rows if (row.evidence.start, row.pk) > place]
    return next(iter(later or rows), None)


def last_decision(document: Document, user: User) -> Suggestion | None:
    """Return what the analyst decided last on this text, for undo."""
    decided = Suggestion.objects.filter(evidence__document=document, decided_by=user)
    return (
        decided.exclude(state=SuggestionState.OPEN)
        .with_parts()
        .order_by("-decided_at", "-pk")
        .first()
    )


def next_document(document: Document) -> Document | None:
    """Return another text with open suggestions, that of the best one."""
    best = (
        Suggestion.objects.open()
        .exclude(evidence__document=document)
        .with_parts()
        .order_by("-score", "-pk")
        .first()
    )
    return best.evidence.document if best else None


def desk_address(document: Document | int, **query: Any) -> str:
    """Return the address of the page of a text."""
    pk = document if isinstance(document, int) else document.pk
    page = reverse("admin:workbench_document", args=[pk])
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{page}?{asked}" if asked else page
