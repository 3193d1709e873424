"""Clients of the API, one for each role."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from knox.models import AuthToken
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.factories.users import UserFactory


class Client(APIClient):
    """A client that knows whose token it sends."""

    user: User


Login = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _fresh_throttles() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _private(settings: Settings) -> None:
    """Nothing is public unless a test says so."""
    settings.PUBLIC_READ = False


def client_of(user: User) -> Client:
    """Return a client that sends the user's token."""
    _, token = AuthToken.objects.create(user=user, prefix="sta_")
    client = Client()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    client.user = user
    return client


@pytest.fixture
def login(db: None) -> Login:
    """Log somebody of a role in; "" has an account without a role."""

    def of_role(role: str) -> Client:
        return client_of(UserFactory.create(role=role or None))

    return of_role


@pytest.fixture
def anonymous(db: None) -> APIClient:
    """Nobody."""
    return APIClient()


@pytest.fixture
def reader(db: None, settings: Settings) -> APIClient:
    """Nobody, where published data are public."""
    settings.PUBLIC_READ = True
    return APIClient()


@pytest.fixture
def analyst(login: Login) -> Client:
    """Somebody who codes."""
    return login("analyst")


@pytest.fixture
def lead(login: Login) -> Client:
    """Somebody who also corrects others."""
    return login("lead")
