"""Accounts for tests, with their role where one is given."""

from typing import Any

import factory
from django.contrib.auth.models import User
from factory.django import DjangoModelFactory

from config.roles import give_role, sync_roles

PASSWORD = "correct horse battery staple"  # noqa: S105 - of test accounts only


class UserFactory(DjangoModelFactory[User]):
    """A person who may log in; ``role="analyst"`` gives the role's rights."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")

    @factory.post_generation  # type: ignore[untyped-decorator]
    def role(self: Any, create: bool, extracted: str | None, **_: Any) -> None:
        """Put the account into the group of its role, staff for all but viewers."""
        if create and extracted:
            sync_roles()
            give_role(user=self, role=extracted)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def password(self: Any, create: bool, extracted: str | None, **_: Any) -> None:
        """Set the password only where a test logs in by form: hashing is slow."""
        if create and extracted:
            self.set_password(extracted)
            self.save(update_fields=["password"])
