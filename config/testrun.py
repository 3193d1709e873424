"""Run the tests on embedded servers of their own, or on those that the environment names.

python -m config.testrun [what pytest takes]
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config.embedded import EmbeddedServerError, prepared, valkey
from config.environment import BASE_DIR, var_dir
from config.postgres import postgres
from config.progress import Progress
from config.supervisor import (
    AlreadyRunningError,
    ProgramFailedError,
    Supervisor,
    only_one,
    stop_leftovers,
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TEST_FOLDER = "var/test"


@contextmanager
def servers(progress: Progress) -> Iterator[dict[str, str]]:
    """Yield the addresses of the servers to test on, started here unless given."""
    given = {
        name: os.environ.get(name) for name in ("DATABASE_URL", "CELERY_BROKER_URL")
    }
    if all(given.values()):
        progress.say("Testing on the servers of DATABASE_URL and CELERY_BROKER_URL")
        yield {name: str(value) for name, value in given.items()}
        return
    os.environ.setdefault("STANDPOINT_VAR", str(BASE_DIR / TEST_FOLDER))
    var = var_dir()
    with only_one(var):
        stop_leftovers(var)
        embedded = prepared(var)
        supervisor = Supervisor(var, progress.say)
        try:
            with progress.step(f"Starting PostgreSQL and Valkey under {TEST_FOLDER}"):
                supervisor.start_and_wait(postgres(embedded))
                supervisor.start_and_wait(valkey(embedded))
            yield {
                "DATABASE_URL": embedded.database_url,
                "CELERY_BROKER_URL": embedded.broker_url,
            }
        finally:
            supervisor.stop()


def test_environment(addresses: dict[str, str]) -> dict[str, str]:
    """Return the environment of the tests: a throwaway secret, plain HTTP."""
    secret = os.environ.get("STANDPOINT_SECRET_KEY") or secrets.token_urlsafe(50)
    return {
        **os.environ,
        **addresses,
        "STANDPOINT_SECRET_KEY": secret,
        "STANDPOINT_HTTPS": "0",
    }


def browser_line() -> str:
    """Say whether the tests in a browser run here."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return "Chromium is not installed: the browser tests are skipped"
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed: the browser tests are skipped"
    return f"Chromium is installed ({browser}): the browser tests run"


def main(arguments: Sequence[str]) -> int:
    """Run pytest on the servers; return its exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    progress = Progress()
    try:
        with servers(progress) as addresses:
            progress.say(browser_line())
            command = [sys.executable, "-m", "pytest", *arguments]
            environment = test_environment(addresses)
            return subprocess.run(  # noqa: S603 - our own command
                command, check=False, cwd=BASE_DIR, env=environment
            ).returncode
    except AlreadyRunningError as error:
        progress.say(f"Tests already run in {TEST_FOLDER} (process {error}).")
        return 1
    except (EmbeddedServerError, ProgramFailedError) as error:
        progress.say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
