"""Import stances from a CSV file; without --commit only says what would happen."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.import_rows import UnreadableFileError
from claims.operations.importing import Report, import_stances


class Command(BaseCommand):
    """Every bad row is named with its reason; one bad row keeps all others out."""

    help = "Import stances from a CSV file (docs/import.md); a dry run unless --commit."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whether to store and who codes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="store the stances")
        parser.add_argument("--by", default="", help="account that counts as the coder")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and print the report; a bad row makes the exit code 1."""
        by = self.coder(options["by"])
        report = self.imported(options["file"], by, commit=options["commit"])
        for outcome in report.bad:
            self.stderr.write(f"row {outcome.number}: {outcome.reason}")
        self.stdout.write(f"{report.words()}. {self.ending(report)}")
        if report.bad:
            raise CommandError("Correct the bad rows and import the file again.")

    def coder(self, name: str) -> User | None:
        """Find the account."""
        if not name:
            return None
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account named {name}.")
        return user

    def imported(self, file: Path, by: User | None, *, commit: bool) -> Report:
        """Read and import the file."""
        try:
            text = file.read_text(encoding="utf-8-sig")
            return import_stances(text=text, by=by, commit=commit)
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} isn't UTF-8: save it as CSV UTF-8.") from error
        except (OSError, UnreadableFileError) as error:
            raise CommandError(str(error)) from error

    def ending(self, report: Report) -> str:
        """Say whether anything was stored."""
        if report.stored:
            return "Stored."
        return "Nothing was stored: this was a dry run or a row is bad."
