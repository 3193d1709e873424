"""Reads the token of a request, and says so when it came in another dress."""

from typing import Any

from knox.auth import TokenAuthentication
from knox.settings import knox_settings
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

OTHER_DRESS = (
    "Send the token as “Authorization: Token sta_…”: other ways, such as Bearer, "
    "are not read here. POST auth/login/ gives a token."
)


class NamedTokenAuthentication(TokenAuthentication):
    """Tokens as ``Authorization: Token sta_...``; a token sent otherwise is refused in words."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Find the token's account; raises AuthenticationFailed."""
        words = get_authorization_header(request).split()
        token = knox_settings.TOKEN_PREFIX.encode()
        if words and (words[0].lower() == b"bearer" or words[0].startswith(token)):
            raise AuthenticationFailed(OTHER_DRESS)
        found: tuple[Any, Any] | None = super().authenticate(request)
        return found
