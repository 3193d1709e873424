"""Tokens: got with a name and a password, sent with each request, given back."""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import OpenApiExample, extend_schema
from knox.models import get_token_model
from knox.settings import knox_settings
from knox.views import LogoutAllView, LogoutView
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from config.rest.tokens import NamedTokenAuthentication
from jobs.api.strict import StrictSerializer

WRONG = "Name and password do not belong together, or the account is closed."


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """Describe our reading of tokens in the schema as knox' own."""

    target_class = "config.rest.tokens.NamedTokenAuthentication"


class CredentialsSerializer(StrictSerializer):
    """The name and password of an account."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(
        max_length=500, trim_whitespace=False, write_only=True
    )


class TokenSerializer(serializers.Serializer[Any]):
    """A token: it is shown this once and kept only as a digest."""

    token = serializers.CharField(help_text="Send it as `Authorization: Token sta_...`")
    expiry = serializers.DateTimeField(help_text="When it stops working")


class LoginView(APIView):
    """Exchange a name and a password for a token."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "login"

    def get_authenticate_header(self, request: Request) -> str:
        """Say how the token is sent, so that a refusal is a 401."""
        return str(knox_settings.AUTH_HEADER_PREFIX)

    @extend_schema(
        summary="Get a token",
        operation_id="auth_login",
        auth=[],
        request=CredentialsSerializer,
        responses={201: TokenSerializer},
        examples=[
            OpenApiExample(
                "Analyst",
                request_only=True,
                value={"username": "analyst", "password": "..."},
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Give out a token for a name and a password."""
        asked = CredentialsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = user_of(request, **asked.validated_data)
        instance, token = get_token_model().objects.create(
            user=user, expiry=knox_settings.TOKEN_TTL, prefix=knox_settings.TOKEN_PREFIX
        )
        user_logged_in.send(sender=User, request=plain(request), user=user)
        shown = TokenSerializer({"token": token, "expiry": instance.expiry})
        return Response(shown.data, status=201, headers={"Cache-Control": "no-store"})


def user_of(request: Request, *, username: str, password: str) -> User:
    """Check a name and a password; raises AuthenticationFailed or Throttled."""
    http = plain(request)
    user = authenticate(http, username=username, password=password)
    if getattr(http, "axes_locked_out", False):
        http.axes_locked_out = False  # type: ignore[attr-defined]  # our answer is the problem, not axes' page
        cool_off = get_cool_off(http)
        raise Throttled(
            wait=cool_off.total_seconds() if cool_off else None,
            detail="Too many failed logins: this account is locked for a while.",
        )
    if not isinstance(user, User):
        raise AuthenticationFailed(WRONG)
    return user


def plain(request: Request) -> HttpRequest:
    """Return Django's own request, on which axes leaves its marks."""
    return request._request  # noqa: SLF001 - DRF's documented way


class TokenLogoutView(LogoutView):
    """Give the token back."""

    authentication_classes = (NamedTokenAuthentication,)

    @extend_schema(
        summary="Give the token back",
        operation_id="auth_logout",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Delete the token that came with the request."""
        answer: Response = super().post(request)
        return answer


class TokenLogoutAllView(LogoutAllView):
    """Give all of one's tokens back."""

    authentication_classes = (NamedTokenAuthentication,)

    @extend_schema(
        summary="Give all of one's tokens back",
        operation_id="auth_logout_all",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Delete all tokens of the account."""
        answer: Response = super().post(request)
        return answer
