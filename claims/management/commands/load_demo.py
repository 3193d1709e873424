"""Loads the demo: Western troops in Ukraine, 2024-2026."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.demo.load import CAUTION, load_demo


class Command(BaseCommand):
    """``manage.py load_demo``: safe to run twice."""

    help = (
        "Load the demo project (illustrative data). Running it again changes nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and report what was inserted, updated or left unchanged."""
        report = load_demo(by=None)
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(CAUTION)
