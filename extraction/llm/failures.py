"""Why a language model gave no usable answer, and whether trying again may help."""


class ModelError(Exception):
    """The language model gave no usable answer; ``str(error)`` says why, in words."""


class ModelBusyError(ModelError):
    """The server asks to come back later; ``retry_after`` is in seconds where it said."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        """Keep when to come back."""
        super().__init__(reason)
        self.retry_after = retry_after


class ModelUnreachableError(ModelError):
    """No connection, no answer in time, or the server failed: later may be better."""


class ModelRefusedError(ModelError):
    """The server refuses the request as it is: trying again cannot help."""


class AnswersUnreadableError(ModelRefusedError):
    """The model never wrote JSON of the asked shape."""

    def __init__(self) -> None:
        """Say what to do about it."""
        super().__init__(
            "The language model's answers are no JSON: choose a model that follows "
            "instructions, or a server that knows JSON schemas."
        )
