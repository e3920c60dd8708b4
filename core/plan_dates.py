"""When something is due or goes out, as rules. `core.calendar` turns a rule into days.

"Before 13 March" means that 12 March is the last good day: rules with `before` name the first day that is too late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Every(StrEnum):
    """The periods of the calendar that reports cover."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}[self]


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of any year. 29 February is none: most years lack it."""

    month: int
    day: int

    def __post_init__(self) -> None:
        date(2001, self.month, self.day)

    def of(self, year: int) -> date:
        """That day in this year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """Due every year before a day; covers `start` (of `years_back` years before) to `end`, both included."""

    RULE: ClassVar[str] = "yearly"
    before: MonthDay
    start: MonthDay
    end: MonthDay
    years_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOf:
    """Due on the last day of each period, and covers that period."""

    RULE: ClassVar[str] = "end_of"
    every: Every


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeDay:
    """Due before a day of each period's last month; covers the period."""

    RULE: ClassVar[str] = "before_day"
    every: Every
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Due one single time, before a date."""

    RULE: ClassVar[str] = "once"
    before: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDemand:
    """Due when somebody asks for it: the calendar never brings it up."""

    RULE: ClassVar[str] = "on_demand"


DueRule = Yearly | EndOf | BeforeDay | Once | OnDemand


@dataclass(frozen=True, slots=True, kw_only=True)
class EachYear:
    """On a day of every year, or `days_before` it."""

    RULE: ClassVar[str] = "each_year"
    day: MonthDay
    days_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDate:
    """On one single date."""

    RULE: ClassVar[str] = "on_date"
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarDay:
    """On a day of the lunar year, or `days_before` it; leap months are passed over. Tết is day 1 of month 1."""

    RULE: ClassVar[str] = "lunar"
    day: int
    month: int
    days_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """On `start` of every year and each `every_days` days after it, until `end` (included, in the same year)."""

    RULE: ClassVar[str] = "season"
    start: MonthDay
    end: MonthDay
    every_days: int


SendRule = EachYear | OnDate | LunarDay | Season
