"""The three programs that do Standpoint's own work, as `up` runs them."""

import http.client
import os
import sys
from collections.abc import Mapping
from functools import partial

from config.supervisor import Program

QUEUES = ("celery", "fetch", "extract")


def web(host: str, port: int, environment: Mapping[str, str]) -> Program:
    """Return the web server; gunicorn's workers leave by themselves when it is killed."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return Program(
        name="web",
        command=[
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", bind, "--workers", "1", "--worker-class", "gthread"),
            *("--threads", "8", "--timeout", "60", "--graceful-timeout", "8"),
            *("--max-requests", "5000", "--max-requests-jitter", "500"),
            *("--no-control-socket", "--access-logfile", "-"),
        ],
        environment=environment,
        is_ready=partial(page_answers, reachable(host), port),
    )


def worker(environment: Mapping[str, str]) -> Program:
    """Return the worker that takes jobs from all queues."""
    return Program(
        name="worker",
        command=[
            *celery("worker", "--concurrency", "2", "-Q", ",".join(QUEUES)),
            *("--without-gossip", "--without-mingle"),
        ],
        environment=environment,
        patience=15,
    )


def beat(environment: Mapping[str, str]) -> Program:
    """Return the clock; its few intervals need no file to remember them."""
    return Program(
        name="beat",
        command=celery("beat", "--scheduler", "celery.beat:Scheduler", "--pidfile="),
        environment=environment,
    )


def celery(*words: str) -> list[str]:
    """Spell a Celery command for this interpreter: no script with a path in its head."""
    return [sys.executable, "-m", "celery", "-A", "config", *words, "-l", "INFO"]


def child_environment(additions: Mapping[str, str]) -> dict[str, str]:
    """Return our own environment with additions, output unbuffered so that logs are true."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        **additions,
    }


def reachable(host: str) -> str:
    """Where a server that listens on this address is asked from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared


def page_answers(host: str, port: int) -> bool:
    """Whether the start page is served, be it by a redirect or a login page."""
    connection = http.client.HTTPConnection(host, port, timeout=20)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
