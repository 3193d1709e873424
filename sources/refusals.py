"""The base of every reason for which a text cannot be taken in."""

from jobs.kinds import PermanentError


class IntakeRefusedError(PermanentError):
    """The input cannot be taken in as it is; ``str(error)`` says why in plain words."""
