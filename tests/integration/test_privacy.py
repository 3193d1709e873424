"""What may be stored by browsers and proxies."""

import pytest
from django.test import Client

from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_what_a_logged_in_person_is_shown_is_not_stored(client: Client) -> None:
    client.force_login(UserFactory.create(role="analyst"))
    assert "no-store" in client.get("/")["Cache-Control"]


def test_public_pages_may_be_stored(client: Client, settings: object) -> None:
    settings.PUBLIC_READ = True  # type: ignore[attr-defined]
    assert "no-store" not in client.get("/").get("Cache-Control", "")
