"""Feeds: each entry is taken in once, whatever the feed and its server do."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db.models.functions import Now

from jobs.models import Job, JobState
from jobs.operations import run_job
from sources.models import Document, Feed, Ingestion
from sources.operations import FeedPausedError, request_poll
from sources.operations.polling import poll_feed, queue_due_feeds
from sources.tasks import queue_due_feeds as queue_task
from tests.factories.sources import FeedFactory
from tests.servers import Peer, article, reply

pytestmark = pytest.mark.django_db


def rss(items: Iterable[str]) -> str:
    """A feed."""
    return (
        f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>"
    )


def item(number: int, guid: str | None = "", title: str = "", link: str = "") -> str:
    """An entry; without a guid where it is None."""
    named = guid or f"id-{number}"
    tag = "" if guid is None else f"<guid isPermaLink='false'>{named}</guid>"
    address = link or f"https://gazette.example/{number}"
    return (
        f"<item>{tag}<title>{title or f'Title {number}'}</title><link>{address}</link>"
        "<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate></item>"
    )


@pytest.fixture
def feed(peer: Peer) -> Feed:
    """A feed with three entries."""
    peer.answers["/feed"] = reply(rss(item(n) for n in range(3)), ETag='"one"')
    return FeedFactory.create(url=peer.url("/feed"))


def polled(feed: Feed) -> Feed:
    """Poll a feed once, twice run, and return it as it is then."""
    job = request_poll(feed=feed, by=None)
    assert run_job(job.pk) == JobState.DONE
    assert run_job(job.pk) is None
    return Feed.objects.get(pk=feed.pk)


def outcome() -> str:
    """What the last poll said."""
    return Job.objects.filter(kind="poll_feed").latest("pk").outcome


def test_new_entries_are_asked_for_once(feed: Feed) -> None:
    polled(feed)
    after = polled(feed)
    assert (Ingestion.objects.count(), feed.entries.count()) == (3, 3)
    ingestion = Ingestion.objects.order_by("pk")[0]
    assert (ingestion.title, ingestion.source) == ("Title 0", feed.source)
    assert ingestion.published_on == date(2024, 3, 5)
    assert (after.last_outcome, after.etag, after.failures) == ("ok", '"one"', 0)


def test_an_entry_becomes_a_document(peer: Peer, feed: Feed) -> None:
    peer.answers["/a"] = reply(article())
    peer.answers["/feed"] = reply(rss([item(1, link=peer.url("/a"))]))
    polled(feed)
    run_job(Ingestion.objects.get().job_id)
    assert Document.objects.get().title == "Title 1"


def test_the_stored_validators_are_sent_and_new_ones_kept(
    peer: Peer, feed: Feed
) -> None:
    polled(feed)
    peer.answers["/feed"] = reply(status="304 Not Modified", ETag='"two"')
    after = polled(feed)
    assert b'If-None-Match: "one"' in peer.requests[-1]
    assert (after.last_outcome, after.etag) == ("not_modified", '"two"')
    assert outcome() == "Nothing has changed since the last poll."


def test_new_validators_over_the_same_body_are_kept(peer: Peer, feed: Feed) -> None:
    polled(feed)
    peer.answers["/feed"] = reply(
        rss(item(n) for n in range(3)), ETag='"two"', Last_Modified="yesterday"
    )
    after = polled(feed)
    assert (after.etag, after.last_modified) == ('"two"', "yesterday")
    assert Ingestion.objects.count() == 3


def test_a_server_that_wrongly_says_nothing_has_changed_is_caught_within_a_week(
    peer: Peer, feed: Feed
) -> None:
    polled(feed)
    peer.answers["/feed"] = reply(rss(item(n) for n in range(4)), ETag='"one"')
    Feed.objects.update(last_unconditional_at=Now() - timedelta(days=8))
    after = polled(feed)
    assert b"If-None-Match" not in peer.requests[-1]
    assert after.distrusts_validators
    assert feed.entries.count() == 4
    polled(feed)
    assert b"If-None-Match" not in peer.requests[-1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([item(n, None) for n in range(10)], [item(n, None) for n in range(10)]),
        ([item(n, "same") for n in range(10)], [item(n, "same") for n in range(10)]),
        ([item(n, f"a{n}") for n in range(10)], [item(n, f"b{n}") for n in range(10)]),
        (
            [item(n, f"http://g.example/{n}") for n in range(10)],
            [item(n, f"https://g.example/{n}") for n in range(10)],
        ),
    ],
    ids=["no guid", "one guid for all", "changing guid", "http and https"],
)
def test_ten_entries_stay_ten(
    peer: Peer, feed: Feed, first: list[str], second: list[str]
) -> None:
    for items in (first, second):
        peer.answers["/feed"] = reply(rss(items))
        polled(feed)
    assert (feed.entries.count(), Ingestion.objects.count()) == (10, 10)


def test_a_changed_entry_is_fetched_again(peer: Peer, feed: Feed) -> None:
    polled(feed)
    peer.answers["/feed"] = reply(rss([item(0, title="Corrected"), item(1), item(2)]))
    polled(feed)
    assert feed.entries.count() == 3
    assert Ingestion.objects.filter(title="Corrected").count() == 1
    assert outcome() == "Entries: 1 changed, 2 seen before."


def test_good_entries_are_taken_and_a_poisonous_one_is_named(
    peer: Peer, feed: Feed
) -> None:
    bad = item(9, title="Bad &#0; one", link="javascript:alert(1)")
    peer.answers["/feed"] = reply(rss([item(0), item(1), bad, item(2)]))
    after = polled(feed)
    assert Ingestion.objects.count() == 3
    assert "one" in after.last_error
    assert "1 without a usable address" in outcome()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(status="404 Not Found"), "http_4xx"),
        (reply(status="500 Oops"), "http_5xx"),
        (reply(article()), "parse_error"),
        (reply(status="304 Not Modified"), "bad_content"),
    ],
)
def test_a_feed_that_fails_is_polled_more_rarely_and_recovers(
    peer: Peer, feed: Feed, answer: bytes, expected: str
) -> None:
    good = peer.answers["/feed"]
    peer.answers["/feed"] = answer
    polled(feed)
    failed = polled(feed)
    assert (failed.last_outcome, failed.failures) == (expected, 2)
    assert failed.last_error
    later = Feed.objects.filter(next_poll_at__gt=Now() + timedelta(minutes=119))
    assert later.exists()
    peer.answers["/feed"] = good
    assert polled(feed).failures == 0


def test_a_feed_that_is_gone_is_paused_and_kept(peer: Peer, feed: Feed) -> None:
    peer.answers["/feed"] = reply(status="410 Gone")
    after = polled(feed)
    assert not after.active
    with pytest.raises(FeedPausedError):
        request_poll(feed=after, by=None)


@pytest.mark.parametrize("change", ["paused", "deleted"])
def test_a_feed_that_goes_while_it_is_polled_ends_quietly(
    feed: Feed, change: str
) -> None:
    commit = poll_feed(feed_id=feed.pk)
    if change == "paused":
        Feed.objects.update(active=False)
    else:
        Feed.objects.all().delete()
    assert "nothing was stored" in commit()
    assert "nothing was stored" in poll_feed(feed_id=feed.pk)()
    assert not Ingestion.objects.exists()


def test_due_feeds_are_queued_once() -> None:
    due = FeedFactory.create()
    FeedFactory.create(active=False)
    FeedFactory.create(next_poll_at=Now() + timedelta(hours=1))
    queue_task(unknown="ignored")
    assert queue_due_feeds() == 0
    assert Job.objects.get().payload == {"feed_id": due.pk}
