"""The two dates of every page: the day asked for, and the moment whose knowledge is asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils import timezone

EARLIEST = dt.date(1900, 1, 1)


class MomentForm(forms.Form):
    """As of a day in the world, as known on a moment of this database."""

    as_of = forms.DateField(
        required=False,
        label="As of",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2024-05-20."},
    )
    known_at = forms.DateTimeField(
        required=False,
        label="As known on (UTC, empty for now)",
        input_formats=[
            "%Y-%m-%dT%H:%M:%S.%f",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%d",
        ],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": "any"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": "Write the moment as 2024-05-20T18:00, in UTC."},
    )

    def __init__(self, asked: dict[str, Any], *, now: dt.datetime) -> None:
        super().__init__(asked)
        self.now = now
        self.fields["as_of"].widget.attrs["max"] = now.date().isoformat()

    def clean_as_of(self) -> dt.date | None:
        """Keep to days that have come: nobody has spoken on the others yet."""
        day: dt.date | None = self.cleaned_data["as_of"]
        today = self.now.date()
        if day and not EARLIEST <= day <= today:
            msg = f"Choose a day from {EARLIEST.year} to today, {today} (UTC)."
            raise forms.ValidationError(msg)
        return day

    def clean_known_at(self) -> dt.datetime | None:
        """Keep to moments that have passed: what will be known later nobody knows."""
        moment: dt.datetime | None = self.cleaned_data["known_at"]
        if moment and not moment.date() >= EARLIEST:
            msg = f"Choose a moment from {EARLIEST.year} on."
            raise forms.ValidationError(msg)
        if moment and moment > self.now:
            msg = f"Choose a moment up to now, {self.now:%Y-%m-%dT%H:%M} in UTC."
            raise forms.ValidationError(msg)
        return moment


@dataclass(frozen=True)
class Moment:
    """What the visitor asked for, and the form that says so."""

    form: MomentForm
    today: dt.date
    as_of: dt.date
    known_at: dt.datetime | None

    @property
    def is_now(self) -> bool:
        """Whether neither date was chosen."""
        return self.known_at is None and self.as_of == self.today

    @property
    def status(self) -> int:
        """The page's HTTP status: bad dates are told in the form and in the status."""
        return 200 if self.form.is_valid() else 400

    @property
    def query(self) -> str:
        """The chosen dates for a link, "" where none was chosen."""
        chosen = {}
        if self.as_of != self.today:
            chosen["as_of"] = self.as_of.isoformat()
        if self.known_at:
            chosen["known_at"] = self.known_at.replace(tzinfo=None).isoformat()
        return f"?{urlencode(chosen)}" if chosen else ""


def asked_moment(request: HttpRequest) -> Moment:
    """Read the two dates from the address; without them it is today and now."""
    now = timezone.now()
    today = now.date()
    form = MomentForm({"as_of": today.isoformat()} | request.GET.dict(), now=now)
    asked = form.cleaned_data if form.is_valid() else {}
    return Moment(
        form=form,
        today=today,
        as_of=asked.get("as_of") or today,
        known_at=asked.get("known_at"),
    )
