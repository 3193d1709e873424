"""Getting a token, using it, giving it back."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.factories.users import PASSWORD, UserFactory

LOGIN = "/api/v1/auth/login/"


@pytest.fixture
def account(db: None) -> dict[str, str]:
    """Return the name and password of a viewer."""
    user = UserFactory.create(role="viewer", password=PASSWORD)
    return {"username": user.username, "password": PASSWORD}


def token_of(answer: Any) -> APIClient:
    """Return a client that sends the token it got."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return client


def test_a_name_and_a_password_give_a_token_that_works(
    account: dict[str, str], anonymous: APIClient
) -> None:
    answer = anonymous.post(LOGIN, account, format="json")

    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["token"].startswith("sta_")
    assert token_of(answer).get("/api/v1/claims/").status_code == 200


def test_the_token_itself_is_not_kept(
    account: dict[str, str], anonymous: APIClient
) -> None:
    token = anonymous.post(LOGIN, account, format="json").json()["token"]

    kept = AuthToken.objects.values().get()

    assert token not in str(kept)


def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    account: dict[str, str], anonymous: APIClient
) -> None:
    wrong = anonymous.post(LOGIN, account | {"password": "no"}, format="json")
    unknown = anonymous.post(LOGIN, account | {"username": "no"}, format="json")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]
    assert wrong["Content-Type"] == "application/problem+json"
    assert wrong["WWW-Authenticate"] == "Token"


def test_a_closed_account_gets_no_token(db: None, anonymous: APIClient) -> None:
    user = UserFactory.create(password=PASSWORD, is_active=False)

    answer = anonymous.post(
        LOGIN, {"username": user.username, "password": PASSWORD}, format="json"
    )

    assert answer.status_code == 401


def test_many_failures_lock_the_account_even_for_the_right_password(
    account: dict[str, str], anonymous: APIClient
) -> None:
    for _ in range(8):
        cache.clear()  # the throttle is another test's business
        anonymous.post(LOGIN, account | {"password": "wrong"}, format="json")
    cache.clear()

    answer = anonymous.post(LOGIN, account, format="json")

    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 60
    assert AccessAttempt.objects.exists()
    assert not AuthToken.objects.exists()


def test_logins_are_throttled(account: dict[str, str], anonymous: APIClient) -> None:
    statuses = [
        anonymous.post(
            LOGIN, {"username": "", "password": ""}, format="json"
        ).status_code
        for _ in range(11)
    ]

    assert statuses == [400] * 10 + [429]


def test_a_name_with_a_line_break_is_no_way_into_the_log(
    anonymous: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    anonymous.post(LOGIN, {"username": "a\nERROR fake", "password": "x"}, format="json")

    assert not [
        line for line in caplog.text.splitlines() if line.startswith("ERROR fake")
    ]


def test_a_token_given_back_stops_working(
    account: dict[str, str], anonymous: APIClient
) -> None:
    one, two = (token_of(anonymous.post(LOGIN, account, format="json")) for _ in "12")

    assert one.post("/api/v1/auth/logout/").status_code == 204
    assert one.get("/api/v1/claims/").status_code == 401
    assert two.get("/api/v1/claims/").status_code == 200


def test_all_tokens_are_given_back_at_once(
    account: dict[str, str], anonymous: APIClient
) -> None:
    one, two = (token_of(anonymous.post(LOGIN, account, format="json")) for _ in "12")

    assert one.post("/api/v1/auth/logoutall/").status_code == 204
    assert two.get("/api/v1/claims/").status_code == 401


@pytest.mark.parametrize("sent", ["Bearer {}", "bearer", "{}"])
def test_a_token_sent_otherwise_is_answered_with_how_to_send_it(
    sent: str, account: dict[str, str], anonymous: APIClient
) -> None:
    token = anonymous.post(LOGIN, account, format="json").json()["token"]
    anonymous.credentials(HTTP_AUTHORIZATION=sent.format(token))

    answer = anonymous.get("/api/v1/claims/")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert "Authorization: Token sta_" in answer.json()["detail"]


def test_the_index_says_where_to_log_in_and_to_read_on(anonymous: APIClient) -> None:
    shown = anonymous.get("/api/v1/").json()

    for name in ("auth/login", "docs", "schema"):
        assert shown[name] == f"http://testserver/api/v1/{name}/"
