"""Start everything under one supervisor: servers, web, worker and beat."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config import preparation, programs
from config.embedded import Embedded, EmbeddedServerError, is_free, prepared, valkey
from config.postgres import postgres
from config.progress import Progress
from config.supervisor import (
    LOGS,
    AlreadyRunningError,
    ProgramFailedError,
    Supervisor,
    only_one,
    stop_leftovers,
)

ADDRESS_FILE = "address"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    """`manage.py up [--host HOST] [--port PORT] [--no-demo]`."""

    help = (
        "Start PostgreSQL, Valkey (both only where DATABASE_URL and CELERY_BROKER_URL "
        "are not set), the web server, the worker and beat; stop them all with Ctrl-C."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read where to listen and whether to load the demo."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument(
            "--demo",
            action=argparse.BooleanOptionalAction,
            default=settings.EMBEDDED,
            help="load the demo, make its accounts and let everybody read "
            "(default: only with the embedded servers)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until a signal comes or a program cannot be kept running."""
        for number in STOP_SIGNALS:
            signal.signal(number, interrupt)
        self.progress = Progress()
        try:
            with only_one(settings.VAR_DIR):
                self.run_everything(options)
        except AlreadyRunningError as error:
            raise CommandError(already_running(error)) from error
        except (EmbeddedServerError, ProgramFailedError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.progress.say("Stopped.")

    def run_everything(self, options: dict[str, Any]) -> None:
        """Start in order, watch, and stop whatever was started."""
        var, host, port = settings.VAR_DIR, options["host"], options["port"]
        for name in stop_leftovers(var):
            self.progress.say(f"Stopped {name}, left over from an earlier run")
        refuse_taken_port(host, port)
        (var / ADDRESS_FILE).write_text(address(host, port), encoding="utf8")
        embedded = self.chosen_servers(var)
        supervisor = Supervisor(var, self.progress.say)
        try:
            if embedded is not None:
                self.start_servers(supervisor, embedded)
            self.prepare()
            self.start_work(supervisor, options)
            supervisor.watch()
        finally:
            self.stop(supervisor)

    def chosen_servers(self, var: Path) -> Embedded | None:
        """Choose the embedded servers' ports and secrets.

        Settings were read before: where they differ now, this process begins anew, so that
        every part of it and every child has the same addresses.
        """
        if not settings.EMBEDDED:
            return None
        embedded = prepared(var)
        chosen = (embedded.database_url, embedded.broker_url)
        if chosen != (settings.RUNTIME.database_url, settings.RUNTIME.broker_url):
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
        return embedded

    def start_servers(self, supervisor: Supervisor, embedded: Embedded) -> None:
        """Start the database and the broker, the first start making their folders."""
        with self.progress.step("Starting PostgreSQL"):
            supervisor.start_and_wait(postgres(embedded))
        with self.progress.step("Starting Valkey"):
            supervisor.start_and_wait(valkey(embedded))

    def prepare(self) -> None:
        """Bring tables and files up to date."""
        if preparation.migrations_are_due():
            with self.progress.step("Bringing the database up to date"):
                preparation.migrate()
        fingerprint = preparation.static_fingerprint()
        if not preparation.static_is_collected(fingerprint):
            with self.progress.step("Collecting static files"):
                preparation.collect_static(fingerprint)

    def prepare_demo(self) -> None:
        """Load the demo and print the passwords of accounts made just now."""
        fingerprint = preparation.demo_fingerprint()
        if not preparation.demo_is_loaded(fingerprint):
            with self.progress.step("Loading the demo"):
                preparation.load_demo(fingerprint)
        made = preparation.make_missing_accounts()
        for name, password in made.items():
            self.progress.say(f"Account {name!r}, password {password} (shown only now)")
        if kept := [name for name in preparation.DEMO_ROLES if name not in made]:
            self.progress.say(
                f"Passwords stay as they were: {', '.join(kept)}. To set a new one: "
                f".venv/bin/python manage.py changepassword {kept[0]}"
            )

    def start_work(self, supervisor: Supervisor, options: dict[str, Any]) -> None:
        """Start the web server, and worker and beat once its page answers.

        The demo is loaded while the web server boots: that takes longer.
        """
        host, port = options["host"], options["port"]
        public = os.environ.get(
            "STANDPOINT_PUBLIC_READ", "1" if options["demo"] else ""
        )
        environment = programs.child_environment({"STANDPOINT_PUBLIC_READ": public})
        web = programs.web(host, port, environment)
        supervisor.start(web)
        if options["demo"]:
            self.prepare_demo()
        connections.close_all()
        with self.progress.step("Starting the web server"):
            supervisor.wait_for(web)
        self.progress.say(f"Standpoint answers at {address(host, port)}")
        supervisor.start(programs.worker(environment))
        supervisor.start(programs.beat(environment))
        logs = settings.VAR_DIR / LOGS
        self.progress.say(f"Worker and beat are starting; logs: {logs}. Ctrl-C stops.")

    def stop(self, supervisor: Supervisor) -> None:
        """Stop everything; further signals change nothing, the end is bounded anyway."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        with self.progress.step("Stopping everything"):
            supervisor.stop()


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Turn every wish to stop into the one that Python has a way for."""
    raise KeyboardInterrupt


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError when another program listens there already."""
    if not is_free(host, port):
        msg = (
            f"Port {port} on {host} is taken by another program. "
            "Choose another one: make run PORT=9000"
        )
        raise CommandError(msg)


def address(host: str, port: int) -> str:
    """Address of the start page as a person types it."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def already_running(error: AlreadyRunningError) -> str:
    """Say where it runs and what can be done."""
    file = settings.VAR_DIR / ADDRESS_FILE
    where = f" at {file.read_text(encoding='utf8')}" if file.is_file() else ""
    return (
        f"Standpoint already runs from this folder (process {error}){where}. "
        "Open that address, or press Ctrl-C where it runs before you start it again."
    )
