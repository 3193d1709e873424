"""Reading numbers and addresses from the environment."""

from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import number, web_address

NAME = "STANDPOINT_TRIAL"


@pytest.mark.parametrize(("raw", "read"), [("", "60"), (" 5 ", "5"), ("0.25", "0.25")])
def test_a_number_is_read_or_its_default(
    raw: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, raw)
    assert number(NAME, "60") == Decimal(read)


@pytest.mark.parametrize("raw", ["many", "-1", "nan", "inf", "1,5"])
def test_no_number_is_refused_with_its_name(
    raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, raw)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        number(NAME, "60")


@pytest.mark.parametrize(
    "raw", ["", "http://127.0.0.1:11434/v1", "https://llm.example"]
)
def test_an_address_is_read(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, raw)
    assert web_address(NAME) == raw


@pytest.mark.parametrize("raw", ["llm.example", "file:///etc", "http://", "ftp://a"])
def test_no_address_is_refused(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, raw)
    with pytest.raises(ImproperlyConfigured, match=r"http://"):
        web_address(NAME)


def test_a_password_in_an_address_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(NAME, "http://ada:hidden@llm.example")
    with pytest.raises(ImproperlyConfigured) as refused:
        web_address(NAME)
    assert "hidden" not in str(refused.value)
