"""Ask a language model at an OpenAI-compatible address: bounded, retried, counted.

The only module of the library that opens connections, by way of the ``openai`` SDK.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import httpx2
import openai
from openai import DefaultHttpx2Client, OpenAI
from pydantic import BaseModel, ValidationError

from extraction.llm.failures import (
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelUnreachableError,
)
from extraction.llm.usage import Meter, Prices, Unlimited, Usage, estimated_tokens

LARGEST_ANSWER = 2_000_000  # bytes
LONGEST_POSTPONED = 86_400.0
LONGEST_WAIT = 30.0  # seconds between two attempts, whatever the server asks for
NO_CREDIT = "insufficient_quota"
RENAMED = {"max_tokens": "max_completion_tokens"}  # newer models know only the latter


class Rung(IntEnum):
    """How the server is asked for JSON, best first."""

    SCHEMA = 0
    OBJECT = 1
    PLAIN = 2


@dataclass(frozen=True)
class Endpoint:
    """Where the model is and how far we go with it; times in seconds."""

    url: str
    model: str
    key: str = ""
    timeout: float = 60.0
    attempts: int = 3
    longest_answer: int = 4_000  # tokens
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True)
class Question:
    """One question: instructions, material, and the JSON schema of the answer."""

    system: str
    user: str
    name: str
    schema: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the model wrote, what it used, and whether it was cut off."""

    text: str
    usage: Usage
    cut_off: bool = False


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Tokens(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Tokens | None = None


class Client:
    """Asks one model; remembers what its server doesn't know."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.endpoint = endpoint
        self.rung = Rung.SCHEMA
        self.retries = 0
        self._wait = wait
        self.clock = clock
        self._options: dict[str, Any] = {
            "temperature": 0,
            "max_tokens": endpoint.longest_answer,
        }
        self._sdk = OpenAI(
            api_key=endpoint.key or "none",
            base_url=endpoint.url,
            max_retries=0,  # retried here, where the whole time is bounded
            http_client=DefaultHttpx2Client(follow_redirects=False),
        )

    def ask(
        self, question: Question, *, deadline: float, meter: Meter | None = None
    ) -> Answer:
        """Return the model's answer before ``deadline``, a moment of the clock.

        Raises ModelBusyError, ModelUnreachableError or ModelRefusedError, and
        BudgetSpentError where the meter refuses.
        """
        while True:
            try:
                return self._patiently(question, deadline, meter or Unlimited())
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                self._ask_for_less(error)

    def step_down(self) -> bool:
        """Ask for JSON in a simpler way from now on; False where there is none."""
        if self.rung is Rung.PLAIN:
            return False
        self.rung = Rung(self.rung + 1)
        return True

    def _ask_for_less(self, error: openai.APIStatusError) -> None:
        """Leave out what the server refused; raises ModelRefusedError when it was nothing."""
        refused = str(error.param or "")
        if refused in self._options:
            value = self._options.pop(refused)
            if refused in RENAMED:
                self._options[RENAMED[refused]] = value
        elif not self.step_down():
            raise refusal(error) from error

    # -- attempts ----------------------------------------------------------

    def _patiently(self, question: Question, deadline: float, meter: Meter) -> Answer:
        """Try again after named errors only, with growing pauses and within the deadline."""
        for attempt in range(1, self.endpoint.attempts + 1):
            try:
                return self._once(question, deadline, meter)
            except (
                openai.RateLimitError,
                openai.APIConnectionError,
                openai.InternalServerError,
            ) as error:
                pause = pause_before(attempt, error)
                out_of_time = self.clock() + pause >= deadline
                if attempt == self.endpoint.attempts or out_of_time or is_final(error):
                    raise trouble(error) from error
                self.retries += 1
                self._wait(pause)
            except openai.APIStatusError as error:
                if isinstance(
                    error, openai.BadRequestError | openai.UnprocessableEntityError
                ):
                    raise
                raise refusal(error) from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, question: Question, deadline: float, meter: Meter) -> Answer:
        asked = estimated_tokens(question.system + question.user)
        prices = self.endpoint.prices
        expected = prices.usage(asked, self.endpoint.longest_answer)
        receipt = meter.reserve(expected)
        used = Usage()
        try:
            body = self._post(question, deadline)
            answer = self._read(body, asked)
            used = answer.usage
        except openai.APITimeoutError:
            used = prices.usage(
                asked, 0
            )  # the server may have worked, and charge for it
            raise
        finally:
            meter.settle(receipt, used)
        return answer

    def _post(self, question: Question, deadline: float) -> bytes:
        """Return the body of the answer, read with an eye on its size and the clock."""
        end = min(deadline, self.clock() + self.endpoint.timeout)
        with self._sdk.chat.completions.with_streaming_response.create(
            model=self.endpoint.model,
            messages=[
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.user},
            ],
            timeout=max(0.1, end - self.clock()),
            **self._options,
            **self._format(question),
        ) as response:
            return b"".join(self._chunks(response, end))

    def _chunks(self, response: Any, end: float) -> Iterator[bytes]:
        """Yield the body; errors in the middle of it become the SDK's own."""
        try:
            yield from self._bounded(response, end)
        except httpx2.TimeoutException as error:
            raise openai.APITimeoutError(request=response.http_request) from error
        except httpx2.HTTPError as error:
            raise openai.APIConnectionError(request=response.http_request) from error

    def _bounded(self, response: Any, end: float) -> Iterator[bytes]:
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > LARGEST_ANSWER:
                msg = f"The language model's answer is over {LARGEST_ANSWER} bytes."
                raise ModelRefusedError(msg)
            if self.clock() > end:
                raise openai.APITimeoutError(request=response.http_request)
            yield chunk

    def _format(self, question: Question) -> dict[str, Any]:
        if self.rung is Rung.PLAIN:
            return {}
        if self.rung is Rung.OBJECT:
            return {"response_format": {"type": "json_object"}}
        schema = {"name": question.name, "strict": True, "schema": question.schema}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}

    def _read(self, body: bytes, asked: int) -> Answer:
        try:
            completion = _Completion.model_validate_json(body)
            choice = completion.choices[0]
        except (ValidationError, IndexError) as error:
            msg = "The address answers, but not as a chat completion: check its path (/v1?)."
            raise ModelRefusedError(msg) from error
        text = choice.message.content or ""
        counted = completion.usage or _Tokens()
        usage = self.endpoint.prices.usage(
            max(0, counted.prompt_tokens) or asked,
            max(0, counted.completion_tokens) or estimated_tokens(text),
        )
        return Answer(text, usage, cut_off=choice.finish_reason == "length")


# -- errors ----------------------------------------------------------------


def pause_before(attempt: int, error: openai.APIError) -> float:
    """Seconds to wait after a failed attempt: the server's wish, or growing with jitter."""
    asked = retry_after(error)
    jitter = random.uniform(1, 1.25)  # noqa: S311 - spreads retries, hides nothing
    return min(
        LONGEST_WAIT, asked if asked is not None else 2 ** (attempt - 1) * jitter
    )


def retry_after(error: openai.APIError) -> float | None:
    """Return the seconds of a Retry-After header; None without one or with a date."""
    if not isinstance(error, openai.APIStatusError):
        return None
    raw = error.response.headers.get("retry-after", "")
    if not (raw.isascii() and raw.isdigit()):
        return None
    return min(float(raw), LONGEST_POSTPONED)


def is_final(error: openai.APIError) -> bool:
    """Whether waiting is in vain: no credit left, or longer than we wait."""
    asked = retry_after(error)
    return error.code == NO_CREDIT or (asked or 0) > LONGEST_WAIT


def trouble(error: openai.APIError) -> ModelError:
    """Say in words what went wrong."""
    if error.code == NO_CREDIT:
        return ModelRefusedError(
            "The account at the language model has no credit left."
        )
    if isinstance(error, openai.RateLimitError):
        reason = "The language model's server has too many requests."
        return ModelBusyError(reason, retry_after=retry_after(error))
    if isinstance(error, openai.APITimeoutError):
        return ModelUnreachableError("The language model did not answer in time.")
    if isinstance(error, openai.APIStatusError):
        reason = f"The language model's server failed (HTTP {error.status_code})."
        return ModelUnreachableError(reason)
    return ModelUnreachableError("The language model's server cannot be reached.")


ADVICE = {
    401: "check the key",
    403: "check the key's rights",
    404: "check the address and the model's name",
    413: "the question is too large for it",
}


def refusal(error: openai.APIStatusError) -> ModelRefusedError:
    """Say in words why the server refuses; never the server's own words, nor the key."""
    code = error.status_code
    advice = ADVICE.get(code, "check the address, the model's name and its limits")
    return ModelRefusedError(
        f"The language model's server refuses the request (HTTP {code}): {advice}."
    )
