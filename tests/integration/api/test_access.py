"""Who may call what: every endpoint and method against every role."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from claims.models import ClaimStatus, Stance, StanceState
from config.api_router import urlpatterns
from tests.factories.actors import CountryFactory
from tests.factories.claims import (
    ClaimFactory,
    EvidenceFactory,
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
from tests.integration.api.conftest import Client, Login, client_of

ROLES = ("nobody", "public", "", "viewer", "analyst", "lead", "admin")
READERS = {"viewer", "analyst", "lead", "admin", "public"}
CODERS = {"analyst", "lead", "admin"}
LEADS = {"lead", "admin"}
ACCOUNTS = {"", "viewer", "analyst", "lead", "admin"}
EVERYONE = set(ROLES)
# endpoint name: {method: the roles that get past the gate}
ACCESS: dict[str, dict[str, set[str]]] = {
    "api-root": {"get": EVERYONE},
    "schema": {"get": EVERYONE},
    "docs": {"get": EVERYONE},
    "login": {"post": EVERYONE},
    "logout": {"post": ACCOUNTS},
    "logout-all": {"post": ACCOUNTS},
    "source-list": {"get": READERS},
    "source-detail": {"get": READERS},
    "claim-list": {"get": READERS},
    "claim-detail": {"get": READERS},
    "actor-list": {"get": READERS},
    "actor-detail": {"get": READERS},
    "document-list": {"get": READERS},
    "document-detail": {"get": READERS},
    "document-text": {"get": CODERS},
    "stance-list": {"get": READERS, "post": CODERS},
    "stance-detail": {"get": READERS, "patch": CODERS},
    "stance-publish": {"post": CODERS},
    "stance-retract": {"post": CODERS},
    "stances-csv": {"get": READERS},
    "position-list": {"get": READERS},
    "positions-csv": {"get": READERS},
    "timeline-list": {"get": READERS},
    "feed-list": {"get": CODERS},
    "feed-detail": {"get": CODERS},
    "feed-poll": {"post": LEADS},
    "ingestion-list": {"get": CODERS, "post": CODERS},
    "ingestion-detail": {"get": CODERS},
    "job-list": {"get": CODERS},
    "job-detail": {"get": CODERS},
    "job-retry": {"post": LEADS},
    "suggestion-list": {"get": CODERS},
    "suggestion-detail": {"get": CODERS},
    "suggestion-accept": {"post": CODERS},
    "suggestion-reject": {"post": CODERS},
    "suggestion-reopen": {"post": CODERS},
}
GATED = {"logout", "logout-all"}  # knox asks for the token before anything else
METHODS = ("get", "post", "put", "patch", "delete", "options")


@pytest.fixture
def addresses(db: None) -> dict[str, str]:
    """Return an address of a real row for each endpoint."""
    stance = StanceFactory.create()
    rows: dict[str, Any] = {
        "source": SourceFactory.create().slug,
        "claim": stance.claim.slug,
        "actor": stance.actor.slug,
        "document": stance.evidence.document_id,
        "stance": stance.pk,
        "feed": FeedFactory.create().pk,
        "ingestion": IngestionFactory.create().pk,
        "job": JobFactory.create().pk,
        "suggestion": SuggestionFactory.create().pk,
    }
    of_rows = {
        f"{name}-{suffix}": f"/api/v1/{name}s/{key}/{'' if suffix == 'detail' else suffix + '/'}"
        for name, key in rows.items()
        for suffix in (
            "detail",
            "text",
            "publish",
            "retract",
            "retry",
            "poll",
            "accept",
            "reject",
            "reopen",
        )
    }
    of_lists = {f"{name}-list": f"/api/v1/{name}s/" for name in rows}
    claim = f"?claim={stance.claim.slug}"
    return {
        **of_rows,
        **of_lists,
        "api-root": "/api/v1/",
        "schema": "/api/v1/schema/",
        "docs": "/api/v1/docs/",
        "login": "/api/v1/auth/login/",
        "logout": "/api/v1/auth/logout/",
        "logout-all": "/api/v1/auth/logoutall/",
        "stances-csv": "/api/v1/stances.csv",
        "positions-csv": f"/api/v1/positions.csv{claim}",
        "position-list": f"/api/v1/positions/{claim}",
        "timeline-list": f"/api/v1/timelines/{claim}",
    }


def test_every_endpoint_has_a_row_in_the_table() -> None:
    names = {pattern.name for pattern in urlpatterns}

    assert names - {"not-found"} == set(ACCESS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_as_far_as_the_table_says(
    role: str, addresses: dict[str, str], login: Login, settings: Any
) -> None:
    settings.PUBLIC_READ = role == "public"
    without_account = role in {"nobody", "public"}
    user = None if without_account else login(role).user
    client = client_of(user) if user else APIClient()
    Stance.objects.update(coder=user)
    wrong = []
    for name, methods in ACCESS.items():
        for method in METHODS:
            if name in GATED and user:
                client = client_of(user)
            call = getattr(client, method)
            status = call(addresses[name], {}, format="json").status_code
            if not as_promised(name, role, status, methods.get(method)):
                wrong.append(f"{method} {name} gave {role or 'no role'} {status}")

    assert wrong == []


def as_promised(name: str, role: str, status: int, allowed: set[str] | None) -> bool:
    """Whether a status is what the table says: past the gate, or turned away at it."""
    turned_away = status == (401 if role in {"nobody", "public"} else 403)
    if allowed is None:
        return status == 405 or (name in GATED and turned_away)
    if name == "login":
        return status == 400
    if role not in allowed:
        return turned_away
    return status not in {401, 403, 404, 405} and status < 500


@pytest.fixture
def hidden(db: None) -> list[str]:
    """Store what readers must never see, each with words of its own."""
    country = CountryFactory.create(slug="atlantis", name="Atlantis", iso2="QA")
    draft_claim = ClaimFactory.create(
        slug="secret-claim", title="Secretclaim", status=ClaimStatus.DRAFT
    )
    claim = ClaimFactory.create(slug="open-claim")
    uncited = DocumentFactory.create(title="Secretuncited", body="Secretbody words.")
    cited = DocumentFactory.create(title="Cited", body="Published. Secretrest words.")
    StanceFactory.create(
        claim=claim, actor=country, evidence__document=cited, note="Secretnote"
    )
    StanceFactory.create(
        claim=claim,
        actor=country,
        state=StanceState.DRAFT,
        occasion="Secretdraft",
        evidence=EvidenceFactory.create(document=uncited, start=0, end=8),
    )
    StanceFactory.create(
        claim=claim,
        actor=country,
        state=StanceState.RETRACTED,
        retraction_reason="Secretreason",
        evidence=EvidenceFactory.create(document=uncited, start=0, end=9),
    )
    StanceFactory.create(claim=draft_claim, actor=country, occasion="Secretondraft")
    SuggestionFactory.create(claim=claim, actor=country, condition="Secretsuggestion")
    JobFactory.create(kind="secretjob")
    IngestionFactory.create(title="Secretingestion")
    return ["/api/v1/" + path for path in READABLE]


READABLE = (
    "sources/",
    "actors/",
    "actors/?q=a",
    "claims/",
    "claims/?status=draft",
    "claims/?q=secret",
    "documents/",
    "documents/?q=Secret",
    "documents/?claim=open-claim",
    "documents/?ordering=recorded_at",
    "stances/",
    "stances/?state=draft",
    "stances/?state=retracted&count=true",
    "stances/?actor=QA",
    "stances/?ordering=stated_on",
    "stances.csv",
    "stances.csv?state=draft",
    "positions/?claim=open-claim",
    "positions.csv?claim=open-claim",
    "timelines/?claim=open-claim",
    "timelines/?actor=QA",
)


@pytest.mark.parametrize("who", ["public", "viewer"])
def test_readers_never_see_drafts_suggestions_jobs_or_texts(
    who: str, hidden: list[str], login: Login, settings: Any
) -> None:
    settings.PUBLIC_READ = who == "public"
    client = APIClient() if who == "public" else login("viewer")

    for address in hidden:
        answer = client.get(address)
        assert answer.status_code == 200, address
        words = b"".join(answer) if answer.streaming else answer.content
        assert b"secret" not in words.lower(), address


def test_the_name_of_a_draft_claim_is_unknown_to_readers(
    hidden: list[str], reader: APIClient
) -> None:
    draft = reader.get("/api/v1/stances/?claim=secret-claim").json()
    made_up = reader.get("/api/v1/stances/?claim=no-such-claim").json()

    assert draft["status"] == made_up["status"] == 400
    assert draft["errors"][0]["detail"] == "There is no claim secret-claim."
    assert reader.get("/api/v1/claims/secret-claim/").status_code == 404
    assert reader.get("/api/v1/positions/?claim=secret-claim").status_code == 400
    assert reader.get("/api/v1/timelines/?claim=secret-claim").status_code == 400


def test_counts_are_of_what_the_reader_may_see(
    hidden: list[str], reader: APIClient, analyst: Client
) -> None:
    public = reader.get("/api/v1/stances/?count=true").json()
    every = "state=draft,published,retracted"
    coder = analyst.get(f"/api/v1/stances/?count=true&{every}").json()

    assert (public["count"], coder["count"]) == (1, 4)


@pytest.mark.parametrize(
    "secret", ["coder", "note", "coder__email", "evidence__document__body"]
)
def test_nothing_can_be_guessed_by_filtering_or_sorting_by_it(
    secret: str, hidden: list[str], reader: APIClient
) -> None:
    assert reader.get(f"/api/v1/stances/?{secret}=a").status_code == 400
    assert reader.get(f"/api/v1/stances/?ordering={secret}").status_code == 400


def test_coding_is_shown_to_those_who_code(
    hidden: list[str], reader: APIClient, analyst: Client
) -> None:
    public = reader.get("/api/v1/stances/").json()["results"]
    coder = analyst.get("/api/v1/stances/").json()["results"]

    assert [row["coding"] for row in public] == [None]
    assert "Secretnote" in {row["coding"]["note"] for row in coder}


def test_a_token_of_a_closed_account_opens_nothing(login: Login) -> None:
    client = login("lead")
    client.user.is_active = False
    client.user.save(update_fields=["is_active"])

    assert client.get("/api/v1/claims/").status_code == 401


def test_a_session_cannot_write_without_its_csrf_token(login: Login) -> None:
    job = JobFactory.create()
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(
        login("lead").user, backend="django.contrib.auth.backends.ModelBackend"
    )

    assert client.get("/api/v1/jobs/").status_code == 200
    assert client.post(f"/api/v1/jobs/{job.pk}/retry/").status_code == 403
