"""The words beside a cue that say whose it is."""

from dataclasses import dataclass

from extraction.languages.actors import Named


@dataclass(frozen=True)
class Subject:
    """Who stands beside a cue: somebody named, a pronoun, or words not known."""

    first: int
    last: int
    named: Named | None = None
    pronoun: str = ""
    unknown: str = ""
