"""The form by which a person hands a text in."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile

from sources.addresses import checked_url
from sources.models import Document, Ingestion
from sources.operations import (
    MAX_UPLOAD_BYTES,
    Known,
    checked_language,
    request_paste,
    request_upload,
    request_url,
)
from sources.operations.correcting import correct_document
from sources.operations.storing import clean_body
from sources.parsing.dates import UNKNOWN, read_date
from sources.refusals import IntakeRefusedError

ONE_OF_THREE = "Give one of the three: a pasted text, a file or a web address."
ONLY_ONE = (
    "You gave a pasted text and a file: give only one of them, or one after the other."
)
AS_EXACTLY = "As exactly as known: 2024-02-27, 2024-02 or 2024."


if TYPE_CHECKING:
    Form = forms.ModelForm[Ingestion]
    CorrectionBase = forms.ModelForm[Document]
else:  # takes no type at run time
    Form = CorrectionBase = forms.ModelForm


class IngestionForm(Form):
    """One text by paste, file or web address, with what is known about it."""

    text = forms.CharField(
        label="Paste a text",
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 10}),
    )
    file = forms.FileField(
        label="or upload a file",
        required=False,
        help_text="Text, HTML, PDF or Word (.docx), at most 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,.pdf,.docx"}),
    )
    address = forms.CharField(
        label="or fetch a web address",
        required=False,
        max_length=2048,
        help_text="https://… It is fetched once. With a paste or a file: where it comes from.",
        widget=forms.TextInput(attrs={"size": 80}),
    )
    published = forms.CharField(
        label="Published",
        required=False,
        max_length=30,
        help_text=f"{AS_EXACTLY} Empty: as the page states it, or a line near the top "
        "that is only a date, such as 27 February 2024; else it stays unknown.",
    )

    class Meta:
        model = Ingestion
        fields = ("title", "byline", "source", "language")
        help_texts = {"language": "Two letters, e.g. en or fr. Empty: as detected."}

    def clean_text(self) -> str:
        """Refuse what cannot be stored."""
        text = str(self.cleaned_data["text"])
        return explained(clean_body, text) if text else ""

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too large before it is read."""
        file = cast("UploadedFile | None", self.cleaned_data["file"])
        if file is not None and (file.size or 0) > MAX_UPLOAD_BYTES:
            msg = f"The file is larger than {MAX_UPLOAD_BYTES // 1024**2} MB."
            raise forms.ValidationError(msg)
        return file

    def clean_address(self) -> str:
        """Refuse what is no web address."""
        address = str(self.cleaned_data["address"])
        return explained(checked_url, address) if address else ""

    def clean_language(self) -> str:
        """Refuse what is no language code."""
        return explained(checked_language, str(self.cleaned_data["language"]))

    def clean_published(self) -> tuple[str, str]:
        """Read the date with its precision."""
        return checked_date(str(self.cleaned_data["published"]))

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one text."""
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("text", "file") if cleaned.get(name)]
        failed = any(name in self.errors for name in ("text", "file", "address"))
        if not failed and len(given) > 1:
            raise forms.ValidationError(ONLY_ONE)
        if not failed and not (given or cleaned.get("address")):
            raise forms.ValidationError(ONE_OF_THREE)
        return cleaned

    def request(self, *, by: AbstractBaseUser) -> Ingestion:
        """Ask for the text to be taken in; raises IntakeRefusedError."""
        cleaned, known = self.cleaned_data, self.known()
        details = {**vars(known), "by": by, "url": cleaned["address"]}
        if cleaned["text"]:
            return request_paste(text=cleaned["text"], **details)
        if file := cleaned["file"]:
            return request_upload(content=file.read(), file_name=file.name, **details)
        return request_url(url=cleaned["address"], by=by, known=known)

    def known(self) -> Known:
        """What the person knows about the text."""
        cleaned = self.cleaned_data
        day, precision = cleaned["published"]
        return Known(
            title=cleaned["title"],
            byline=cleaned["byline"],
            source=cleaned["source"],
            published_on=date.fromisoformat(day) if day else None,
            published_precision=precision,
            language=cleaned["language"],
        )


class CorrectionForm(CorrectionBase):
    """What is known about a stored text, to be corrected; the text itself stays."""

    stated = forms.CharField(
        label="Published",
        required=False,
        max_length=30,
        help_text=f"{AS_EXACTLY} Empty: unknown.",
    )

    class Meta:
        model = Document
        fields = ("title", "byline", "source", "language")
        help_texts = {"language": "Two letters, e.g. en or fr. Empty: unknown."}

    def __init__(self, *args: Any, **given: Any) -> None:
        """Show the date as exactly as it is known."""
        super().__init__(*args, **given)
        self.initial["stated"] = as_known(self.instance)

    def clean_stated(self) -> tuple[str, str]:
        """Read the date with its precision."""
        return checked_date(str(self.cleaned_data["stated"]))

    def clean_language(self) -> str:
        """Refuse what is no language code."""
        return explained(checked_language, str(self.cleaned_data["language"]))

    def correct(self, *, by: AbstractBaseUser) -> Document:
        """Store the corrections."""
        cleaned = dict(self.cleaned_data)
        day, precision = cleaned.pop("stated")
        return correct_document(
            document=self.instance,
            by=by,
            published_on=date.fromisoformat(day) if day else None,
            published_precision=precision,
            **cleaned,
        )


def as_known(document: Document) -> str:
    """Write a document's date as exactly as it is known."""
    day = document.published_on
    length = {"day": 10, "month": 7, "year": 4}.get(document.published_precision, 10)
    return day.isoformat()[:length] if day else ""


def checked_date(stated: str) -> tuple[str, str]:
    """Read a date with its precision; raises ValidationError."""
    found = read_date(stated)
    if stated and found == UNKNOWN:
        msg = "Write the date as 2024-02-27, 2024-02 or 2024."
        raise forms.ValidationError(msg)
    return found


def explained(check: Any, value: str) -> str:
    """Run a check of the domain and show its refusal at the field."""
    try:
        return str(check(value))
    except IntakeRefusedError as error:
        raise forms.ValidationError(str(error)) from error
