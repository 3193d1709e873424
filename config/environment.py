"""Where the servers are and which secrets to use, read from the environment or from var/.

Two ways to run, same code. *Services*: ``DATABASE_URL`` and ``CELERY_BROKER_URL`` are set.
*Embedded*: neither is set, and ``manage.py up`` has written ``runtime.json`` into the var
folder with the addresses and secrets of the servers that it started.
"""

import json
import os
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
RUNTIME_FILE = "runtime.json"
MINIMUM_SECRET_LENGTH = 50


def flag(name: str, *, default: bool = False) -> bool:
    """Read an on/off variable: 1, true, yes, on against 0, false, no, off or nothing."""
    raw = os.environ.get(name, "").strip().lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    if raw:
        msg = f"{name}={raw!r} is neither on nor off: set it to 1 or 0."
        raise ImproperlyConfigured(msg)
    return default


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated variable as a list without blanks."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def number(name: str, default: str) -> Decimal:
    """Read a variable that is a number of zero or more."""
    raw = os.environ.get(name, "").strip() or default
    try:
        read = Decimal(raw)
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite() or read < 0:
        msg = f"{name}={raw!r} is no number of zero or more, like {default}."
        raise ImproperlyConfigured(msg)
    return read


def web_address(name: str) -> str:
    """Read a variable that is empty or an address of HTTP without a password in it."""
    raw = os.environ.get(name, "").strip()
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"http", "https"} or not parts.hostname):
        msg = f"{name} is no address: it begins with http:// or https://."
        raise ImproperlyConfigured(msg)
    if parts.username or parts.password:
        msg = f"{name} carries a password: addresses are logged, so leave it out."
        raise ImproperlyConfigured(msg)
    return raw


def var_dir() -> Path:
    """Folder of the embedded servers' data: ``STANDPOINT_VAR`` or ``var/`` in the project."""
    return Path(os.environ.get("STANDPOINT_VAR") or BASE_DIR / "var").resolve()


@dataclass(frozen=True)
class Runtime:
    """Addresses and secrets that this process runs with."""

    database_url: str
    broker_url: str
    secret_key: str
    embedded: bool


def runtime() -> Runtime:
    """Decide between services and embedded servers.

    Raises ImproperlyConfigured when only one of the two addresses is given, or when a
    secret key is too short to be one.
    """
    database, broker = (
        os.environ.get("DATABASE_URL"),
        os.environ.get("CELERY_BROKER_URL"),
    )
    if bool(database) != bool(broker):
        msg = (
            "Set both DATABASE_URL and CELERY_BROKER_URL, or neither "
            "(then `make run` starts embedded servers)."
        )
        raise ImproperlyConfigured(msg)
    secret = os.environ.get("STANDPOINT_SECRET_KEY", "")
    if database and broker:
        return Runtime(database, broker, checked_secret(secret), embedded=False)
    stored = stored_runtime()
    return Runtime(
        database_url=stored.get(
            "database_url", "postgres://standpoint@127.0.0.1:1/standpoint"
        ),
        broker_url=stored.get("broker_url", "redis://127.0.0.1:1/0"),
        secret_key=checked_secret(
            secret or stored.get("secret_key", "no-server-is-running-" * 3)
        ),
        embedded=True,
    )


def stored_runtime() -> dict[str, str]:
    """What ``manage.py up`` wrote down about its servers; empty before the first start.

    Raises ImproperlyConfigured when it belongs to another account.
    """
    path = var_dir() / RUNTIME_FILE
    try:
        text = path.read_text(encoding="utf8")
    except FileNotFoundError:
        return {}
    except PermissionError as error:
        msg = f"{path} belongs to another account: run as that one, or set STANDPOINT_VAR."
        raise ImproperlyConfigured(msg) from error
    return {str(key): str(value) for key, value in json.loads(text).items()}


def checked_secret(secret: str) -> str:
    """Refuse a missing, short or well-known secret key."""
    if len(secret) < MINIMUM_SECRET_LENGTH or secret.startswith("django-insecure-"):
        msg = (
            "STANDPOINT_SECRET_KEY must be a random string of at least 50 characters: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
        raise ImproperlyConfigured(msg)
    return secret
