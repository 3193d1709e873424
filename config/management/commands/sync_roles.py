"""Give the roles viewer, analyst, lead and admin their permissions."""

from typing import Any

from django.core.management.base import BaseCommand

from config.roles import sync_roles


class Command(BaseCommand):
    """Run after every migration; running it twice changes nothing."""

    help = "Give the roles viewer, analyst, lead and admin their permissions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill the groups from the table in config/roles.py."""
        synced = sync_roles()
        self.stdout.write(
            f"Roles in order: {synced.added} permissions given, {synced.removed} taken."
        )
