"""Lists: their queries, their pages and their filters."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories.actors import (
    AffiliationFactory,
    AliasFactory,
    CountryFactory,
    MembershipFactory,
    PersonFactory,
)
from tests.factories.claims import (
    ClaimFactory,
    ExamplePhraseFactory,
    StanceFactory,
    SuggestionFactory,
)
from tests.factories.sources import (
    DocumentFactory,
    FeedFactory,
    IngestionFactory,
    JobFactory,
    SourceFactory,
)
from tests.integration.api.conftest import Client

TOKEN_AND_RIGHTS = 4
PUBLIC_QUERIES = {
    "sources/": 1,
    "actors/": 5,
    "claims/": 2,
    "documents/": 1,
    "stances/": 1,
    "stances/?count=true": 2,
    "stances/?claim=pinned": 2,
    "stances/?claim=pinned&speaks_for=FR": 3,
}
CODERS_QUERIES = {
    "feeds/": 1,
    "documents/": 1,
    "stances/": 1,
    "suggestions/": 1,
    "ingestions/": 1,
    "jobs/": 1,
}


@pytest.fixture
def three_of_all(db: None) -> None:
    """Store three rows of everything, each with all its relations."""
    france = CountryFactory.create(iso2="FR", slug="france")
    claim = ClaimFactory.create(slug="pinned")
    for _ in range(3):
        AliasFactory.create(actor=france)
        AffiliationFactory.create(speaks_for=france)
        MembershipFactory.create(member=france)
        ExamplePhraseFactory.create(claim=claim)
        StanceFactory.create(claim=claim, actor=france, note="x")
        StanceFactory.create(actor=PersonFactory.create(), speaks_for=france)
        SuggestionFactory.create(claim=claim, speaks_for=france)
        FeedFactory.create()
        IngestionFactory.create(source=SourceFactory.create())
        JobFactory.create()


@pytest.mark.parametrize(("path", "queries"), PUBLIC_QUERIES.items())
def test_a_public_list_takes_as_many_queries_for_many_rows_as_for_few(
    path: str, queries: int, three_of_all: None, reader: APIClient
) -> None:
    with CaptureQueriesContext(connection) as captured:
        rows = reader.get(f"/api/v1/{path}").json()["results"]

    assert rows
    assert len(captured) == queries, "\n".join(q["sql"] for q in captured)


@pytest.mark.parametrize(("path", "queries"), CODERS_QUERIES.items())
def test_a_coders_list_takes_as_many_queries_for_many_rows_as_for_few(
    path: str, queries: int, three_of_all: None, analyst: Client
) -> None:
    with CaptureQueriesContext(connection) as captured:
        rows = analyst.get(f"/api/v1/{path}").json()["results"]

    assert len(rows) >= 3
    assert len(captured) == queries + TOKEN_AND_RIGHTS, "\n".join(
        q["sql"] for q in captured
    )


def test_lists_never_read_the_bodies_of_documents(
    three_of_all: None, analyst: Client
) -> None:
    for path in ("documents/", "stances/", "suggestions/"):
        with CaptureQueriesContext(connection) as captured:
            analyst.get(f"/api/v1/{path}")
        assert not [q for q in captured if '."body"' in q["sql"]], path


# Pages


def pages(client: APIClient, address: str) -> Iterator[list[dict[str, Any]]]:
    """Follow ``next`` to the end."""
    following: str | None = address
    while following:
        page = client.get(following).json()
        yield page["results"]
        following = page["next"]


@pytest.mark.parametrize("ordering", ["", "-id", "id", "-stated_on", "stated_on"])
def test_every_stance_comes_once_and_in_order(ordering: str, reader: APIClient) -> None:
    for number in range(11):
        StanceFactory.create(stated_on=date(2024, 1, 1 + number % 3))

    rows = [
        r
        for page in pages(reader, f"/api/v1/stances/?limit=2&ordering={ordering}")
        for r in page
    ]

    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)) == 11
    column = (ordering or "-id").lstrip("-")
    places = [(row[column], row["id"]) for row in rows]
    assert places == sorted(places, reverse=not ordering or ordering.startswith("-"))


@pytest.mark.parametrize("ordering", ["-id", "id", "-stated_on", "stated_on"])
def test_rows_added_meanwhile_neither_repeat_nor_hide_others(
    ordering: str, reader: APIClient
) -> None:
    before = {
        StanceFactory.create(stated_on=date(2024, 1, 1 + n % 4)).pk for n in range(9)
    }
    seen: list[int] = []

    for page in pages(reader, f"/api/v1/stances/?limit=2&ordering={ordering}"):
        seen += [row["id"] for row in page]
        if len(seen) < 9:
            StanceFactory.create(stated_on=date(2024, 1, 1))
            StanceFactory.create(stated_on=date(2024, 1, 4))

    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_actors_and_documents_are_paged_by_name_and_moment(reader: APIClient) -> None:
    for name in ("Ägypten", "“Quoted”", "Zypern", "Same", "Same"):
        StanceFactory.create(actor=CountryFactory.create(name=name))

    names = [
        r["name"] for page in pages(reader, "/api/v1/actors/?limit=1") for r in page
    ]
    documents = [
        r["id"] for page in pages(reader, "/api/v1/documents/?limit=1") for r in page
    ]

    assert sorted(names) == sorted(("Ägypten", "“Quoted”", "Zypern", "Same", "Same"))
    assert len(documents) == len(set(documents)) == 5


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "a", "1.5", "\u0661", "9" * 5000])
def test_a_page_size_out_of_bounds_is_an_error(limit: str, reader: APIClient) -> None:
    problem = reader.get("/api/v1/stances/", {"limit": limit}).json()

    assert problem["status"] == 400
    assert problem["errors"][0]["parameter"] == "limit"


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "e30",
        "WyItaWQiLCJ4Il0",
        "WyItaWQiLCI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ",
        "WyItaWQiLCJcdTAwMDAiXQ",
        "é",
        "W10",
        "bnVsbA",
    ],
)
def test_a_made_up_cursor_is_an_error(cursor: str, reader: APIClient) -> None:
    problem = reader.get("/api/v1/stances/", {"cursor": cursor}).json()

    assert problem["status"] == 400
    assert problem["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_ordering_is_an_error(reader: APIClient) -> None:
    StanceFactory.create_batch(2)
    following = reader.get("/api/v1/stances/?limit=1&ordering=stated_on").json()["next"]

    problem = reader.get(following.replace("ordering=stated_on", "ordering=-id")).json()

    assert problem["errors"][0]["parameter"] == "cursor"


def test_rows_are_counted_only_when_asked_for(reader: APIClient) -> None:
    StanceFactory.create_batch(3)

    assert "count" not in reader.get("/api/v1/stances/").json()
    assert reader.get("/api/v1/stances/?count=true&limit=1").json()["count"] == 3


# Filters


def ids(client: APIClient, query: str) -> set[int]:
    """Return the ids of the stances that a query finds."""
    answer = client.get(f"/api/v1/stances/?{query}")
    assert answer.status_code == 200, answer.json()
    return {row["id"] for row in answer.json()["results"]}


def test_stances_are_filtered_by_each_of_their_parts(reader: APIClient) -> None:
    france = CountryFactory.create(slug="france", iso2="FR")
    macron = PersonFactory.create(slug="macron")
    claim = ClaimFactory.create(slug="troops")
    mine = StanceFactory.create(
        actor=macron,
        speaks_for=france,
        claim=claim,
        value="conditional_support",
        stated_on=date(2024, 5, 2),
    )
    StanceFactory.create(value="oppose", stated_on=date(2023, 1, 1))

    for query in (
        "actor=macron",
        "speaks_for=FR",
        "speaks_for=fr",
        "speaks_for=france",
        "claim=troops",
        "value=conditional_support",
        "value=conditional_support,ambiguous",
        "value=conditional_support&value=ambiguous",
        "stated_on=2024-05-02",
        "stated_on_from=2024-05-02",
        "stated_on_from=2024-05-02&stated_on_before=2024-05-03",
        f"document={mine.evidence.document_id}",
        "actor=macron,france",
    ):
        assert ids(reader, query) == {mine.pk}, query
    assert ids(reader, "stated_on_before=2024-05-02&claim=troops") == set()


def test_everybody_is_shown_published_stances_unless_others_are_asked_for(
    reader: APIClient, analyst: Client
) -> None:
    published = StanceFactory.create()
    draft = StanceFactory.create(state="draft")

    for client in (reader, analyst):
        assert ids(client, "") == {published.pk}
        rows = b"".join(client.get("/api/v1/stances.csv")).decode().splitlines()[1:]
        assert [row.split(",")[0] for row in rows] == [str(published.pk)]
    assert ids(analyst, "state=draft,published") == {published.pk, draft.pk}


def test_a_wrong_value_is_answered_with_the_right_ones(reader: APIClient) -> None:
    answer = reader.get("/api/v1/stances/?value=supportt")

    (error,) = answer.json()["errors"]
    assert error["parameter"] == "value"
    assert "oppose, conditional_oppose, ambiguous" in error["detail"]


def test_states_are_for_those_who_code(reader: APIClient, analyst: Client) -> None:
    draft = StanceFactory.create(state="draft")

    assert ids(analyst, "state=draft") == {draft.pk}
    assert ids(reader, "state=draft") == set()


def test_what_was_recorded_since_a_moment_can_be_asked_for(reader: APIClient) -> None:
    old = StanceFactory.create(recorded_at=datetime(2024, 1, 1, tzinfo=UTC))
    new = StanceFactory.create(recorded_at=datetime(2025, 1, 1, tzinfo=UTC))

    assert ids(reader, "recorded_at_from=2024-06-01T00:00:00Z") == {new.pk}
    assert ids(reader, "recorded_at_from=2024-01-01T01:00:00%2B01:00") == {
        old.pk,
        new.pk,
    }


def test_an_unknown_parameter_is_named_with_the_known_ones(reader: APIClient) -> None:
    answer = reader.get("/api/v1/stances/?clam=troops")

    problem = answer.json()
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["errors"][0]["parameter"] == "clam"
    assert "claim" in problem["detail"]
    assert "speaks_for" in problem["detail"]


def test_details_take_no_parameters(reader: APIClient) -> None:
    stance = StanceFactory.create()

    problem = reader.get(f"/api/v1/stances/{stance.pk}/?claim=x").json()

    assert problem["detail"] == "There is no parameter 'claim'. None is known here."


@pytest.mark.parametrize(
    "query",
    [
        "claim=nowhere",
        "actor=nobody",
        "speaks_for=XX",
        "value=maybe",
        "stated_on=20.5.2024",
        "stated_on=02/05/2024",
        "stated_on=2024-02-30",
        "recorded_at_from=yesterday",
        "document=one",
        "document=1&document=2",
        "limit=1&limit=2",
        "stated_on=2024-01-01&stated_on=2024-01-02",
    ],
)
def test_what_cannot_be_meant_is_an_error_that_names_its_parameter(
    query: str, reader: APIClient
) -> None:
    answer = reader.get(f"/api/v1/stances/?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_actors_are_found_by_any_name_office_or_group(reader: APIClient) -> None:
    alias = AliasFactory.create(
        name="the Élysée", actor__slug="france", actor__iso2="FR"
    )
    office = AffiliationFactory.create(speaks_for=alias.actor, person__slug="macron")
    MembershipFactory.create(member=alias.actor, group__slug="weimar")

    def slugs(query: str) -> list[str]:
        return [
            r["slug"] for r in reader.get(f"/api/v1/actors/?{query}").json()["results"]
        ]

    assert slugs("q=élysée") == ["france"]
    assert slugs("speaks_for=FR") == [office.person.slug]
    assert slugs("member_of=weimar") == ["france"]
    assert slugs("kind=group") == ["weimar"]


def test_an_actor_shows_names_offices_and_memberships(reader: APIClient) -> None:
    france = CountryFactory.create(slug="france", iso2="FR")
    office = AffiliationFactory.create(
        speaks_for=france, period=DateRange(date(2012, 5, 15), date(2017, 5, 14))
    )
    MembershipFactory.create(member=france, group__slug="weimar")

    person = reader.get(f"/api/v1/actors/{office.person.slug}/").json()
    group = reader.get("/api/v1/actors/weimar/").json()
    country = reader.get("/api/v1/actors/france/").json()

    assert person["offices"][0]["speaks_for"]["iso2"] == "FR"
    assert person["offices"][0]["begins_on"] == "2012-05-15"
    assert person["offices"][0]["ends_on"] == "2017-05-14"
    assert group["members"][0]["member"]["slug"] == "france"
    assert country["memberships"][0] == {
        "begins_on": "1991-09-06",
        "ends_on": None,
        "group": {
            "slug": "weimar",
            "name": group["name"],
            "kind": "group",
            "iso2": None,
        },
    }


def test_documents_show_everything_but_their_words(
    reader: APIClient, analyst: Client
) -> None:
    document = StanceFactory.create().evidence.document

    shown = reader.get(f"/api/v1/documents/{document.pk}/").json()
    words = analyst.get(f"/api/v1/documents/{document.pk}/text/").json()

    assert "body" not in shown
    assert shown["title"] == document.title
    assert words["body"] == document.body


def test_a_document_without_published_stance_is_hidden_from_readers(
    reader: APIClient,
) -> None:
    document = DocumentFactory.create()

    assert reader.get(f"/api/v1/documents/{document.pk}/").status_code == 404
