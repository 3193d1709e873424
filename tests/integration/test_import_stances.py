"""Importing stances from CSV: by the operation, the command and the page."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from claims.import_rows import UnreadableFileError
from claims.models import Stance
from claims.operations.importing import Report, import_stances
from sources.models import Document
from tests.factories.actors import AffiliationFactory, CountryFactory, PersonFactory
from tests.factories.claims import ClaimFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
BODY = "👍 We support it, said Macron. No, said Scholz. No, he said again."


@pytest.fixture(autouse=True)
def document() -> Document:
    """A text on which the rows stand, with claim and actors."""
    ClaimFactory.create(slug="troops")
    macron = PersonFactory.create(slug="macron", name="Emmanuel Macron")
    france = CountryFactory.create(slug="fr", name="France")
    AffiliationFactory.create(person=macron, speaks_for=france)
    return DocumentFactory.create(
        body=BODY, canonical_url="https://gazette.example/1", url=""
    )


def row(**given: Any) -> dict[str, Any]:
    """Fill in a good row."""
    return {
        "document": Document.objects.latest("pk").pk,
        "quote": "We support it",
        "actor": "macron",
        "claim": "troops",
        "value": "support",
        "stated_on": "2024-02-26",
    } | given


def file_of(*rows: dict[str, Any]) -> str:
    """Write rows as CSV."""
    names = list(dict.fromkeys(name for cells in rows for name in cells))
    file = io.StringIO()
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def imported(*rows: dict[str, Any], commit: bool = True) -> Report:
    """Import rows."""
    return import_stances(text=file_of(*rows), by=None, commit=commit)


def test_a_row_becomes_a_stance_with_its_words() -> None:
    report = imported(row())
    stance = Stance.objects.with_parts().get()
    assert report.words() == "1 inserted, 0 unchanged, 0 bad"
    assert (stance.evidence.start, stance.evidence.quote) == (2, "We support it")
    assert stance.speaks_for is not None
    assert stance.speaks_for.slug == "fr"


def test_importing_twice_changes_nothing() -> None:
    imported(row())
    assert imported(row()).words() == "0 inserted, 1 unchanged, 0 bad"
    assert Stance.objects.count() == 1


def test_the_same_row_twice_in_one_file_is_one_stance() -> None:
    assert imported(row(), row()).words() == "1 inserted, 1 unchanged, 0 bad"


def test_a_dry_run_stores_nothing() -> None:
    report = imported(row(), commit=False)
    assert (report.words(), report.stored) == ("1 inserted, 0 unchanged, 0 bad", False)
    assert not Stance.objects.exists()


def test_one_bad_row_keeps_all_others_out() -> None:
    report = imported(row(), row(claim="unheard-of"))
    assert not report.stored
    assert [outcome.number for outcome in report.bad] == [3]
    assert not Stance.objects.exists()


BAD = [
    ({"document": "999999"}, "No text “999999”"),
    ({"document": "https://elsewhere.example/"}, "No text"),
    ({"actor": "nobody"}, "No actor “nobody”"),
    ({"speaks_for": "nobody"}, "No actor “nobody”"),
    ({"claim": "unheard-of"}, "No claim “unheard-of”"),
    ({"value": "maybe"}, "Unknown value “maybe”"),
    ({"value": ""}, "Empty: value"),
    ({"stated_on": "26.02.2024"}, "Unreadable date “26.02.2024”"),
    ({"stated_on": "2024-02-30"}, "Unreadable date"),
    ({"stated_precision": "week"}, "Unknown stated_precision “week”"),
    ({"quote": "No"}, "more than once"),
    ({"quote": "Never said"}, "not in the text"),
    ({"quote": ""}, "give the quote, or start and end"),
    ({"quote": "", "start": "2", "end": ""}, "two whole numbers"),
    ({"quote": "", "start": "2", "end": "9999"}, "no words from 2 to 9999"),
    ({"quote": "Other", "start": "2", "end": "7"}, "not those of the document"),
    ({"occasion": "x" * 201}, "longer than 200"),
    ({"start": "9" * 20, "end": "9" * 21, "quote": ""}, "no words from"),
    ({"document": "9" * 30}, "No text"),
    ({"condition": "If asked"}, "A condition goes only with"),
]


@pytest.mark.parametrize(("cells", "reason"), BAD)
def test_a_bad_row_is_named_with_its_reason(cells: dict[str, str], reason: str) -> None:
    report = imported(row(**cells))
    assert [outcome.number for outcome in report.bad] == [2]
    assert reason in report.bad[0].reason


def test_a_row_that_says_otherwise_than_a_logged_stance_is_bad() -> None:
    imported(row())
    report = imported(row(value="oppose", stated_on="2024-02-27"))
    assert "another value, stated_on" in report.bad[0].reason


def test_a_name_that_two_actors_have_is_bad() -> None:
    PersonFactory.create(slug="macron-2", name="Emmanuel Macron")
    report = imported(row(actor="Emmanuel Macron"))
    assert "use macron, macron-2" in report.bad[0].reason


def test_more_cells_than_the_heading_has_is_bad() -> None:
    text = file_of(row()).strip() + ",one too many\n"
    report = import_stances(text=text, by=None, commit=True)
    assert "More cells" in report.bad[0].reason


@pytest.mark.parametrize("column", ["canonical_url", "content_hash"])
def test_a_text_is_found_by_address_and_hash(document: Document, column: str) -> None:
    assert imported(row(document=getattr(document, column))).stored


def test_offsets_count_code_points() -> None:
    imported(row(quote="", start="2", end="15"))
    assert Stance.objects.with_parts().get().evidence.quote == "We support it"


@pytest.mark.parametrize(
    ("written", "precision"), [("2024-02", "month"), ("2024", "year")]
)
def test_the_shape_of_a_date_says_how_exact_it_is(written: str, precision: str) -> None:
    imported(row(stated_on=written))
    assert Stance.objects.get().stated_precision == precision


FILES = [
    ("", "The file is empty"),
    ("document\x00", "NUL"),
    ("document,actor\n1,2\n", "Columns are missing: claim"),
    ("document,actor,claim,value,stated_on,colour\n", "Unknown columns: colour"),
    ("document,actor,claim,value,stated_on,actor\n", "twice"),
    ("document,actor,claim,value,stated_on\n", "no rows"),
]


@pytest.mark.parametrize(("text", "reason"), FILES)
def test_a_file_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        import_stances(text=text, by=None, commit=True)


# The command


def test_the_command_tries_first_and_stores_with_commit(tmp_path: Path) -> None:
    file = tmp_path / "stances.csv"
    file.write_text(file_of(row()), encoding="utf-8-sig")
    call_command("import_stances", str(file))
    assert not Stance.objects.exists()
    UserFactory.create(username="anna")
    call_command("import_stances", str(file), commit=True, by="anna")
    stance = Stance.objects.get()
    assert stance.coder is not None
    assert stance.coder.username == "anna"


def test_the_command_names_bad_rows_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stances.csv"
    file.write_text(file_of(row(claim="unheard-of")))
    with pytest.raises(CommandError, match="Correct the bad rows"):
        call_command("import_stances", str(file), commit=True)
    assert "row 2: No claim" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_the_command_says_when_it_cannot_read_the_file(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "stances.csv"
    if content:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=r"UTF-8|No such file"):
        call_command("import_stances", str(file))


# The page


@pytest.fixture
def lead(client: Client) -> Client:
    """A lead's browser."""
    user = UserFactory.create(role="lead")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def posted(client: Client, content: bytes, action: str) -> str:
    """Send a file to the page."""
    file = SimpleUploadedFile("stances.csv", content)
    answer = client.post("/admin/workbench/import/", {"file": file, "action": action})
    return answer.content.decode()


def test_the_page_tries_and_then_imports(lead: Client) -> None:
    content = file_of(row()).encode()
    assert "The file can be imported" in posted(lead, content, "try")
    assert not Stance.objects.exists()
    assert "1 inserted, 0 unchanged, 0 bad" in posted(lead, content, "import")
    assert Stance.objects.count() == 1


def test_the_page_sends_large_files_to_the_command(lead: Client) -> None:
    shown = posted(lead, file_of(*[row()] * 1001).encode(), "try")
    assert "The file has 1001 rows, more than 1000" in shown


def test_the_page_names_bad_rows_and_escapes_them(lead: Client) -> None:
    shown = posted(lead, file_of(row(claim="<b>bold</b>")).encode(), "import")
    assert "&lt;b&gt;bold" in shown
    assert "Nothing was stored" in shown


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"nonsense"])
def test_the_page_says_when_it_cannot_read_the_file(
    lead: Client, content: bytes
) -> None:
    shown = posted(lead, content, "import")
    assert "UTF-8" in shown or "Columns are missing" in shown
