"""Vietnamese days, the periods of reports, and when to remind of them. Pure: the day or instant is always given.

People see Asia/Ho_Chi_Minh (UTC+7, no summer time since 1975); instants are UTC. A day that "is due" is the last good
day, which lasts until midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

from core.plan import Campaign, Obligation, Remind
from core.plan_dates import BeforeDay, EachYear, EndOf, Every, LunarDay, Once, OnDate, OnDemand, SendRule, Yearly
from core.vietnam import VIETNAM

REMIND_AT: Final = time(8)
"""Reminders go out when the office opens (Vietnamese time)."""
FAR: Final = 3
"""How many years ahead a next day is looked for: every recurring rule comes up at least once a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that an obligation is due. All three are Vietnamese days, included."""

    key: str
    period_start: date
    period_end: date
    due_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder. `reason` is unique among all reminders of one unit and plan; `days_left` is negative when late."""

    reason: str
    at: datetime
    days_left: int


def vietnamese_day(at: datetime) -> date:
    """The day on which people in Vietnam live an instant. Raises `ValueError` for a naive time."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(VIETNAM).date()


def instant(day: date, clock: time = time(0)) -> datetime:
    """A Vietnamese day and clock time as a UTC instant."""
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, _days_in(year, month)))


def occurrences(obligation: Obligation, from_day: date, to_day: date) -> list[Occurrence]:
    """Each time the obligation's last good day falls within the two days (both included), in order."""
    found = _all(obligation, from_day, to_day)
    return sorted((one for one in found if from_day <= one.due_day <= to_day), key=lambda one: one.due_day)


def next_occurrence(obligation: Obligation, day: date) -> Occurrence | None:
    """The first that is due on this day or later; None when it never is again."""
    match obligation.due:
        case Once(before=before):
            found = occurrences(obligation, day, before)
        case _:
            found = occurrences(obligation, day, day.replace(day=1, year=day.year + FAR))
    return found[0] if found else None


def reminders(occurrence: Occurrence, rule: Remind) -> list[Reminder]:
    """Every reminder of one occurrence, earliest first, at 08:00 Vietnamese time of its day."""
    late = [-(rule.first_after + n * rule.then_every) for n in range(rule.at_most)]
    left = sorted({*rule.before, *late}, reverse=True)
    return [
        Reminder(
            reason=f"{occurrence.key}:{occurrence.due_day.isoformat()}:{days:+d}",
            at=instant(occurrence.due_day - timedelta(days=days), REMIND_AT),
            days_left=days,
        )
        for days in left
    ]


def lunar_day(day: int, month: int, lunar_year: int) -> date:
    """The solar date of a lunar day (not of a leap month). Raises `ValueError` outside 1900 to 2100, or for a day 30
    of a month that has 29."""
    solar = lunar_to_solar(LunarDate(day, month, lunar_year))
    if solar_to_lunar(solar).day != day:  # the library counts on into the next month without a word
        raise ValueError(f"lunar month {month} of {lunar_year} has no day {day}")
    return solar


def send_days(rule: SendRule, from_day: date, to_day: date) -> list[date]:
    """The days within the two (both included) on which a campaign goes out, in order."""
    return sorted({day for day in _sends(rule, from_day, to_day) if from_day <= day <= to_day})


def next_send(campaign: Campaign, after: datetime) -> datetime | None:
    """The first instant later than `after` at which the campaign goes out; None when it never does again."""
    day = vietnamese_day(after)
    until = campaign.at.date if isinstance(campaign.at, OnDate) else day.replace(day=1, year=day.year + FAR)
    instants = (instant(one, campaign.clock) for one in send_days(campaign.at, day, until))
    return next((at for at in instants if at > after), None)


def period(every: Every, day: date) -> tuple[date, date]:
    """The first and last day of the period in which a day lies."""
    months = every.months
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months) - timedelta(days=1)


def _all(obligation: Obligation, from_day: date, to_day: date) -> Iterator[Occurrence]:
    """Yields a superset; `occurrences` keeps those between the two days."""
    key, rule = obligation.key, obligation.due
    match rule:
        case Yearly():
            for year in range(from_day.year, to_day.year + 2):
                due = rule.before.of(year) - timedelta(days=1)
                # "Before 1 January" is due in the year that ends, and reports on it.
                start, end = rule.start.of(due.year - rule.years_back), rule.end.of(due.year)
                yield Occurrence(key=key, period_start=start, period_end=end, due_day=due)
        case EndOf(every=every):
            yield from (_of_period(key, every, first, None) for first in _firsts(every, from_day, to_day))
        case BeforeDay(every=every, day=day):
            yield from (_of_period(key, every, first, day) for first in _firsts(every, from_day, to_day))
        case Once(before=before):
            due = before - timedelta(days=1)
            yield Occurrence(key=key, period_start=due, period_end=due, due_day=due)
        case OnDemand():
            return


def _firsts(every: Every, from_day: date, to_day: date) -> Iterator[date]:
    """The first days of all periods that touch the days."""
    first = period(every, from_day)[0]
    while first <= to_day:
        yield first
        first = add_months(first, every.months)


def _of_period(key: str, every: Every, first: date, before_day: int | None) -> Occurrence:
    last = period(every, first)[1]
    due = last if before_day is None else last.replace(day=before_day) - timedelta(days=1)
    return Occurrence(key=key, period_start=first, period_end=last, due_day=due)


def _sends(rule: SendRule, from_day: date, to_day: date) -> Iterator[date]:
    # A day before the first of January belongs to the year after; a lunar year ends in the next solar one.
    years = range(from_day.year - 1, to_day.year + 2)
    if isinstance(rule, OnDate):
        yield rule.date
    elif isinstance(rule, EachYear):
        yield from (rule.day.of(year) - timedelta(days=rule.days_before) for year in years)
    elif isinstance(rule, LunarDay):
        first, last = SUPPORTED_YEAR_RANGE
        for year in (year for year in years if first < year < last):
            yield _lunar_or_last(rule, year) - timedelta(days=rule.days_before)
    else:
        for year in years:
            day, last_day = rule.start.of(year), rule.end.of(year)
            while day <= last_day:
                yield day
                day += timedelta(days=rule.every_days)


def _lunar_or_last(rule: LunarDay, year: int) -> date:
    """Day 30 of a month of 29 days is its last day, as people keep it."""
    try:
        return lunar_day(rule.day, rule.month, year)
    except ValueError:
        return lunar_day(rule.day - 1, rule.month, year)


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
