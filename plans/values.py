"""Single values as people write them in a plan: days as 13/3, dates as 25/2/2025, spans as 12h, shares as 75 %."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any, Final

from core.activity_kinds import WorkKind, kind_of
from core.plan_dates import MonthDay

SPAN_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST_SPAN: Final = timedelta(days=3660)


class Unreadable(Exception):
    """A value that is not what belongs here: what it is, and how to write it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def read_text(text: str) -> str:
    """Any text with something in it."""
    if not text.strip():
        raise Unreadable("The text is empty", "Write something, or take the line out")
    return text.strip()


def read_kind(text: str) -> WorkKind:
    """A kind of group work by its code: one of the system's, or a new one."""
    return kind_of(read_text(text))


def read_number(text: str) -> int:
    """A whole number, 0 or more, below a milliard."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise Unreadable(f'"{text}" is no whole number', "Write digits only, for example 3")
    return int(text)


def read_yes_no(text: str) -> bool:
    """true or false."""
    if text not in {"true", "false"}:
        raise Unreadable(f'"{text}" is neither true nor false', "Write true or false")
    return text == "true"


def read_month_day(text: str) -> MonthDay:
    """A day of any year, day first: 13/3."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    if found is None:
        raise Unreadable(f'"{text}" is no day of the year', "Write day/month, for example 13/3")
    day, month = int(found[1]), int(found[2])
    try:
        return MonthDay(month, day)
    except ValueError:
        raise Unreadable(f"There is no {day}/{month} in every year", _day_remedy(day, month)) from None


def read_date(text: str) -> date:
    """One date, day first: 25/2/2025; 2025-02-25 is understood too."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if found is None and iso is None:
        raise Unreadable(f'"{text}" is no date', "Write day/month/year, for example 25/2/2025")
    day, month, year = (int(one) for one in (found.groups() if found else reversed(iso.groups() if iso else ())))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no day {text}", _day_remedy(day, month)) from None


def read_clock(text: str) -> time:
    """A Vietnamese clock time: 08:00."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if found is None:
        raise Unreadable(f'"{text}" is no time of day', "Write hours and minutes, for example 08:00")
    return time(int(found[1]), int(found[2]))


def read_span(text: str) -> timedelta:
    """A span of time: 90s, 15m, 12h, 20d. Zero is refused."""
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", text)
    span = timedelta(**{SPAN_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if not timedelta(0) < span <= LONGEST_SPAN:
        raise Unreadable(f'"{text}" is no span of time', "Write 90s, 15m, 12h or 20d (seconds, minutes, hours, days)")
    return span


def read_share(text: str) -> Fraction:
    """A target: 75 %, -5 %, 2/3 or 1."""
    found = re.fullmatch(r"(-?\d{1,6})(?:[.,](\d{1,4}))?\s*(%?)", text)
    if found is not None:
        number = Fraction(f"{found[1]}.{found[2]}") if found[2] else Fraction(found[1])
        return number / 100 if found[3] else number
    parts = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if parts is None or int(parts[2]) == 0:
        raise Unreadable(f'"{text}" is no target', "Write 75 %, 2/3 or a number")
    return Fraction(int(parts[1]), int(parts[2]))


READERS: Final[dict[Any, Callable[[str], Any]]] = {
    str: read_text,
    WorkKind: read_kind,
    int: read_number,
    bool: read_yes_no,
    MonthDay: read_month_day,
    date: read_date,
    time: read_clock,
    timedelta: read_span,
    Fraction: read_share,
}


PLACEHOLDERS: Final[dict[Any, Any]] = {
    str: "?",
    int: 1,
    bool: False,
    MonthDay: MonthDay(1, 1),
    date: date(2001, 1, 1),
    time: time(8),
    timedelta: timedelta(hours=1),
    Fraction: Fraction(0),
}
"""The values that stand in where one could not be read."""


def _day_remedy(day: int, month: int) -> str:
    if month > 12:
        return f"There are 12 months. Did you mean {month}/{day} (day/month)?" if day <= 12 else "There are 12 months"
    if (day, month) == (29, 2):
        return "Write 28/2 or 1/3"
    return "Check the month's length"
