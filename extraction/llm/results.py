"""What reading a text with a language model gave, what it took, and what was left out."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from extraction.interface import Candidate
from extraction.llm.usage import Usage


class Dropped(StrEnum):
    """Why something that the model wrote was not used."""

    MISSHAPEN = "not of the asked shape"
    UNKNOWN_CLAIM = "on claims that are not tracked"
    UNKNOWN_PARAGRAPH = "from paragraphs that were not shown"
    QUOTE_NOT_FOUND = "with a quote that is not in the text"
    SPEAKER_NOT_FOUND = "with a speaker who is not in the text"
    TO_MACHINE = "from words that try to command a machine"


class Stopped(StrEnum):
    """Why a text was not read to its end."""

    NOT = ""
    BUDGET = "the budget was used up"
    TIME = "the time for one text ran out"


@dataclass
class ModelReading:
    """What reading one document gave, and what it took."""

    candidates: list[Candidate] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    dropped: Counter[Dropped] = field(default_factory=Counter)
    cut_off: int = 0  # answers that broke off before their end
    unreadable: int = 0  # answers that were no JSON
    stopped: Stopped = Stopped.NOT
