"""Take texts in from files, folders and web addresses."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from jobs.models import JobState
from jobs.operations import run_job
from sources.models import Ingestion, Source
from sources.operations import MAX_UPLOAD_BYTES, Known, request_upload, request_url
from sources.parsing.dates import UNKNOWN, read_date
from sources.refusals import IntakeRefusedError

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx"})
LOOK_AGAIN_SECONDS = 0.5
SOME_FAILED, BAD_ARGUMENTS, TOO_SLOW = 1, 2, 3


@dataclass(frozen=True)
class Result:
    """What became of one input."""

    input: str
    state: str
    outcome: str = ""
    document: int | None = None
    message: str = ""

    def line(self) -> str:
        """One line for people."""
        where = f" -> document {self.document}" if self.document else ""
        return f"{self.state:7} {self.input}{where}  {self.message}".rstrip()


class Command(BaseCommand):
    """Queues a job for each input, shows progress and waits for the results."""

    help = (
        "Take texts in from files (.txt, .html, .pdf, .docx), folders and web addresses. "
        "Exit code 0: all taken in; 1: some failed; 2: bad arguments; 3: not finished in time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("inputs", nargs="+", metavar="PATH|URL")
        parser.add_argument("--source", default="", help="slug of the source")
        parser.add_argument("--title", default="", help="only with a single input")
        parser.add_argument(
            "--published-on", default="", help="2024-02-27, 2024-02 or 2024"
        )
        parser.add_argument("--language", default="", help="two letters, e.g. en")
        parser.add_argument(
            "--no-wait", action="store_true", help="only queue, do not wait"
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="wait for the results, as is done anyway",
        )
        parser.add_argument(
            "--timeout", type=float, default=600, help="seconds to wait (600)"
        )
        parser.add_argument(
            "--here", action="store_true", help="do the work here, without a worker"
        )
        parser.add_argument(
            "--json", action="store_true", help="one JSON object a line"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Queue everything, then follow it."""
        inputs = list(expanded(options["inputs"]))
        if options["title"] and len(inputs) > 1:
            raise CommandError("--title goes with a single input.", returncode=2)
        known = known_from(options)
        queued, results = self.queue(inputs, known)
        if not options["no_wait"]:
            results += follow(queued, options, Console(stderr=True))
        else:
            results += [Result(name, "queued") for name in queued.values()]
        for result in results:
            line = json.dumps(asdict(result)) if options["json"] else result.line()
            self.stdout.write(line)
        conclude(results, waited=not options["no_wait"])

    def queue(
        self, inputs: list[str], known: Known
    ) -> tuple[dict[int, str], list[Result]]:
        """Ask for each input; return the requests by id, and what was refused at once."""
        queued, refused = {}, []
        for name in inputs:
            try:
                queued[request(name, known).pk] = name
            except (IntakeRefusedError, OSError) as error:
                refused.append(Result(name, "failed", message=str(error)))
        return queued, refused


def expanded(inputs: list[str]) -> Iterator[str]:
    """Yield addresses, files, and the readable files of folders."""
    for name in inputs:
        path = Path(name)
        if is_address(name) or path.is_file():
            yield name
        elif path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if readable(p))
        else:
            msg = f"{name} is neither a file, a folder nor a web address."
            raise CommandError(msg, returncode=BAD_ARGUMENTS)


def is_address(name: str) -> bool:
    """Tell a web address from a path."""
    return name.lower().startswith(("http://", "https://"))


def readable(path: Path) -> bool:
    """Whether a file in a folder is one to take in."""
    hidden = any(part.startswith(".") for part in path.parts[-2:])
    return path.is_file() and path.suffix.lower() in SUFFIXES and not hidden


def known_from(options: dict[str, Any]) -> Known:
    """What the command line says about the texts; raises CommandError."""
    day, precision = read_date(options["published_on"])
    if options["published_on"] and (day, precision) == UNKNOWN:
        msg = "Write --published-on as 2024-02-27, 2024-02 or 2024."
        raise CommandError(msg, returncode=BAD_ARGUMENTS)
    return Known(
        title=options["title"],
        source=source_named(options["source"]),
        published_on=date.fromisoformat(day) if day else None,
        published_precision=precision,
        language=options["language"],
    )


def source_named(slug: str) -> Source | None:
    """Find the source; raises CommandError."""
    if not slug:
        return None
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        msg = f"There is no source {slug!r}. Add it in the admin site first."
        raise CommandError(msg, returncode=BAD_ARGUMENTS)
    return source


def request(name: str, known: Known) -> Ingestion:
    """Ask for one input; raises IntakeRefusedError and OSError."""
    if is_address(name):
        return request_url(url=name, by=None, known=known)
    with Path(name).open("rb") as file:
        content = file.read(MAX_UPLOAD_BYTES + 1)
    return request_upload(
        content=content, file_name=Path(name).name, by=None, **vars(known)
    )


def follow(
    queued: dict[int, str], options: dict[str, Any], console: Console
) -> list[Result]:
    """Wait until every request has ended or the time is up; show how far it is."""
    waiting, results = dict(queued), []
    give_up_at = time.monotonic() + options["timeout"]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Taking texts in", total=len(waiting))
        while waiting and time.monotonic() < give_up_at:
            if options["here"]:
                run_here(list(waiting))
            for ended in ended_among(list(waiting)):
                results.append(result_of(ended, waiting.pop(ended.pk)))
                bar.advance(task)
            if waiting:
                time.sleep(LOOK_AGAIN_SECONDS)
    return results + [Result(name, "waiting") for name in waiting.values()]


def run_here(ingestion_ids: list[int]) -> None:
    """Do the work of the requests that are due in this process, the first of them."""
    jobs = Ingestion.objects.filter(pk__in=ingestion_ids).order_by("pk")
    for job_id in jobs.values_list("job_id", flat=True):
        if run_job(job_id) is not None:
            return


def ended_among(ingestion_ids: list[int]) -> list[Ingestion]:
    """Requests whose jobs are done or dead."""
    ended = Ingestion.objects.filter(
        pk__in=ingestion_ids, job__state__in=[JobState.DONE, JobState.DEAD]
    )
    return list(ended.select_related("job").defer("raw").order_by("pk"))


def result_of(ingestion: Ingestion, name: str) -> Result:
    """Say what became of a request."""
    if ingestion.job.state == JobState.DEAD:
        return Result(name, "failed", message=ingestion.job.last_error)
    return Result(
        name,
        "done",
        outcome=ingestion.outcome,
        document=ingestion.document_id,
        message=ingestion.note,
    )


def conclude(results: list[Result], *, waited: bool) -> None:
    """End with the exit code that fits; raises CommandError unless all is well."""
    failed = sum(result.state == "failed" for result in results)
    waiting = sum(result.state == "waiting" for result in results)
    if failed:
        msg = f"{failed} of {len(results)} could not be taken in."
        raise CommandError(msg, returncode=SOME_FAILED)
    if waiting and waited:
        msg = f"{waiting} of {len(results)} have not finished: is a worker running?"
        raise CommandError(msg, returncode=TOO_SLOW)
