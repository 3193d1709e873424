"""Handing texts in through the API, and what became of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.models import Document, Ingestion
from sources.operations import MAX_UPLOAD_BYTES
from tests.factories.sources import (
    FeedFactory,
    IngestionFactory,
    JobFactory,
    SourceFactory,
)
from tests.integration.api.conftest import Client

INGESTIONS = "/api/v1/ingestions/"
TEXT = "“We must not rule out sending troops,” the president said on Monday in Paris."


def run_all() -> None:
    """Do what is queued, as a worker would."""
    for job in Job.objects.due():
        run_job(job.pk)


@pytest.mark.django_db(transaction=True)
def test_a_pasted_text_becomes_a_document(analyst: Client) -> None:
    source = SourceFactory.create(slug="gazette")
    asked = {
        "text": TEXT,
        "title": "Monday",
        "source": "gazette",
        "published_on": "2024-02-26",
    }

    answer = analyst.post(INGESTIONS, asked, format="json")
    Job.objects.exclude(kind="ingest").delete()
    run_all()
    later = analyst.get(answer["Location"]).json()

    document = Document.objects.get()
    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"
    assert (later["state"], later["outcome"]) == ("done", "stored")
    assert later["document"] == document.pk
    assert (document.title, document.source) == ("Monday", source)
    assert document.published_precision == "day"


def test_a_file_is_sent_as_a_form(analyst: Client) -> None:
    file = SimpleUploadedFile("speech.txt", TEXT.encode())

    answer = analyst.post(
        INGESTIONS, {"file": file, "language": "en"}, format="multipart"
    )

    ingestion = Ingestion.objects.get()
    assert answer.status_code == 202
    assert (answer.json()["kind"], answer.json()["file_name"]) == (
        "upload",
        "speech.txt",
    )
    assert bytes(ingestion.raw or b"") == TEXT.encode()
    assert ingestion.requested_by == analyst.user


def test_an_address_is_queued_for_fetching(analyst: Client) -> None:
    answer = analyst.post(
        INGESTIONS, {"url": "https://gazette.example/a"}, format="json"
    )

    assert answer.status_code == 202
    assert answer.json()["kind"] == "url"
    assert Ingestion.objects.get().url == "https://gazette.example/a"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"title": "Only a title"}, 400),
        ({"text": " \n "}, 422),
        ({"text": "a\x00b"}, 400),
        ({"text": TEXT, "source": "nowhere"}, 400),
        ({"text": TEXT, "published_on": "Monday"}, 400),
        ({"text": TEXT, "published_precision": "day"}, 400),
        ({"text": TEXT, "language": "english"}, 422),
        ({"url": "file:///etc/passwd"}, 422),
        ({"url": "javascript:alert(1)"}, 422),
        ({"url": "no address"}, 422),
    ],
)
def test_what_cannot_be_taken_in_is_refused_at_once(
    asked: dict[str, Any], status: int, analyst: Client
) -> None:
    answer = analyst.post(INGESTIONS, asked, format="json")

    assert answer.status_code == status, answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert not Ingestion.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(("size", "status"), [(0, 400), (MAX_UPLOAD_BYTES + 1, 413)])
def test_an_empty_or_huge_file_is_refused(
    size: int, status: int, analyst: Client
) -> None:
    file = SimpleUploadedFile("speech.txt", b"a" * size)

    answer = analyst.post(INGESTIONS, {"file": file}, format="multipart")

    assert answer.status_code == status
    assert not Ingestion.objects.exists()


def test_a_text_and_a_file_at_once_are_too_much(analyst: Client) -> None:
    file = SimpleUploadedFile("speech.txt", b"a")

    answer = analyst.post(INGESTIONS, {"file": file, "text": TEXT}, format="multipart")

    assert answer.json()["errors"] == [
        {"pointer": "#", "detail": "Give only one of text and file, or url alone."}
    ]


@pytest.mark.parametrize("form", ["json", "multipart"])
def test_a_field_that_nobody_would_read_is_refused(form: str, analyst: Client) -> None:
    asked = {"text": TEXT, "published": "2024-02-27"}

    answer = analyst.post(INGESTIONS, asked, format=form)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "#/published"
    assert "no field 'published'" in error["detail"]
    assert "published_on" in error["detail"]
    assert not Ingestion.objects.exists()


def test_a_failure_is_told_in_words(analyst: Client) -> None:
    job = JobFactory.create(
        state=JobState.DEAD,
        last_error="The page asks for a login.",
        finished_at="2024-01-01T00:00Z",
    )
    ingestion = IngestionFactory.create(job=job)

    shown = analyst.get(f"{INGESTIONS}{ingestion.pk}/").json()

    assert (shown["state"], shown["error"]) == ("dead", "The page asks for a login.")


def test_ones_own_requests_can_be_listed(analyst: Client) -> None:
    mine = IngestionFactory.create(requested_by=analyst.user)
    IngestionFactory.create()

    rows = analyst.get(f"{INGESTIONS}?mine=true").json()["results"]

    assert [row["id"] for row in rows] == [mine.pk]


def test_a_lead_retries_what_failed_and_nothing_else(lead: Client) -> None:
    dead = JobFactory.create(
        state=JobState.DEAD, last_error="No.", finished_at="2024-01-01T00:00Z"
    )
    address = f"/api/v1/jobs/{dead.pk}/retry/"

    first, second = lead.post(address), lead.post(address)

    assert (first.status_code, first.json()["state"]) == (200, "queued")
    assert second.status_code == 409
    assert second.json()["type"] == "urn:standpoint:problem:job-not-failed"


def test_a_lead_polls_a_feed_unless_it_is_paused(lead: Client) -> None:
    active = FeedFactory.create()
    paused = FeedFactory.create(active=False)

    assert lead.post(f"/api/v1/feeds/{active.pk}/poll/").json()["kind"] == "poll_feed"
    assert lead.post(f"/api/v1/feeds/{paused.pk}/poll/").status_code == 409
