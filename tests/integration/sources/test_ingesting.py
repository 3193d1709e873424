"""From a request to a document: once, in versions, beside its twin, or with a reason."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.addresses import BadAddressError
from sources.announcements import document_stored
from sources.models import Document, Ingestion, IngestionKind
from sources.operations import (
    UnknownLanguageError,
    UploadTooLargeError,
    request_paste,
    request_upload,
    request_url,
    store_text,
    storing,
)
from tests.factories.sources import (
    DocumentFactory,
    FeedEntryFactory,
    FeedFactory,
    IngestionFactory,
    SourceFactory,
)
from tests.servers import PARAGRAPHS, Peer, article, reply

pytestmark = pytest.mark.django_db

LONG = " ".join(
    f"In sentence {n} the minister spoke about the question number {n * 7}."
    for n in range(20)
)


def taken_in(ingestion: Ingestion) -> Ingestion:
    """Run a request's job, twice, and return the row as it is then."""
    run_job(ingestion.job_id)
    assert run_job(ingestion.job_id) is None
    return Ingestion.objects.select_related("document", "job").get(pk=ingestion.pk)


def document_of(ingestion: Ingestion) -> Document:
    """The document that a request ended in."""
    done = taken_in(ingestion)
    assert done.document is not None, done.job.last_error
    return done.document


def failure_of(ingestion: Ingestion) -> str:
    """Why a request failed for good, with nothing stored."""
    done = taken_in(ingestion)
    assert (done.job.state, done.document, done.outcome) == (JobState.DEAD, None, "")
    assert not Document.objects.exists()
    return done.job.last_error


def paste(text: str, **known: Any) -> Ingestion:
    """Ask for a pasted text."""
    return request_paste(text=text, by=None, **known)


# What goes well


def test_a_pasted_text_is_stored_as_it_is_with_what_is_known() -> None:
    source = SourceFactory.create()
    document = document_of(
        paste(
            "<b>Nothing</b> is\r\nruled out \x00“yet”.\n",
            title="A  title",
            source=source,
            published_on=date(2024, 2, 1),
            published_precision="month",
            url="https://gazette.example/a?utm_source=x&id=1#top",
        )
    )
    assert document.body == "<b>Nothing</b> is\nruled out “yet”."
    assert (document.title, document.source) == ("A title", source)
    assert document.published_precision == "month"
    assert document.canonical_url == "https://gazette.example/a?id=1"
    assert document.language == ""


def test_a_text_without_markup_gives_its_title_and_says_where_its_date_is_from() -> (
    None
):
    asked = paste("Speech in Paris\n\nParis, 10 July 2025\n\nLadies and gentlemen.")
    document = document_of(asked)
    assert (document.title, document.published_on) == (
        "Speech in Paris",
        date(2025, 7, 10),
    )
    assert document.body.startswith("Speech in Paris\n")
    asked.refresh_from_db()
    assert (
        asked.note == "Published 2025-07-10, as the text says: “Paris, 10 July 2025”."
    )


def test_a_date_that_a_person_gave_is_not_said_to_be_the_texts() -> None:
    asked = paste("10 July 2025\n\nWords.", published_on=date(2025, 7, 11))
    assert document_of(asked).published_on == date(2025, 7, 11)
    asked.refresh_from_db()
    assert asked.note == ""


def test_an_ambiguous_date_stays_unknown() -> None:
    assert document_of(paste("01/02/2025\n\nWords.")).published_on is None


def test_a_text_without_a_title_is_named_by_its_file_or_its_address() -> None:
    upload = request_upload(content=b"Words.", file_name="speech.v2.txt", by=None)
    assert document_of(upload).title == "speech.v2"
    pasted = paste("Other words.", url="https://gazette.example/a")
    assert document_of(pasted).title == "https://gazette.example/a"


def test_a_long_text_gets_its_language() -> None:
    assert document_of(paste(" ".join(PARAGRAPHS))).language == "en"


def test_a_page_is_fetched_read_and_stored(peer: Peer) -> None:
    peer.answers["/a"] = reply(article())
    document = document_of(request_url(url=peer.url("/a"), by=None))
    assert document.title == "Allies disagree"
    assert document.published_on == date(2024, 2, 27)
    assert document.url == document.canonical_url == peer.url("/a")
    assert len(document.raw_hash) == 64


def test_an_uploaded_page_is_read() -> None:
    upload = request_upload(
        content=article().encode(), file_name="..\\..\\a/page\u202e.html", by=None
    )
    assert upload.file_name == "page .html"
    assert "no consensus" in document_of(upload).body


def test_what_people_know_wins_over_what_the_page_says(peer: Peer) -> None:
    upload = request_upload(
        content=article().encode(),
        file_name="a.html",
        by=None,
        title="Mine",
        published_on=date(2020, 1, 1),
        language="FR",
    )
    document = document_of(upload)
    assert (document.title, document.published_on) == ("Mine", date(2020, 1, 1))
    assert (document.published_precision, document.language) == ("day", "fr")


def test_a_stored_document_is_announced_once_in_its_transaction() -> None:
    heard = []

    def listen(document: Document, **_: Any) -> None:
        assert transaction.get_connection().in_atomic_block
        heard.append(document)

    document_stored.connect(listen)
    try:
        document = document_of(paste(LONG))
        taken_in(paste(LONG))
    finally:
        document_stored.disconnect(listen)
    assert heard == [document]


# Again, changed, nearly


def test_the_same_text_again_is_linked_to_the_first_and_said_so(peer: Peer) -> None:
    peer.answers["/a"] = peer.answers["/b"] = reply(article())
    first = document_of(request_url(url=peer.url("/a"), by=None))
    again = taken_in(request_url(url=peer.url("/b"), by=None))
    assert (again.outcome, again.document) == ("duplicate", first)
    assert peer.url("/b") in again.note
    assert Document.objects.count() == 1


def test_a_changed_page_is_a_new_version_of_it(peer: Peer) -> None:
    changed = [
        *PARAGRAPHS[:3],
        "The government has since denied everything it had said.",
    ]
    peer.answers["/a"] = [reply(article()), reply(article(paragraphs=changed))]
    first = document_of(request_url(url=peer.url("/a"), by=None))
    second = taken_in(request_url(url=peer.url("/a"), by=None))
    assert second.outcome == "new_version"
    assert second.document is not None
    assert (second.document.version, second.document.previous) == (2, first)
    assert "version 2" in second.note
    assert Document.objects.get(pk=first.pk).body != second.document.body


def test_nearly_the_same_text_is_kept_and_flagged_with_its_twin() -> None:
    first = document_of(paste(LONG))
    twin = taken_in(
        paste(
            LONG.replace(
                "In sentence 9 the minister", "In sentence 9 the minister never"
            )
        )
    )
    assert twin.outcome == "near_duplicate"
    assert twin.document is not None
    assert twin.document.near_duplicate_of == first
    assert 0.7 <= (twin.document.similarity or 0) < 1
    assert f"document {first.pk}" in twin.note


def test_a_different_text_has_no_twin() -> None:
    document_of(paste(LONG))
    other = LONG.replace("minister", "president").replace("question", "answer")
    assert taken_in(paste(other)).outcome == "stored"


def test_storing_twice_at_once_changes_nothing() -> None:
    first = store_text(body=LONG, by=None, title="Fixture")
    second = store_text(body=LONG, by=None, title="Fixture")
    assert not first.is_duplicate
    assert second.is_duplicate
    assert first.document == second.document


# What goes wrong


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00"])
def test_an_empty_paste_is_refused_at_once(text: str) -> None:
    with pytest.raises(storing.EmptyTextError):
        paste(text)
    assert not Ingestion.objects.exists()


def test_a_paste_that_is_too_long_is_refused_at_once() -> None:
    with pytest.raises(storing.TextTooLongError, match="at most 2,000,000"):
        paste("x" * 2_000_001)


def test_broken_characters_are_refused_at_once() -> None:
    with pytest.raises(storing.UnreadableCharactersError, match="UTF-8"):
        paste("half \ud800 a character")


def test_files_that_are_empty_or_too_large_are_refused_at_once() -> None:
    with pytest.raises(storing.EmptyTextError):
        request_upload(content=b"", file_name="a.txt", by=None)
    with pytest.raises(UploadTooLargeError, match="20 MB"):
        request_upload(content=bytes(20 * 1024**2 + 1), file_name="a.txt", by=None)


@pytest.mark.parametrize(
    "url", ["gazette.example/a", "ftp://x.example/", "https://a b/"]
)
def test_what_is_no_web_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(BadAddressError):
        request_url(url=url, by=None)


def test_bad_facts_about_a_text_are_refused_at_once() -> None:
    with pytest.raises(UnknownLanguageError, match="two letters"):
        paste(LONG, language="english")
    with pytest.raises(storing.DatePrecisionError, match="give both"):
        paste(LONG, published_precision="day")
    with pytest.raises(storing.DatePrecisionError, match="day, month or year"):
        paste(LONG, published_on=date(2024, 1, 1), published_precision="hour")


def test_a_missing_page_ends_in_a_reason(peer: Peer) -> None:
    assert "no page at this address" in failure_of(
        request_url(url=peer.url("/x"), by=None)
    )


def test_a_blocked_address_ends_in_a_reason() -> None:
    assert "blocked" in failure_of(request_url(url="http://127.0.0.1/", by=None))


def test_a_binary_file_ends_in_a_reason() -> None:
    upload = request_upload(content=bytes(range(256)), file_name="a.txt", by=None)
    assert "binary" in failure_of(upload)


def test_a_page_cut_short_keeps_the_version_before_it(peer: Peer) -> None:
    whole = reply(article())
    peer.answers["/a"] = [whole, whole[:-200]]
    first = document_of(request_url(url=peer.url("/a"), by=None))
    cut = request_url(url=peer.url("/a"), by=None)
    assert run_job(cut.job_id) == JobState.QUEUED
    assert Document.objects.get() == first


def test_a_server_that_is_down_is_tried_three_times(peer: Peer) -> None:
    peer.answers["/a"] = reply(status="503 Busy")
    ingestion = request_url(url=peer.url("/a"), by=None)
    states = []
    for _ in range(3):
        Job.objects.update(run_after=Now())
        states.append(run_job(ingestion.job_id))
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.DEAD]
    assert "Given up after 3 attempts" in failure_of(ingestion)


def test_robots_are_asked_for_entries_of_feeds_only(peer: Peer) -> None:
    peer.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /")
    peer.answers["/a"] = reply(article())
    entry = FeedEntryFactory.create(url=peer.url("/a"))
    crawled = IngestionFactory.create(
        kind=IngestionKind.FEED_ENTRY, url=entry.url, feed_entry=entry, raw=None
    )
    Job.objects.filter(pk=crawled.job_id).update(payload={"ingestion_id": crawled.pk})
    assert "robots.txt" in failure_of(crawled)
    assert document_of(request_url(url=peer.url("/a"), by=None)).pk


def test_a_request_that_was_deleted_ends_quietly() -> None:
    ingestion = paste(LONG)
    ingestion.delete()
    assert run_job(ingestion.job_id) == JobState.DEAD
    assert not Document.objects.exists()


# The database's own rules


def broken(row: Any, constraint: str, **changes: Any) -> None:
    """Check that a change of a row breaks the constraint of this name."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)


def test_a_source_is_named_and_of_a_known_kind_and_country() -> None:
    source = SourceFactory.create()
    broken(source, "sources_source_named", name="")
    broken(source, "sources_source_kind_known", kind="rumour")
    broken(source, "sources_source_country_code", country="fr")


def test_a_feed_is_polled_at_a_bounded_pace() -> None:
    broken(FeedFactory.create(), "sources_feed_interval_bounded", poll_minutes=1)


def test_an_entry_is_stored_once_for_a_feed() -> None:
    entry = FeedEntryFactory.create()
    with pytest.raises(IntegrityError, match="sources_feedentry_once_per_feed"):
        FeedEntryFactory.create(feed=entry.feed, entry_key=entry.entry_key)


def test_the_text_of_a_document_never_changes() -> None:
    document = DocumentFactory.create()
    broken(document, "text_immutable|never changes", body="Another text.")
    broken(document, "never changes", raw_hash="0" * 64)


def test_a_document_has_a_body_a_hash_and_a_date_with_precision() -> None:
    with (
        pytest.raises(IntegrityError, match="sources_document_body_present"),
        transaction.atomic(),
    ):
        DocumentFactory.create(body=" \n")
    with (
        pytest.raises(IntegrityError, match="sources_document_hash_shape"),
        transaction.atomic(),
    ):
        DocumentFactory.create(content_hash="short")
    broken(
        DocumentFactory.create(), "sources_document_precision_known", published_on=None
    )


def test_versions_of_a_document_are_a_chain() -> None:
    first = DocumentFactory.create(canonical_url="https://gazette.example/a")
    broken(first, "sources_document_version_paired", version=2)
    with pytest.raises(IntegrityError, match="sources_document_url_version"):
        DocumentFactory.create(canonical_url=first.canonical_url)


def test_a_twin_is_another_document_with_a_resemblance() -> None:
    document = DocumentFactory.create()
    broken(document, "sources_document_twin_paired", similarity=0.9)
    broken(
        document,
        "sources_document_not_own_twin",
        similarity=0.9,
        near_duplicate_of=document,
    )


def test_a_request_is_of_a_known_kind_and_has_its_input() -> None:
    ingestion = IngestionFactory.create()
    broken(
        ingestion,
        "sources_ingestion_kind_known|sources_ingestion_has_input",
        kind="fax",
    )
    broken(ingestion, "sources_ingestion_has_input", raw=None)
    broken(ingestion, "sources_ingestion_outcome_paired", outcome="stored")
    broken(ingestion, "sources_ingestion_precision_paired", published_precision="day")
