"""Make an account with a role and print its password once."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from config.roles import ROLES, give_role, sync_roles


class Command(BaseCommand):
    """The generated password is stored only as its hash."""

    help = "Make an account with a role and print its generated password once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's name, its role and whether an existing one is fine."""
        parser.add_argument("name")
        parser.add_argument("--role", choices=list(ROLES), required=True)
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="leave an account of this name as it is",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the account, unless it is there already."""
        name, role = options["name"], options["role"]
        if options["if_missing"] and User.objects.filter(username=name).exists():
            self.stdout.write(f"The account {name} is already there.")
            return
        password = secrets.token_urlsafe(12)
        self.make(name, role, options["email"], password)
        self.stdout.write(f"{role} account {name}, password {password}")

    def make(self, name: str, role: str, email: str, password: str) -> None:
        """Store account and role together."""
        sync_roles()
        try:
            with transaction.atomic():
                user = User.objects.create_user(name, email, password)
                give_role(user=user, role=role)
        except IntegrityError as taken:
            raise CommandError(
                f"An account named {name} exists already: choose another name."
            ) from taken
