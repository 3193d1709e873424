"""Learn from decisions on suggestions, or take back what was learned."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.lessons import COLUMNS, VERDICTS, measured, reasons
from claims.models import LearnedWeights
from claims.operations.learning import (
    Engine,
    NoSuchWeightsError,
    Outcome,
    WeightsDoNotApplyError,
    WeightsDoNotHelpError,
    engines,
    learn_from_decisions,
    left_out,
    report_of,
    stop_using_weights,
    use_weights,
)
from extraction.learning import TooFewDecisionsError

NOTHING = "Nothing has been proposed yet: the shipped rules stand."
NEVER = (
    "Nothing has been learned yet. Decide on suggestions, then run `manage.py learn`."
)


class Command(BaseCommand):
    """Weights are switched on only where they help on held-out decisions."""

    help = (
        "Learn from decisions which proposals are right (docs/extraction.md). "
        "Without an option: fit, report, and switch on what clearly helps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take at most one other thing to do."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="only report")
        what.add_argument("--list", action="store_true", help="list all versions")
        what.add_argument("--use", type=int, metavar="VERSION", help="go back to one")
        what.add_argument(
            "--off", action="store_true", help="back to the shipped rules"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is asked, and say what became of it."""
        if options["list"]:
            self.list_versions()
        elif options["use"] is not None:
            self.use(options["use"])
        elif options["off"]:
            changed = stop_using_weights()
            self.stdout.write(
                f"The shipped rules stand; {changed} open suggestions have another score."
            )
        else:
            self.learn(dry_run=options["dry_run"])

    def learn(self, *, dry_run: bool) -> None:
        """Learn for each engine."""
        found = engines()
        if not found:
            self.stdout.write(NOTHING)
        for engine in found:
            try:
                outcome = learn_from_decisions(engine=engine, dry_run=dry_run)
            except TooFewDecisionsError as error:
                self.stdout.write(f"{engine}: {error}. The shipped rules stand.")
            else:
                self.report(outcome)
            self.mention_left_out(engine)

    def mention_left_out(self, engine: Engine) -> None:
        """Say how many decisions cannot be learned from."""
        if count := left_out(engine):
            self.stdout.write(
                f"{count} more decisions are kept, but not learned from: on proposals of "
                "another version of this engine or older than features, or of stances "
                "retracted since."
            )

    def report(self, outcome: Outcome) -> None:
        """Print how each way of scoring did, and what that led to."""
        lesson, report = outcome.lesson, report_of(outcome.lesson)
        self.stdout.write(
            f"{outcome.engine}: {lesson.decisions} decisions on {lesson.texts} texts, "
            f"{lesson.right} kept as proposed. Each was scored by weights that were "
            "fitted without its text:"
        )
        self.stdout.write(line("", list(COLUMNS.values())))
        for name, figures in measured(report):
            self.stdout.write(line(name, figures))
        for reason in reasons(report):
            self.stdout.write(reason)
        self.stdout.write(VERDICTS[lesson.form])
        self.stdout.write(ending(outcome))

    def list_versions(self) -> None:
        """Print a line for each version."""
        rows = LearnedWeights.objects.order_by("version")
        for row in rows:
            used = "  in use" if row.is_active else ""
            self.stdout.write(
                f"{row.version:4}  {row.trained_at:%Y-%m-%d %H:%M}  "
                f"{row.extractor} {row.extractor_version}  "
                f"{row.decisions} decisions  {row.form}{used}"
            )
        if not rows:
            self.stdout.write(NEVER)

    def use(self, version: int) -> None:
        """Go back to a version."""
        try:
            changed = use_weights(version=version)
        except (
            NoSuchWeightsError,
            WeightsDoNotHelpError,
            WeightsDoNotApplyError,
        ) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Version {version} is in use; {changed} open suggestions have another score."
        )


def line(name: str, figures: list[str]) -> str:
    """Return a row of the table."""
    cells = zip(COLUMNS.values(), figures, strict=True)
    return f"{name:12}" + "".join(f"  {cell:>{len(head)}}" for head, cell in cells)


def ending(outcome: Outcome) -> str:
    """Say what was stored and switched."""
    row = outcome.row
    if row is None:
        return "Nothing was stored: this was a dry run."
    if not outcome.is_new:
        return (
            f"Nothing new: the same decisions gave version {row.version} before, which is "
            f"{'in use' if row.is_active else 'not in use'}."
        )
    changed = f"{outcome.rescored} open suggestions have another score."
    if row.is_active:
        return f"Version {row.version} is in use; {changed}"
    if outcome.switched_off:
        before = outcome.switched_off.version
        return (
            f"Version {row.version} is kept, not used. Version {before} is switched off "
            f"(`manage.py learn --use {before}` takes it back); {changed}"
        )
    return f"Version {row.version} is kept, not used."
