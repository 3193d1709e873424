"""What a person sees while a command works: a spinner on a terminal, plain lines elsewhere."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console


class Progress:
    """Says which step is under way and how long it took."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to standard output unless told otherwise."""
        self.console = console or Console(highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Print one line; nothing in it is taken for markup."""
        self.console.print(text, markup=False)

    @contextlib.contextmanager
    def step(self, doing: str) -> Iterator[None]:
        """Show the step while it runs, and that it is done."""
        begun = time.monotonic()
        with self.under_way(doing):
            yield
        took = f"{time.monotonic() - begun:.1f} s"
        if self.console.is_terminal:
            self.console.print(f"[green]✓[/green] {doing} [dim]{took}[/dim]")
        else:
            self.say(f"{doing}: done ({took})")

    def under_way(self, doing: str) -> contextlib.AbstractContextManager[object]:
        """Show that something has begun."""
        if self.console.is_terminal:
            return self.console.status(doing)
        self.say(f"{doing} ...")
        return contextlib.nullcontext()
