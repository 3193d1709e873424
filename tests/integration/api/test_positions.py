"""Positions and timelines through the API."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from claims.models import Stance
from tests.factories.actors import (
    AffiliationFactory,
    CountryFactory,
    GroupFactory,
    MembershipFactory,
)
from tests.factories.claims import ClaimFactory, StanceFactory

POSITIONS = "/api/v1/positions/?claim=troops"


@pytest.fixture
def spoken(db: None) -> Stance:
    """France moves in May, Germany holds, both are members of a group."""
    claim = ClaimFactory.create(slug="troops")
    france = CountryFactory.create(slug="france", name="France", iso2="FR")
    germany = CountryFactory.create(slug="germany", name="Germany", iso2="DE")
    group = GroupFactory.create(slug="weimar", name="Weimar Triangle")
    for member in (france, germany):
        MembershipFactory.create(group=group, member=member)
    president = AffiliationFactory.create(speaks_for=france).person
    StanceFactory.create(claim=claim, actor=germany, value="oppose")
    StanceFactory.create(claim=claim, actor=president, speaks_for=france)
    return StanceFactory.create(
        claim=claim,
        actor=president,
        speaks_for=france,
        value="conditional_support",
        condition="if asked",
        stated_on=date(2024, 5, 2),
    )


def test_each_country_and_group_has_a_row_with_reasons_and_stances(
    spoken: Stance, reader: APIClient
) -> None:
    answer = reader.get(f"{POSITIONS}&as_of=2024-05-20").json()

    rows = {row["actor"]: row for row in answer["results"]}
    france = rows["france"]
    assert set(rows) == {"france", "germany", "weimar"}
    assert answer["rule"]["name"] == "standpoint-1"
    assert (answer["claim"], answer["as_of"]) == ("troops", "2024-05-20")
    assert (france["value"], france["since"]) == ("conditional_support", "2024-05-02")
    assert france["previous"] == "support"
    assert (france["contested"], france["stale"], france["thin"]) == (
        False,
        False,
        True,
    )
    assert france["iso2"] == "FR"
    assert france["reasons"]
    assert [s["id"] for s in france["stances"]] == [spoken.pk]
    assert (
        france["stances"][0]["url"] == f"http://testserver/api/v1/stances/{spoken.pk}/"
    )
    assert france["stances"][0]["quote"] == spoken.evidence.quote
    assert rows["weimar"]["value"] is None
    assert rows["weimar"]["members"]["verdict"] == "split"
    assert rows["weimar"]["members"]["holding"] == {
        "oppose": ["germany"],
        "conditional_support": ["france"],
    }


def test_positions_are_those_of_the_day_asked_for(
    spoken: Stance, reader: APIClient
) -> None:
    early = reader.get(f"{POSITIONS}&as_of=2024-05-01&actor=FR").json()["results"]
    before = reader.get(f"{POSITIONS}&as_of=2020-01-01").json()["results"]

    assert [row["value"] for row in early] == ["support"]
    assert before == []


def test_positions_are_those_known_at_the_moment_asked_for(
    spoken: Stance, reader: APIClient
) -> None:
    past = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    answer = reader.get(f"{POSITIONS}&known_at={past}").json()

    assert (answer["known_at"], answer["results"]) == (past, [])


def test_positions_are_narrowed_to_actors_and_kinds(
    spoken: Stance, reader: APIClient
) -> None:
    def actors(query: str) -> list[str]:
        found = reader.get(f"{POSITIONS}&as_of=2024-05-20&{query}").json()["results"]
        return [row["actor"] for row in found]

    assert actors("actor=FR,weimar") == ["france", "weimar"]
    assert actors("kind=group") == ["weimar"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "claim"),
        ("claim=nothing", "claim"),
        ("claim=troops&as_of=tomorrow", "as_of"),
        ("claim=troops&actor=XX", "actor"),
        ("claim=troops&kind=person", "kind"),
        ("claim=troops&limit=5", "limit"),
        ("claim=troops&claim=troops", "claim"),
    ],
)
def test_a_question_that_cannot_be_answered_names_its_parameter(
    query: str, parameter: str, spoken: Stance, reader: APIClient
) -> None:
    answer = reader.get(f"/api/v1/positions/?{query}")

    assert answer.status_code == 400
    assert [e["parameter"] for e in answer.json()["errors"]] == [parameter]


def test_positions_take_five_queries_for_any_number_of_countries(
    spoken: Stance, reader: APIClient
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(POSITIONS).status_code == 200
        return len(captured)

    few = queries()
    for _ in range(5):
        StanceFactory.create(claim=spoken.claim)

    assert queries() == few == 5


def test_a_timeline_has_a_period_for_each_position(
    spoken: Stance, reader: APIClient
) -> None:
    answer = reader.get(
        "/api/v1/timelines/?claim=troops&actor=FR&until=2024-12-31"
    ).json()

    (timeline,) = answer["results"]
    values = [(p["begins_on"], p["ends_on"], p["value"]) for p in timeline["periods"]]
    assert values == [
        ("2024-02-26", "2024-05-02", "support"),
        ("2024-05-02", None, "conditional_support"),
    ]
    assert timeline["periods"][1]["change"] == -1
    assert timeline["periods"][1]["stances"][0]["id"] == spoken.pk


def test_all_timelines_of_a_claim_or_of_an_actor_can_be_asked_for(
    spoken: Stance, reader: APIClient
) -> None:
    def actors(query: str) -> list[tuple[str, str]]:
        found = reader.get(f"/api/v1/timelines/?{query}").json()["results"]
        return [(row["claim"], row["actor"]) for row in found]

    assert actors("claim=troops") == [
        ("troops", "france"),
        ("troops", "germany"),
        ("troops", "weimar"),
    ]
    assert actors("actor=DE") == [("troops", "germany")]


@pytest.mark.parametrize("query", ["", "actor=FR,DE"])
def test_timelines_need_a_claim_or_one_actor(
    query: str, spoken: Stance, reader: APIClient
) -> None:
    assert reader.get(f"/api/v1/timelines/?{query}").status_code == 400


def test_a_person_has_stances_but_no_timeline(
    spoken: Stance, reader: APIClient
) -> None:
    slug = spoken.actor.slug

    problem = reader.get(f"/api/v1/timelines/?actor={slug}").json()

    assert f"stances/?actor={slug}" in problem["detail"]


def table(answer: Any) -> list[dict[str, str]]:
    """Read a CSV answer."""
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_positions_come_as_csv(spoken: Stance, reader: APIClient) -> None:
    answer = reader.get("/api/v1/positions.csv?claim=troops&as_of=2024-05-20")

    rows = table(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["actor"] for row in rows] == ["france", "germany", "weimar"]
    assert rows[0]["stances"] == str(spoken.pk)
    assert rows[2]["members_verdict"] == "split"


def test_stances_come_as_csv_with_the_filters_of_the_list(
    spoken: Stance, reader: APIClient
) -> None:
    answer = reader.get("/api/v1/stances.csv?speaks_for=FR&stated_on_from=2024-05-01")

    (row,) = table(answer)
    assert row["id"] == str(spoken.pk)
    assert row["stated_on"] == "2024-05-02"
    assert row["quote"] == spoken.evidence.quote


def test_no_cell_is_run_as_a_formula(reader: APIClient) -> None:
    StanceFactory.create(occasion='=HYPERLINK("http://evil.example")')

    (row,) = table(reader.get("/api/v1/stances.csv"))

    assert row["occasion"].startswith("'=")


def test_a_csv_file_has_no_pages(spoken: Stance, reader: APIClient) -> None:
    assert reader.get("/api/v1/stances.csv?limit=1").status_code == 400
    assert (
        len(table(reader.get("/api/v1/stances.csv", headers={"accept": "text/csv"})))
        == 3
    )
