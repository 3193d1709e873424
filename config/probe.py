"""Ask the web server on this machine for a page, as a container's health check does.

python -m config.probe [healthz]
"""

import http.client
import os
import sys

DEFAULT_PORT = "8000"


def status_of(page: str) -> int:
    """Return the HTTP status of the page, asked under a name that the server accepts."""
    names = os.environ.get("STANDPOINT_ALLOWED_HOSTS", "localhost").split(",")
    port = int(os.environ.get("PORT", DEFAULT_PORT))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    host = names[0].strip().lstrip(".") or "localhost"
    connection.request(
        "GET", f"/{page}", headers={"Host": host.replace("*", "localhost")}
    )
    return connection.getresponse().status


def main() -> int:
    """Exit with 0 when the page answers with 200."""
    try:
        return 0 if status_of((sys.argv[1:] or ["healthz"])[0]) == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
