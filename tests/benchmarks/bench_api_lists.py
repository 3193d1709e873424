"""Lists of the API against the SQL below them, in one run: ratios, not milliseconds.

Run with ``make bench``; ``STANDPOINT_BENCH_STANCES`` says how many stances to load.
"""

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.factories.actors import CountryFactory
from tests.factories.claims import ClaimFactory
from tests.factories.sources import DocumentFactory

STANCES = int(os.environ.get("STANDPOINT_BENCH_STANCES", "20000"))
ROUNDS = 15
COUNTRIES, CLAIMS, DOCUMENTS = 40, 10, 200
MOST_TIMES_SQL = 60
MOST_TIMES_SHALLOW = 3
ROW = """
SELECT s.id, c.slug, a.slug, a.name, b.slug, s.value, s.condition, s.stated_on,
       s.stated_precision, s.occasion, e.quote, e.start, e."end", d.id, d.title, d.url,
       d.published_on, o.slug, o.name, s.state, s.version, s.recorded_at
FROM claims_stance s
JOIN claims_claim c ON c.id = s.claim_id
JOIN actors_actor a ON a.id = s.actor_id
LEFT JOIN actors_actor b ON b.id = s.speaks_for_id
JOIN claims_evidence e ON e.id = s.evidence_id
JOIN sources_document d ON d.id = e.document_id
LEFT JOIN sources_source o ON o.id = d.source_id
WHERE s.state = 'published' AND c.status <> 'draft'
ORDER BY s.id DESC LIMIT 101
"""
EVIDENCE = """
INSERT INTO claims_evidence (document_id, start, "end", quote)
SELECT d.id, n, n + 8, substring(d.body FROM n + 1 FOR 8)
FROM (SELECT id, body FROM sources_document ORDER BY id) d, generate_series(0, %s) n
"""
STANCE = """
INSERT INTO claims_stance (actor_id, speaks_for_id, claim_id, value, condition, stated_on,
  stated_precision, evidence_id, occasion, note, state, retraction_reason, version)
SELECT actor, actor, claim, (ARRAY['oppose','ambiguous','support'])[1 + n %% 3], '',
  date '2020-01-01' + (n %% 2000)::int, 'day', evidence, '', '', 'published', '', 1
FROM (SELECT n, %s + n %% %s AS claim, %s + n %% %s AS actor,
  (SELECT min(id) FROM claims_evidence) + n / 40 AS evidence
  FROM generate_series(0, %s - 1) n) rows ON CONFLICT DO NOTHING
"""


@pytest.fixture
def stances(transactional_db: None, settings: Settings) -> int:
    """Load stances by SQL; say how many there are."""
    settings.PUBLIC_READ = True
    claims = ClaimFactory.create_batch(CLAIMS)
    countries = CountryFactory.create_batch(COUNTRIES)
    DocumentFactory.create_batch(DOCUMENTS)
    with connection.cursor() as cursor:
        cursor.execute(EVIDENCE, [STANCES // DOCUMENTS // 40 + 1])
        shape = [claims[0].pk, CLAIMS, countries[0].pk, COUNTRIES, STANCES]
        cursor.execute(STANCE, shape)
        loaded: int = cursor.rowcount
        cursor.execute("ANALYZE")
    return loaded


def rows_by_sql() -> None:
    """Read what a page shows, by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ROW)
        assert len(cursor.fetchall()) == 101


def page_of(client: APIClient, query: str) -> Callable[[], None]:
    """Return a function that reads one page of 100 stances."""

    def read() -> None:
        answer = client.get(f"/api/v1/stances/?limit=100{query}")
        assert len(answer.json()["results"]) == 100

    return read


def interleaved(works: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Time each work once a round, so that all share the same weather; medians in ms."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            begun = perf_counter()
            work()
            times[name].append(1000 * (perf_counter() - begun))
    return {name: median(taken[1:]) for name, taken in times.items()}


def deep_cursor(client: APIClient, pages: int) -> str:
    """Return the cursor behind some pages of 1,000."""
    address = "/api/v1/stances/?limit=1000"
    for _ in range(pages):
        address = client.get(address).json()["next"]
    return address.partition("cursor=")[2].partition("&")[0]


def test_a_page_of_stances_against_its_sql(stances: int) -> None:
    client = APIClient()
    deep = deep_cursor(client, max(1, stances // 1000 - 2))

    took = interleaved(
        {
            "SQL alone": rows_by_sql,
            "first page": page_of(client, ""),
            f"page behind {stances // 1000 - 2},000": page_of(
                client, f"&cursor={deep}"
            ),
            "by statement day": page_of(client, "&ordering=-stated_on"),
        }
    )

    sql, first, behind, by_day = took.values()
    print(f"\n{stances} stances, pages of 100, medians of {ROUNDS} interleaved rounds")  # noqa: T201 - the report
    for name, milliseconds in took.items():
        print(f"  {name:24} {milliseconds:7.1f} ms = {milliseconds / sql:5.1f} x SQL")  # noqa: T201 - the report
    assert first < MOST_TIMES_SQL * sql
    assert behind < MOST_TIMES_SHALLOW * first
    assert by_day < MOST_TIMES_SHALLOW * first
