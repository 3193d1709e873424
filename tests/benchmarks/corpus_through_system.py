"""How many rows of the corpus' gold.csv a running Standpoint proposes: a line a row.

Hands the texts in by the API of the system at STANDPOINT_URL as the user of STANDPOINT_USER
and STANDPOINT_PASSWORD, waits for its workers, and reads the suggestions:
``python -m tests.benchmarks.corpus_through_system``.
"""

import csv
import os
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

from tests.benchmarks.corpus_rows import PUBLISHED, corpus

PATIENCE_SECONDS = 300


def main() -> int:
    """Print a line for each gold row and the total."""
    folder = corpus()
    if not (folder / "gold.csv").exists():
        sys.stdout.write(f"skipped: no corpus at {folder} (set STANDPOINT_CORPUS)\n")
        return 0
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    api = logged_in()
    names = sorted({row["document"] for row in gold})
    proposed = {name: proposals(api, folder / name) for name in names}
    hits = [shown(row, folder, proposed[row["document"]]) for row in gold]
    sys.stdout.write(f"{sum(hits)} of {len(hits)} rows proposed\n")
    return 0


def logged_in() -> httpx2.Client:
    """Return a client of the running system with a token."""
    url = os.environ.get("STANDPOINT_URL", "http://127.0.0.1:8000")
    api = httpx2.Client(base_url=f"{url}/api/v1", timeout=30, trust_env=False)
    who = {
        "username": os.environ.get("STANDPOINT_USER", "analyst"),
        "password": os.environ["STANDPOINT_PASSWORD"],
    }
    token = asked(api.post("/auth/login/", json=who))["token"]
    api.headers["Authorization"] = f"Token {token}"
    return api


def asked(response: httpx2.Response) -> Any:
    """Return the answer's JSON, or stop with what the system said."""
    if response.is_error:
        raise SystemExit(f"{response.status_code}: {response.text}")
    return response.json()


def proposals(api: httpx2.Client, path: Path) -> list[dict[str, Any]]:
    """Hand a text in, wait for its extraction, and return what is suggested."""
    given = {
        "text": path.read_text(encoding="utf-8"),
        "title": path.stem,
        "published_on": PUBLISHED[path.stem[:3]].isoformat(),
        "published_precision": "day",
    }
    ingestion = asked(api.post("/ingestions/", json=given))
    done = waited(api, f"/ingestions/{ingestion['id']}/", "state", {"done", "dead"})
    if done["state"] == "dead":
        raise SystemExit(f"{path.name}: {done['error']}")
    for state in ("queued", "leased"):
        waited(api, f"/jobs/?kind=extract&state={state}", "results", ([],))
    found = asked(api.get(f"/suggestions/?document={done['document']}&limit=1000"))
    return list(found["results"])


def waited(api: httpx2.Client, address: str, field: str, ends: Any) -> dict[str, Any]:
    """Ask until ``field`` is one of ``ends``."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        answer: dict[str, Any] = asked(api.get(address))
        if answer[field] in ends:
            return answer
        time.sleep(1)
    raise SystemExit(f"{address} did not end within {PATIENCE_SECONDS} seconds")


def shown(row: dict[str, str], folder: Path, proposed: list[dict[str, Any]]) -> bool:
    """Print whether a gold row is proposed: actor, claim and overlapping words."""
    text = (folder / row["document"]).read_text(encoding="utf-8").strip()
    start = text.index(row["evidence_contains"])
    end = start + len(row["evidence_contains"])
    values = [
        one["value"]
        for one in proposed
        if one["actor"]
        and one["actor"]["slug"] == row["actor"]
        and one["claim"] == row["claim"]
        and one["evidence"]["start"] < end
        and start < one["evidence"]["end"]
    ]
    state = "proposed" if values else "missed"
    words = f"{state:9}{row['actor']:24}{row['claim']:20}{row['stance']:22}"
    sys.stdout.write(f"{words}{', '.join(values) or '-'}\n")
    return bool(values)


if __name__ == "__main__":
    raise SystemExit(main())
