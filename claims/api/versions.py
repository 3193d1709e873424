"""Changes only on the version that the client saw: ETag, If-Match and what is missing."""

import re

from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from claims.models import Stance

ENTITY_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class VersionMissingError(APIException):
    """Nobody said on which version the change was made."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_missing"
    default_detail = (
        "Say which version you changed: send its ETag as If-Match, or a version."
    )


def entity_tag(stance: Stance) -> dict[str, str]:
    """Return the header that names a stance's version."""
    return {"ETag": f'"{stance.version}"'}


def version_seen(request: Request, stance: Stance, in_body: int | None) -> int:
    """Return the version that the client saw; raises VersionMissingError."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if in_body is None:
            raise VersionMissingError
        return in_body
    if header == "*":
        return stance.version
    tag = ENTITY_TAG.fullmatch(header)
    if not tag:
        raise ValidationError({"If-Match": 'Send the ETag as it was given, e.g. "3".'})
    return int(tag[1])
