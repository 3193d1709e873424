"""How people hand texts in: the admin's form and lists, and the command."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.models import Document, Feed, Ingestion
from tests.factories.claims import SuggestionFactory
from tests.factories.sources import (
    DocumentFactory,
    FeedFactory,
    IngestionFactory,
    SourceFactory,
)
from tests.factories.users import UserFactory
from tests.servers import article

pytestmark = pytest.mark.django_db

ADD = "admin:sources_ingestion_add"


def logged_in(role: str) -> Client:
    """A browser of somebody with a role."""
    client = Client()
    client.force_login(
        UserFactory.create(role=role),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def hand_in(client: Client, **fields: Any) -> Any:
    """Send the form, and follow where it leads."""
    blank = dict.fromkeys(
        ["text", "address", "title", "byline", "source", "published", "language"], ""
    )
    return client.post(reverse(ADD), {**blank, **fields}, follow=True)


def test_an_analyst_hands_in_a_text_and_sees_what_became_of_it() -> None:
    client = logged_in("analyst")
    page = hand_in(client, text="A text of <b>some</b> words.", published="2024-02")
    assert "Still at work" in page.content.decode()
    ingestion = Ingestion.objects.get()
    assert (ingestion.published_precision, ingestion.requested_by_id) == (
        "month",
        int(client.session["_auth_user_id"]),
    )
    run_job(ingestion.job_id)
    shown = client.get(page.request["PATH_INFO"]).content.decode()
    assert "Stored as document" in shown
    assert "Still at work" not in shown
    assert "being read for suggestions" in shown
    document = Document.objects.get()
    body = client.get(reverse("admin:sources_document_change", args=[document.pk]))
    assert "A text of &lt;b&gt;some&lt;/b&gt; words." in body.content.decode()


def test_an_analyst_uploads_a_file() -> None:
    file = SimpleUploadedFile("a.html", article().encode())
    hand_in(logged_in("analyst"), file=file)
    assert Ingestion.objects.get().file_name == "a.html"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Give one of the three"),
        ({"text": " \n"}, "The text is empty"),
        ({"address": "ftp://x.example/"}, "Only http and https"),
        ({"address": "gazette"}, "Start it with https://"),
        ({"text": "Words", "published": "01/02/2026"}, "Write the date as"),
        ({"text": "Words", "language": "english"}, "at most 10|two letters"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_queued(
    fields: dict[str, str], words: str
) -> None:
    page = hand_in(logged_in("analyst"), **fields).content.decode()
    assert any(part in page for part in words.split("|"))
    assert not Ingestion.objects.exists()


def test_a_viewer_sees_no_texts_and_hands_none_in() -> None:
    client = logged_in("viewer")
    document = DocumentFactory.create()
    for url in (
        reverse(ADD),
        reverse("admin:sources_document_change", args=[document.pk]),
    ):
        assert document.body not in client.get(url, follow=True).content.decode()
    hand_in(client, text="Words")
    assert not Ingestion.objects.exists()


@pytest.mark.parametrize(
    "model", ["source", "feed", "feedentry", "document", "ingestion"]
)
def test_a_lead_opens_every_list_and_page(model: str) -> None:
    IngestionFactory.create(document=None)
    FeedFactory.create()
    DocumentFactory.create()
    client = logged_in("lead")
    assert client.get(reverse(f"admin:sources_{model}_changelist")).status_code == 200


def correction(**changes: str) -> dict[str, str]:
    """What the form of a document sends."""
    blank = dict.fromkeys(["title", "byline", "source", "stated", "language"], "")
    return {**blank, **changes}


def test_what_is_known_of_a_document_is_corrected_and_its_text_is_not() -> None:
    document = DocumentFactory.create(title="Document1", body="Words. " * 20)
    body, source = document.body, SourceFactory.create()
    url = reverse("admin:sources_document_change", args=[document.pk])
    sent = correction(
        title="Speech", source=str(source.pk), stated="2025-07", language="fr"
    )
    analyst = logged_in("analyst")
    page = analyst.post(url, {**sent, "body": "Other words"}, follow=True)

    assert "was changed successfully" in page.content.decode()
    document.refresh_from_db()
    assert (document.title, document.source, document.language) == (
        "Speech",
        source,
        "fr",
    )
    assert document.published_on == date(2025, 7, 1)
    assert (document.published_precision, document.body) == ("month", body)
    history = apps.get_model("sources", "DocumentEvent")._default_manager
    (before,) = history.values("title", "pgh_context__metadata")
    assert before["title"] == "Document1"
    by = int(analyst.session["_auth_user_id"])
    assert before["pgh_context__metadata"]["user"] == by


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("stated", "01/02/2025", "Write the date as"),
        ("language", "french", "two letters"),
    ],
)
def test_a_wrong_correction_is_explained(field: str, value: str, words: str) -> None:
    document = DocumentFactory.create(title="Speech")
    url = reverse("admin:sources_document_change", args=[document.pk])
    page = logged_in("analyst").post(url, correction(title="x", **{field: value}))
    assert words in page.content.decode()
    document.refresh_from_db()
    assert document.title == "Speech"


def test_a_viewer_corrects_nothing() -> None:
    document = DocumentFactory.create(title="Speech")
    url = reverse("admin:sources_document_change", args=[document.pk])
    logged_in("viewer").post(url, correction(title="x"))
    document.refresh_from_db()
    assert document.title == "Speech"


def test_a_document_without_a_title_is_named_by_its_first_words() -> None:
    document = DocumentFactory.create(title="", body="One  sentence\nof words. " * 9)
    listed = Document.objects.defer("body").get(pk=document.pk)
    assert str(listed) == "One sentence of words. One sentence of words. One sentence…"


def test_both_a_paste_and_a_file_are_one_too_many() -> None:
    file = SimpleUploadedFile("speech.txt", b"Words of a file.")
    page = hand_in(logged_in("analyst"), text="Words", file=file)
    assert "give only one of them" in page.content.decode()


def test_a_finished_request_leads_on_to_the_coding_of_its_text() -> None:
    document = DocumentFactory.create()
    SuggestionFactory.create(evidence__document=document)
    ingestion = IngestionFactory.create(document=document, outcome="stored")
    url = reverse("admin:sources_ingestion_change", args=[ingestion.pk])
    page = logged_in("analyst").get(url).content.decode()
    assert f"/admin/workbench/documents/{document.pk}/" in page
    assert "1 suggestion waits for a decision" in page
    assert "/admin/auth/user/" not in page


def test_a_failed_request_does_not_say_that_it_is_queued() -> None:
    client = logged_in("analyst")
    page = hand_in(client, text="Some words to fail.").content.decode()
    assert "queued: this page" not in page
    Job.objects.update(state=JobState.DEAD, last_error="No.", finished_at=Now())
    url = reverse("admin:sources_ingestion_change", args=[Ingestion.objects.get().pk])
    page = client.get(url).content.decode()
    assert "could not be taken in" in page
    assert "queued: this page" not in page


def test_a_lead_polls_a_feed_now() -> None:
    feed = FeedFactory.create()
    paused = FeedFactory.create(active=False)
    chosen = {"action": "poll_now", "_selected_action": [feed.pk, paused.pk]}
    page = logged_in("lead").post(
        reverse("admin:sources_feed_changelist"), chosen, follow=True
    )
    assert Job.objects.get().payload == {"feed_id": feed.pk}
    assert "is paused" in page.content.decode()
    assert Feed.objects.count() == 2


@pytest.mark.parametrize(("role", "state"), [("lead", "queued"), ("analyst", "dead")])
def test_leads_retry_failed_jobs(role: str, state: str) -> None:
    job = IngestionFactory.create().job
    run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DEAD, last_error="Why <b>not</b>"
    )
    client, url = logged_in(role), reverse("admin:jobs_job_changelist")
    assert "Why &lt;b&gt;not&lt;/b&gt;" in client.get(url).content.decode()
    client.post(url, {"action": "retry_jobs", "_selected_action": [job.pk]})
    assert Job.objects.get().state == state


def test_a_deployment_that_opens_this_machine_is_refused(settings: Settings) -> None:
    def found() -> list[str | None]:
        return [
            m.id for m in run_checks(tags=["security"], include_deployment_checks=True)
        ]

    assert "sources.E001" not in found()
    settings.FETCH_ALLOW_LOOPBACK = True
    assert "sources.E001" in found()


# The command


def ingest(*words: str) -> list[dict[str, Any]]:
    """Run the command here, and read its lines."""
    out = StringIO()
    try:
        call_command("ingest", "--here", "--json", *words, stdout=out)
    finally:
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
    return lines


def test_the_command_takes_a_folder_in_and_again_changes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("The first text of two.")
    (tmp_path / "b.html").write_text(article())
    (tmp_path / "c.jpg").write_bytes(b"left out")
    source = SourceFactory.create()
    known = ("--source", source.slug, "--published-on", "2024-02")
    first = ingest(str(tmp_path), *known)
    assert [line["outcome"] for line in first] == ["stored", "stored"]
    assert set(Document.objects.values_list("source", "published_precision")) == {
        (source.pk, "month")
    }
    again = ingest(str(tmp_path), *known)
    assert [line["outcome"] for line in again] == ["duplicate", "duplicate"]
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["http://127.0.0.1/"], 1),
        (["nowhere"], 2),
        (["http://x.example/", "--source", "none"], 2),
        (["http://x.example/", "--published-on", "1/2/3"], 2),
        (["http://x.example/", "http://y.example/", "--title", "T"], 2),
        (["http://x.example/", "--timeout", "0"], 3),
    ],
)
def test_the_command_ends_with_a_code_for_what_went_wrong(
    words: list[str], code: int
) -> None:
    with pytest.raises(CommandError) as caught:
        ingest(*words)
    assert caught.value.returncode == code
