"""Which extractors read new texts; the offline engine's models are loaded once a process."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from extraction.interface import Extractor
from extraction.llm.usage import Meter, Prices

if TYPE_CHECKING:
    from extraction.llm.extractor import ModelExtractor

MODEL_SECONDS = 180.0  # for one text: well below the worker's time limit
MODULE, CLASS = "extraction.trained.extractor", "TrainedExtractor"


@cache
def current() -> Extractor:
    """Return the extractor in use; imported here, as web processes never need its models."""
    extractor: Extractor = getattr(import_module(MODULE), CLASS)()
    return extractor


def model_is_on() -> bool:
    """Whether a language model is to read texts too."""
    return bool(settings.MODEL_URL and settings.MODEL_NAME)


def with_model(meter: Meter) -> "ModelExtractor":
    """Return the engine that asks the language model of the settings."""
    from extraction.llm.client import Client, Endpoint  # noqa: PLC0415 - slow to load
    from extraction.llm.extractor import ModelExtractor  # noqa: PLC0415

    endpoint = Endpoint(
        url=settings.MODEL_URL,
        model=settings.MODEL_NAME,
        key=settings.MODEL_KEY,
        timeout=settings.MODEL_TIMEOUT,
        prices=Prices(settings.MODEL_PRICE_IN, settings.MODEL_PRICE_OUT),
    )
    return ModelExtractor(Client(endpoint), meter=meter, seconds=MODEL_SECONDS)
