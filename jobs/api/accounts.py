"""Who asks: the account behind a request that the permissions let through."""

from typing import cast

from django.contrib.auth.models import User
from rest_framework.request import Request


def account(request: Request) -> User:
    """Return the account; every action that needs a right has one."""
    return cast("User", request.user)
