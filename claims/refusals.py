"""What every refusal of a stance shares: words for the analyst, and the field to correct."""


class StanceRefusedError(ValueError):
    """The stance cannot stand as asked; the message says why and what to do.

    ``field`` names the part of the stance to correct, "" where it is none alone.
    """

    field = ""
