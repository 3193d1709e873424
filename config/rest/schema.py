"""What the generated OpenAPI schema cannot know by itself: errors, the session's cookie."""

from typing import Any

from config.rest.problems import PROBLEM_JSON

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457), the same format for every error.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Stable name of the kind of error, or about:blank",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do about it, in words"},
        "instance": {"type": "string", "description": "Path of the request"},
        "request_id": {
            "type": "string",
            "description": "Name it when you ask for help",
        },
        "errors": {
            "type": "array",
            "description": "Each bad field or parameter, where the input is at fault",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {
                        "type": "string",
                        "description": "JSON pointer to the field, e.g. #/value",
                    },
                    "parameter": {
                        "type": "string",
                        "description": "Name of the query parameter",
                    },
                },
            },
        },
    },
    "example": {
        "type": "urn:standpoint:problem:invalid",
        "title": "Bad Request",
        "status": 400,
        "detail": "There is no claim ground-trops.",
        "instance": "/api/v1/stances/",
        "request_id": "5f1c2c9cf0a14d6b8f1d6f2f3f0d3f53",
        "errors": [{"parameter": "claim", "detail": "There is no claim ground-trops."}],
    },
}


def describe_problems(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Give every operation its error answer; a postprocessing hook of spectacular."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    answer = {
        "description": "Anything that went wrong",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = answer
    return result


def name_session_cookie(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Name the browser's cookie alike however the schema is made; a postprocessing hook."""
    schemes = result["components"].get("securitySchemes", {})
    if cookie := schemes.get("cookieAuth"):
        cookie["name"] = "__Host-sessionid"
        cookie["description"] = "Named `sessionid` where STANDPOINT_HTTPS is off"
    return result
