"""Who may do what: roles are Django groups, and this table is the only place that fills them."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q

VIEWER, ANALYST, LEAD, ADMIN = "viewer", "analyst", "lead", "admin"

READS_PUBLISHED = [
    "actors.view_actor",
    "actors.view_alias",
    "actors.view_affiliation",
    "actors.view_membership",
    "sources.view_source",
    "claims.view_claim",
    "claims.view_examplephrase",
    "claims.view_stance",
]
CODES = [
    "sources.view_feed",
    "sources.view_feedentry",
    "sources.view_document",
    "sources.change_document",
    "sources.view_ingestion",
    "sources.add_ingestion",
    "jobs.view_job",
    "claims.view_evidence",
    "claims.view_suggestion",
    "claims.view_learnedweights",
    "claims.decide_suggestion",
    "claims.add_stance",
    "claims.change_stance",
]
LEADS = [
    "jobs.change_job",
    "sources.add_source",
    "sources.change_source",
    "sources.add_feed",
    "sources.change_feed",
    "sources.delete_feed",
    "actors.add_actor",
    "actors.change_actor",
    "actors.add_alias",
    "actors.change_alias",
    "actors.delete_alias",
    "actors.add_affiliation",
    "actors.change_affiliation",
    "actors.delete_affiliation",
    "actors.add_membership",
    "actors.change_membership",
    "actors.delete_membership",
    "claims.add_claim",
    "claims.change_claim",
    "claims.add_examplephrase",
    "claims.change_examplephrase",
    "claims.delete_examplephrase",
    "claims.retract_stance",
    "claims.import_stance",
    "claims.view_modeluse",
]
ADMINISTERS = [
    "auth.view_group",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.delete_user",
    "axes.view_accessattempt",
    "axes.delete_accessattempt",
    "axes.view_accesslog",
    "knox.view_authtoken",
    "knox.delete_authtoken",
]
ROLES = {
    VIEWER: frozenset(READS_PUBLISHED),
    ANALYST: frozenset(READS_PUBLISHED + CODES),
    LEAD: frozenset(READS_PUBLISHED + CODES + LEADS),
    ADMIN: frozenset(READS_PUBLISHED + CODES + LEADS + ADMINISTERS),
}
ROLE_CHOICES = [
    (VIEWER, "Viewer: reads what is published"),
    (ANALYST, "Analyst: takes texts in, decides suggestions, logs stances"),
    (LEAD, "Lead: also retracts, imports, keeps claims, actors and sources"),
    (ADMIN, "Admin: also keeps the accounts"),
]


class UnknownPermissionError(LookupError):
    """The table names a permission that the database doesn't have."""


@dataclass(frozen=True)
class Synced:
    """How many permissions were given to and taken from the roles."""

    added: int = 0
    removed: int = 0


@transaction.atomic
def sync_roles() -> Synced:
    """Give each role exactly the permissions of ``ROLES``; raises UnknownPermissionError."""
    permissions = named_permissions()
    added = removed = 0
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        held = set(group.permissions.all())
        due = {permissions[name] for name in names}
        group.permissions.add(*(due - held))
        group.permissions.remove(*(held - due))
        added, removed = added + len(due - held), removed + len(held - due)
    return Synced(added, removed)


def named_permissions() -> dict[str, Permission]:
    """Find each permission that a role needs by its name ``app.codename``."""
    named = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    missing = sorted(frozenset().union(*ROLES.values()) - named.keys())
    if missing:
        raise UnknownPermissionError(
            f"No such permission: {', '.join(missing)}. Run `manage.py migrate` first."
        )
    return named


def role_of(user: User) -> str:
    """Name the account's role, the highest where it has several, else ""."""
    held = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in held), "")


@transaction.atomic
def give_role(*, user: User, role: str) -> None:
    """Make ``role`` the account's only role; all but viewers work in the admin site."""
    others = user.groups.filter(Q(name__in=ROLES) & ~Q(name=role))
    user.groups.remove(*others)
    user.groups.add(Group.objects.get(name=role))
    user.is_staff = role != VIEWER or user.is_superuser
    user.save(update_fields=["is_staff"])
