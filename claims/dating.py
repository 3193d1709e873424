"""Which days a date stands for where only its month or year is known; pure."""

import calendar
import datetime as dt

MONTH, YEAR = "month", "year"


def first_day(day: dt.date, precision: str) -> dt.date:
    """Return the first day of the month or year where only that is known."""
    if precision == YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == MONTH else day


def last_day(day: dt.date, precision: str) -> dt.date:
    """Return the last day of the month or year where only that is known."""
    if precision == YEAR:
        return day.replace(month=12, day=31)
    if precision == MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def in_words(day: dt.date, precision: str) -> str:
    """Say a date as exactly as it is known."""
    if precision == YEAR:
        return str(day.year)
    month = f"{calendar.month_name[day.month]} {day.year}"
    return month if precision == MONTH else f"{day.day} {month}"
