"""Which extractor reads new texts; its language model is loaded once for each process."""

from functools import cache
from importlib import import_module

from extraction.interface import Extractor

MODULE, CLASS = "extraction.engine", "RuleExtractor"


@cache
def current() -> Extractor:
    """Return the extractor in use; imported here, as web processes never need its model."""
    extractor: Extractor = getattr(import_module(MODULE), CLASS)()
    return extractor
