"""What an analyst fills in: filters of the queue, a stance, a reason, a file of stances."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms

from actors.models import Actor, ActorKind
from claims.models import Claim, ClaimStatus, Stance, StanceValue, Suggestion
from claims.operations.stances import locate_quote
from claims.refusals import StanceRefusedError
from sources.models import Document, Precision

KIND_HEADINGS = {
    ActorKind.PERSON: "People",
    ActorKind.COUNTRY: "Countries",
    ActorKind.ORGANISATION: "Organisations",
    ActorKind.GROUP: "Groups",
}
SCORES = [
    ("", "any"),
    ("0.8", "0.8 or more"),
    ("0.6", "0.6 or more"),
    ("0.4", "0.4 or more"),
]
SPEAKERS = [("", "any"), ("known", "known"), ("unknown", "unknown")]


if TYPE_CHECKING:
    ActorField = forms.ModelChoiceField[Actor]
else:
    ActorField = forms.ModelChoiceField  # takes no type at run time


class ActorChoiceField(ActorField):
    """A choice of actors under a heading for each kind."""

    def grouped(self) -> Iterator[tuple[str, Any]]:
        """Yield the empty choice, then each kind with its actors by name."""
        yield "", self.empty_label or ""
        assert self.queryset is not None  # noqa: S101 - set by the constructor
        actors = list(self.queryset.order_by("name", "pk"))
        for kind, heading in KIND_HEADINGS.items():
            if rows := [
                (actor.pk, actor.name) for actor in actors if actor.kind == kind
            ]:
                yield heading, rows


class QueueFilter(forms.Form):
    """Filters of the review queue; only what has open suggestions can be chosen."""

    claim = forms.ModelChoiceField(
        Claim.objects.none(), required=False, empty_label="any"
    )
    actor = forms.ModelChoiceField(
        Actor.objects.none(), required=False, empty_label="any"
    )
    country = forms.ModelChoiceField(
        Actor.objects.none(), required=False, empty_label="any", label="Speaks for"
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), required=False, empty_label="any", label="Text"
    )
    score = forms.ChoiceField(choices=SCORES, required=False)
    speaker = forms.ChoiceField(choices=SPEAKERS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the open suggestions hold."""
        super().__init__(*args, **kwargs)
        waiting = Suggestion.objects.open()
        offered = {
            "claim": Claim.objects.filter(pk__in=waiting.values("claim")).order_by(
                "title"
            ),
            "actor": Actor.objects.filter(pk__in=waiting.values("actor")).order_by(
                "name"
            ),
            "country": Actor.objects.filter(
                pk__in=waiting.values("speaks_for")
            ).order_by("name"),
            "document": Document.objects.filter(
                pk__in=waiting.values("evidence__document")
            )
            .defer("body")
            .order_by("-recorded_at", "-id"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def lookups(self) -> dict[str, Any]:
        """Return the chosen filters as lookups on suggestions."""
        columns = {
            "claim": "claim",
            "actor": "actor",
            "country": "speaks_for",
            "document": "evidence__document",
            "score": "score__gte",
        }
        chosen = self.cleaned_data
        found = {columns[name]: chosen[name] for name in columns if chosen.get(name)}
        if speaker := chosen.get("speaker"):
            found["actor__isnull"] = speaker == "unknown"
        return found


class StanceForm(forms.Form):
    """One stance as an analyst logs or amends it, with its words in a document."""

    claim_statuses = [ClaimStatus.ACTIVE]

    claim = forms.ModelChoiceField(Claim.objects.none(), empty_label="choose a claim")
    actor = ActorChoiceField(Actor.objects.none(), empty_label="choose who spoke")
    speaks_for = ActorChoiceField(
        Actor.objects.none(),
        required=False,
        empty_label="by the office held that day",
        help_text="Leave it to the office held that day unless the text says otherwise.",
    )
    value = forms.ChoiceField(choices=StanceValue.choices, widget=forms.RadioSelect)
    condition = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Only for conditional values: on what it depends.",
    )
    stated_on = forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), label="Stated on"
    )
    stated_precision = forms.ChoiceField(
        choices=Precision.choices, initial=Precision.DAY, label="known to the"
    )
    occasion = forms.CharField(required=False, max_length=200)
    note = forms.CharField(required=False, widget=forms.Textarea({"rows": 2}))
    quote = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 3}),
        label="Quoted words",
        help_text="Select them in the text, or type them exactly as they stand there.",
    )
    start = forms.IntegerField(required=False, min_value=0, label="from character")
    end = forms.IntegerField(required=False, min_value=1, label="up to character")

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        """Check the quoted words against ``document``."""
        super().__init__(*args, **kwargs)
        self.document = document
        for name in ("actor", "speaks_for"):
            field = self.fields[name]
            assert isinstance(field, ActorChoiceField)  # noqa: S101 - declared above
            bodies = Actor.objects.holding_positions()
            field.queryset = Actor.objects.all() if name == "actor" else bodies
            field.choices = list(field.grouped())
        claims = Claim.objects.filter(status__in=self.claim_statuses).order_by("title")
        self.fields["claim"].queryset = claims  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the offsets of typed words; say so where that isn't possible."""
        data = super().clean() or self.cleaned_data
        start, end, quote = data.get("start"), data.get("end"), data.get("quote")
        if start is not None and end is not None:
            data["quote"] = _as_in_text(quote) or None
        elif quote:
            data["start"], data["end"] = self._located(_as_in_text(quote))
        elif not self.errors.keys() & {"start", "end"}:
            self.add_error("quote", "Select the words in the text first, or type them.")
        return data

    def _located(self, quote: str) -> tuple[int | None, int | None]:
        try:
            return locate_quote(self.document, quote)
        except ValueError as refusal:
            self.add_error("quote", str(refusal))
            return None, None

    def parts(self) -> dict[str, Any]:
        """Return the stance as the operations take it."""
        return dict(self.cleaned_data)

    def refuse(self, refusal: StanceRefusedError) -> None:
        """Show why the stance cannot stand, at the field to correct where there is one."""
        self.errors.pop(refusal.field, None)
        self.add_error(refusal.field or None, str(refusal))

    def as_sent(self) -> "StanceForm":
        """Return the form as if its first contents had been sent, ready for errors."""
        shown = {bound.html_name: bound.value() for bound in self}
        data = {name: "" if held is None else held for name, held in shown.items()}
        return type(self)(data, document=self.document)


def _as_in_text(quote: str | None) -> str:
    """Browsers send line ends as CR LF; texts are stored with LF."""
    return (quote or "").replace("\r\n", "\n")


def initial_of(stance: Stance) -> dict[str, Any]:
    """Return what a form shows for a stored stance."""
    names = ("claim", "actor", "speaks_for", "value", "condition", "stated_on")
    more = ("stated_precision", "occasion", "note")
    shown = {name: getattr(stance, name) for name in (*names, *more)}
    return shown | _span_of(stance)


def initial_of_suggestion(suggestion: Suggestion) -> dict[str, Any]:
    """Return what a form shows for a suggestion; its date falls back to the text's."""
    names = ("claim", "actor", "speaks_for", "value", "condition")
    shown = {name: getattr(suggestion, name) for name in names}
    document = suggestion.evidence.document
    dated = suggestion.stated_on is not None
    shown["stated_on"] = suggestion.stated_on or document.published_on
    shown["stated_precision"] = (
        suggestion.stated_precision if dated else document.published_precision
    ) or Precision.DAY
    return shown | _span_of(suggestion)


def initial_of_document(document: Document) -> dict[str, Any]:
    """Return what an empty form shows: the day of the text, to be checked."""
    return {
        "stated_on": document.published_on,
        "stated_precision": document.published_precision or Precision.DAY,
    }


def _span_of(row: Stance | Suggestion) -> dict[str, Any]:
    evidence = row.evidence
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}


class SpeakerForm(forms.Form):
    """Which known actor an unknown speaker is."""

    actor = ActorChoiceField(Actor.objects.none(), empty_label="choose an actor")
    keep_name = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every actor by kind."""
        super().__init__(*args, **kwargs)
        field = self.fields["actor"]
        assert isinstance(field, ActorChoiceField)  # noqa: S101 - declared above
        field.queryset = Actor.objects.all()
        field.choices = list(field.grouped())


class NewActorForm(forms.Form):
    """An unknown speaker as a new actor, filled in from the text."""

    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=ActorKind.choices)
    description = forms.CharField(required=False, max_length=200)


class ReasonForm(forms.Form):
    """Why a stance is retracted."""

    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3}),
        help_text="Readers of the stance's history will see it.",
    )


class VersionedStanceForm(StanceForm):
    """A stance as seen at one version, so that a change in between is noticed."""

    claim_statuses = list(ClaimStatus)  # what was coded can be put right later, too

    version = forms.IntegerField(widget=forms.HiddenInput)


class ImportForm(forms.Form):
    """A CSV file of stances."""

    file = forms.FileField(
        label="CSV file",
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
        help_text="UTF-8, with a heading row; at most 5 MB.",
    )

    def clean_file(self) -> str:
        """Return the file's text; refuse what is too large or not UTF-8."""
        file = self.cleaned_data["file"]
        if file.size > 5 * 1024 * 1024:
            raise forms.ValidationError("The file is larger than 5 MB: split it.")
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "The file isn't UTF-8: save it again as “CSV UTF-8”."
            ) from None
