"""Errors as problem details (RFC 9457): one format for everything that goes wrong."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as ModelError
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from config.rest.domain_errors import domain_status

PROBLEM_JSON = "application/problem+json"
REQUEST_ID = "standpoint.request_id"
SANE_REQUEST_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")
TYPE_PREFIX = "urn:standpoint:problem:"
UNAVAILABLE = "The database cannot be reached or is busy: try again in a moment."
UNEXPECTED = "This is a fault of the program, not of your request; it has been logged."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """What is told about one error; ``errors`` has an entry for each bad field."""

    status: int
    detail: str
    kind: str = ""
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request: Request | HttpRequest) -> dict[str, Any]:
        """Return the members of the problem document."""
        return {
            "type": TYPE_PREFIX + self.kind if self.kind else "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "instance": request.path,
            "request_id": request_id(request),
            **({"errors": list(self.errors)} if self.errors else {}),
        }

    def response(self, request: Request | HttpRequest) -> JsonResponse:
        """Answer a request with this problem."""
        return JsonResponse(
            self.body(request),
            status=self.status,
            content_type=PROBLEM_JSON,
            headers={"X-Request-ID": request_id(request), **self.headers},
        )


def request_id(request: Request | HttpRequest) -> str:
    """Name the request in answers and logs: the caller's X-Request-ID, or a new one."""
    known: str | None = request.META.get(REQUEST_ID)
    if known is None:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        known = given if SANE_REQUEST_ID.fullmatch(given) else uuid4().hex
        request.META[REQUEST_ID] = known
    return known


def problem_response(exc: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """Turn any exception of a view into a problem response; DRF's EXCEPTION_HANDLER."""
    request: Request = context["request"]
    set_rollback()
    problem = problem_of(exc, request)
    if problem is None:
        if settings.DEBUG_PROPAGATE_EXCEPTIONS:
            return None
        log.error("Request %s failed", request_id(request), exc_info=exc)
        got_request_exception.send(sender=type(context["view"]), request=request)
        problem = Problem(500, UNEXPECTED)
    return problem.response(request)


def problem_of(exc: Exception, request: Request) -> Problem | None:
    """Describe an exception; None where it is a fault of the program."""
    if isinstance(exc, Http404 | PermissionDenied | ModelError):
        exc = in_rest_words(exc)
    if isinstance(exc, exceptions.ValidationError):
        return invalid(exc, in_query=request.method in SAFE_METHODS)
    if isinstance(exc, exceptions.APIException):
        return of_api(exc)
    if status := domain_status(exc):
        return Problem(status, str(exc), kind=kind_of(exc))
    return of_server(exc, request)


def of_server(exc: Exception, request: Request) -> Problem | None:
    """Describe trouble below the views: malformed requests, no database."""
    if isinstance(exc, RequestDataTooBig):
        return Problem(413, "The request is too large.")
    if isinstance(exc, SuspiciousOperation):
        return Problem(400, "The request is malformed.")
    if isinstance(exc, OperationalError | InterfaceError):
        log.warning("Database trouble, request %s: %s", request_id(request), exc)
        return Problem(503, UNAVAILABLE, headers={"Retry-After": "5"})
    return None


def in_rest_words(
    exc: Http404 | PermissionDenied | ModelError,
) -> exceptions.APIException:
    """Translate Django's own exceptions into those of the REST framework."""
    if isinstance(exc, Http404):
        return exceptions.NotFound("There is nothing at this address for you.")
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied(str(exc) or None)
    if hasattr(exc, "error_dict"):
        return exceptions.ValidationError(exc.message_dict)
    return exceptions.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: exc.messages})


def of_api(exc: exceptions.APIException) -> Problem:
    """Describe an error that the REST framework or a view raised."""
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    code = exc.get_codes()
    kind = code.replace("_", "-") if isinstance(code, str) else ""
    return Problem(exc.status_code, str(exc.detail), kind=kind, headers=headers)


def invalid(exc: exceptions.ValidationError, *, in_query: bool) -> Problem:
    """Describe bad input: each error points at its field, or names its parameter."""
    found = list(messages(exc.detail))
    errors = [
        {"parameter": path[0], "detail": text}
        if in_query and path
        else {"pointer": "".join(["#", *map(escaped, path)]), "detail": text}
        for path, text in found
    ]
    detail = found[0][1] if len(found) == 1 else f"{len(found)} things need correction."
    return Problem(exc.status_code, detail, kind="invalid", errors=errors)


def messages(
    detail: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk nested validation messages, each with the path to its field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from messages(inner, path if whole else (*path, str(name)))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from messages(inner, (*path, str(place)) if nested else path)
    else:
        yield path, str(detail)


def escaped(name: str) -> str:
    """Write one step of a JSON pointer (RFC 6901)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def kind_of(exc: Exception) -> str:
    """Name a domain error in its problem type: StanceAlreadyLoggedError, stance-already-logged."""
    words = re.findall(r"[A-Z][a-z0-9]*", type(exc).__name__.removesuffix("Error"))
    return "-".join(words).lower()
