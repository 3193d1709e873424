"""What has to be in place before the first page is served: tables, files, demo, accounts."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from claims import demo
from claims.models import Claim
from config.roles import give_role, sync_roles

STAMP = ".collected"
DEMO_STAMP = "demo-loaded"
DEMO_FILES = {".csv", ".txt"}
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


def demo_fingerprint() -> str:
    """Tell whether the demo's files changed since they were last loaded."""
    digest = hashlib.sha256()
    for path in sorted(Path(demo.__file__).parent.rglob("*.*")):
        if path.suffix in DEMO_FILES:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def demo_is_loaded(fingerprint: str) -> bool:
    """Whether this very demo was loaded into this database before.

    What a lead has deleted of it since does not come back with every start.
    """
    stamp = Path(settings.VAR_DIR) / DEMO_STAMP
    noted = stamp.is_file() and stamp.read_text(encoding="utf8") == fingerprint
    return noted and Claim.objects.exists()


def load_demo(fingerprint: str) -> None:
    """Load the demo, and note which it was; what is there already stays as it is."""
    call_command("load_demo", verbosity=0)
    stamp = Path(settings.VAR_DIR) / DEMO_STAMP
    stamp.write_text(fingerprint, encoding="utf8")


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
