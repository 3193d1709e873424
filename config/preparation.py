"""What has to be in place before the first page is served: tables, files, demo, accounts."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config.roles import give_role, sync_roles

STAMP = ".collected"
DEMO_COMMAND = "load_demo"
DEMO_ROLES = ("analyst", "lead")
# none is taken for another, and a double click marks them all
SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


def migrations_are_due() -> bool:
    """Whether a migration of the code has not been applied to the database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Apply the migrations that are due, then give the roles their permissions."""
    call_command("migrate", interactive=False, verbosity=0)
    sync_roles()


def static_fingerprint() -> str:
    """Tell whether static files changed since they were last collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_is_collected(fingerprint: str) -> bool:
    """Whether exactly these files were collected before."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf8") == fingerprint


def collect_static(fingerprint: str) -> None:
    """Collect, hash and compress the static files, and note which they were."""
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp = Path(settings.STATIC_ROOT) / STAMP
    stamp.write_text(fingerprint, encoding="utf8")


def demo_is_available() -> bool:
    """Whether this version brings a demo."""
    return DEMO_COMMAND in get_commands()


def load_demo() -> None:
    """Load the demo; what is loaded already stays as it is."""
    call_command(DEMO_COMMAND, verbosity=0)


def make_missing_accounts() -> dict[str, str]:
    """Make an account for each role of the demo; return the new names' passwords."""
    accounts = User.objects.filter(username__in=DEMO_ROLES)
    known = set(accounts.values_list("username", flat=True))
    missing = [role for role in DEMO_ROLES if role not in known]
    if missing:
        sync_roles()
    return {role: make_account(role) for role in missing}


def make_account(role: str) -> str:
    """Make the account with its role; return its password, which is stored nowhere."""
    password = "".join(secrets.choice(SIGNS) for _ in range(16))
    with transaction.atomic():
        user = User.objects.create_user(role, password=password)
        give_role(user=user, role=role)
    return password
