"""The work of a feed's poll, and queueing the polls that are due."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from jobs.kinds import Commit
from sources.entries import Plan, SeenEntry, Sighting, plan
from sources.fetch.answers import Fetched
from sources.fetch.following import safe_fetch
from sources.fetch.outcomes import FetchPostponedError, FetchRefusedError, Outcome
from sources.fetch.requests import FEED, Validators
from sources.models import Feed, FeedEntry
from sources.operations import Known, request_entry, request_poll
from sources.parsing.found import File, FoundFeed
from sources.parsing.sandbox import ReaderKilledError, UnreadableFileError, read_feed

LONGEST_PAUSE_MINUTES = 24 * 60
UNCONDITIONAL_EVERY = timedelta(days=7)
GONE_QUIETLY = "The feed was deleted or paused: nothing was stored."


@dataclass(frozen=True)
class Failure:
    """Why a poll brought nothing."""

    outcome: Outcome
    reason: str
    retry_after: float = 0


def queue_due_feeds() -> int:
    """Ask for a poll of each active feed whose time has come; return how many.

    The next poll moves away at once, so that a feed that kills its worker waits for its
    turn like all others.
    """
    queued = 0
    for feed in due_feeds():
        with transaction.atomic():
            pause = timedelta(minutes=feed.poll_minutes)
            if due_feeds().filter(pk=feed.pk).update(next_poll_at=Now() + pause):
                request_poll(feed=feed, by=None)
                queued += 1
    return queued


def due_feeds() -> QuerySet[Feed]:
    """Active feeds whose next poll is due, by the database's clock."""
    return Feed.objects.filter(active=True, next_poll_at__lte=Now())


def poll_feed(*, feed_id: int) -> Commit:
    """Fetch a feed and take note of its new and changed entries.

    A feed that cannot be read is no failure of the job: the feed's row says what was
    wrong, and its polls are spaced out.
    """
    feed = Feed.objects.filter(pk=feed_id, active=True).first()
    if feed is None:
        return partial(str, GONE_QUIETLY)
    asked = Validators() if probe_is_due(feed) else stored_validators(feed)
    try:
        answer = safe_fetch(feed.url, budget=FEED, validators=asked)
        found = found_in(answer)
    except FAILURES as error:
        return partial(record_failure, feed_id, failure_of(error))
    return partial(record_success, feed_id, answer, found)


def probe_is_due(feed: Feed) -> bool:
    """Whether to fetch the feed whole: once a week, always where it was caught lying.

    Some servers say that nothing has changed although something has.
    """
    trusted = Feed.objects.filter(
        pk=feed.pk,
        distrusts_validators=False,
        last_unconditional_at__gt=Now() - UNCONDITIONAL_EVERY,
    )
    return not trusted.exists()


def stored_validators(feed: Feed) -> Validators:
    """What the feed's server gave last time."""
    return Validators(feed.etag, feed.last_modified)


def found_in(answer: Fetched) -> FoundFeed | None:
    """Read the entries of an answer; None when nothing has changed."""
    if answer.outcome == Outcome.NOT_MODIFIED:
        return None
    return read_feed(
        File(
            answer.content,
            content_type=answer.content_type,
            charset=answer.charset,
            url=answer.url,
        )
    )


# What failed


FAILURES = (
    FetchRefusedError,
    FetchPostponedError,
    UnreadableFileError,
    ReaderKilledError,
)


def failure_of(error: Exception) -> Failure:
    """Keep of an error what the feed's row shows."""
    if isinstance(error, FetchRefusedError):
        return Failure(error.outcome, str(error))
    if isinstance(error, FetchPostponedError):
        return Failure(error.outcome, str(error), error.retry_after or 0)
    killed = isinstance(error, ReaderKilledError)
    return Failure(Outcome.JOB_KILLED if killed else Outcome.PARSE_ERROR, str(error))


def record_failure(feed_id: int, failure: Failure) -> str:
    """Say on the feed's row what failed, and space out its polls; gone ones pause."""
    feed = locked(feed_id)
    if feed is None:
        return GONE_QUIETLY
    gone = failure.outcome == Outcome.GONE
    Feed.objects.filter(pk=feed_id).update(
        active=not gone,
        failures=feed.failures + 1,
        last_outcome=failure.outcome,
        last_error=failure.reason,
        last_checked_at=Now(),
        next_poll_at=Now() + pause_after(feed, failure),
    )
    paused = " The feed is paused." if gone else ""
    return f"Nothing was read: {failure.reason}{paused}"


def pause_after(feed: Feed, failure: Failure) -> timedelta:
    """Twice as long after each failure, at most a day, and as long as the server asks."""
    doubled = feed.poll_minutes * 2 ** min(feed.failures, 10)
    minutes = min(LONGEST_PAUSE_MINUTES, doubled) * random.uniform(1, 1.1)  # noqa: S311
    return timedelta(seconds=max(minutes * 60, failure.retry_after))


# What was read


def locked(feed_id: int) -> Feed | None:
    """Return the feed for writing, unless it was deleted or paused meanwhile."""
    feeds = Feed.objects.select_for_update().select_related("source")
    return feeds.filter(pk=feed_id, active=True).first()


def record_success(feed_id: int, answer: Fetched, found: FoundFeed | None) -> str:
    """Take note of the entries and of the server's validators, verbatim."""
    feed = locked(feed_id)
    if feed is None:
        return GONE_QUIETLY
    planned = plan(found.entries, seen_entries(feed)) if found else EMPTY_PLAN
    take_in(feed, planned)
    lying = caught_lying(feed, answer, planned)
    Feed.objects.filter(pk=feed_id).update(
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        failures=0,
        last_outcome=answer.outcome,
        last_error="\n".join(planned.refused[:20]),
        last_checked_at=Now(),
        distrusts_validators=feed.distrusts_validators or lying,
        **({"last_unconditional_at": Now()} if found else {}),
    )
    return outcome_in_words(planned, found)


def caught_lying(feed: Feed, answer: Fetched, planned: Plan) -> bool:
    """Whether the validators stayed the same although the entries did not."""
    before = stored_validators(feed)
    unchanged = bool(before.headers()) and before == answer.validators
    return unchanged and bool(planned.new or planned.changed)


def seen_entries(feed: Feed) -> list[SeenEntry]:
    """What is stored of a feed's entries."""
    rows = feed.entries.values_list("pk", "entry_key", "url", "title", "updated")
    return [SeenEntry(*row) for row in rows]


def take_in(feed: Feed, planned: Plan) -> None:
    """Store sightings, and ask for the texts of new and changed entries.

    The texts are asked for one after the other, to be polite to their server.
    """
    entries = [create_entry(feed, sighting) for sighting in planned.new]
    entries += [update_entry(*change) for change in planned.changed]
    sightings = [*planned.new, *(sighting for _, sighting in planned.changed)]
    for number, (entry, sighting) in enumerate(zip(entries, sightings, strict=True)):
        wait = timedelta(seconds=number * settings.FEED_ENTRY_SPACING_SECONDS)
        request_entry(
            entry=entry, known=known_from(feed, sighting), run_after=Now() + wait
        )
    unchanged = [entry.pk for entry in planned.unchanged]
    feed.entries.filter(pk__in=unchanged).update(last_seen_at=Now())


def create_entry(feed: Feed, sighting: Sighting) -> FeedEntry:
    """Store the first sighting of an entry."""
    return FeedEntry.objects.create(
        feed=feed,
        entry_key=sighting.key,
        url=sighting.url,
        title=sighting.title,
        updated=sighting.updated,
    )


def update_entry(before: SeenEntry, sighting: Sighting) -> FeedEntry:
    """Store a changed sighting of an entry."""
    entry = FeedEntry.objects.get(pk=before.pk)
    entry.url, entry.title = sighting.url, sighting.title
    entry.updated, entry.last_seen_at = sighting.updated, Now()
    entry.save(update_fields=["url", "title", "updated", "last_seen_at"])
    return entry


def known_from(feed: Feed, sighting: Sighting) -> Known:
    """What the feed says about the text behind an entry."""
    published_on = sighting.found.published_on
    return Known(
        title=sighting.title,
        source=feed.source,
        published_on=date.fromisoformat(published_on) if published_on else None,
        published_precision=sighting.found.published_precision,
    )


EMPTY_PLAN = plan([], [])


def outcome_in_words(planned: Plan, found: FoundFeed | None) -> str:
    """One sentence for the job list."""
    if found is None:
        return "Nothing has changed since the last poll."
    counts = {
        "new": len(planned.new),
        "changed": len(planned.changed),
        "seen before": len(planned.unchanged),
        "without a usable address": len(planned.refused),
        "beyond the first 2,000, not taken": found.tossed,
    }
    parts = [f"{number} {words}" for words, number in counts.items() if number]
    return f"Entries: {', '.join(parts) or 'none'}."
