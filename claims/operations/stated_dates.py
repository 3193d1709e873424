"""When a statement can have been made: never in the future, nor after the text that quotes it."""

import datetime as dt

from django.db import connection

from claims.dating import first_day, in_words, last_day
from claims.refusals import StanceRefusedError
from sources.models import Document


class UndatedStanceError(StanceRefusedError):
    """Nobody said when the statement was made."""

    field = "stated_on"


class FutureStatementError(StanceRefusedError):
    """The statement is dated after today."""

    field = "stated_on"


class StatedAfterPublicationError(StanceRefusedError):
    """The statement is dated after the text that quotes it."""

    field = "stated_on"


def first_of_period(day: dt.date | None, precision: str) -> dt.date:
    """First day of the month or year where only that is known; raises UndatedStanceError."""
    if day is None:
        raise UndatedStanceError(
            "Say when the statement was made: a day, or the month or year if that is "
            "all that is known."
        )
    return first_day(day, precision)


def refuse_impossible_date(
    document: Document, day: dt.date, precision: str, today: dt.date | None = None
) -> None:
    """Refuse words said after today (the database's), or after their text appeared.

    What is known to the month or year is refused where all of it is too late.
    Raises FutureStatementError or StatedAfterPublicationError.
    """
    said = in_words(day, precision)
    if day > (today or database_today()):
        raise FutureStatementError(
            f"{said} has not come yet: give the day on which the words were said."
        )
    published, known_to = document.published_on, document.published_precision
    if published and day > last_day(published, known_to):
        raise StatedAfterPublicationError(
            f"The text was published on {in_words(published, known_to)}, so it cannot "
            f"quote what was said on {said}. Correct the date, or take in the text "
            "that quotes it if the words are from a later one."
        )


def database_today() -> dt.date:
    """Return the database's day, which is that of UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_DATE")
        day: dt.date = cursor.fetchone()[0]
    return day
