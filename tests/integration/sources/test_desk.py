"""How people hand texts in: the admin's form and lists, and the command."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.models import Document, Feed, Ingestion
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
    assert "http-equiv" not in shown
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


def test_documents_are_never_edited_by_hand() -> None:
    document = DocumentFactory.create()
    url = reverse("admin:sources_document_change", args=[document.pk])
    assert logged_in("lead").post(url, {"title": "x"}).status_code == 403


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
