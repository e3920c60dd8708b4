"""Reads times from a line: "22h-1h", "2h this afternoon", "last night", "5/3". The caller passes `now` (aware)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from core.activity_counts import to_number
from core.activity_words import (
    AFTERNOON_HOURS,
    BARE_DAY,
    DATE,
    DATE_IN_WORDS,
    DAY,
    DAYS_AGO,
    DURATION,
    EARLIER_PART,
    HALF_PAST,
    JUST_NOW,
    MIDNIGHT_PARTS,
    MINUTES,
    NIGHT,
    ONE_CLOCK,
    PART_BEFORE,
    RANGE,
    ROUGH_HOUR,
    SAID_FOR_ONE,
    WEEKDAY,
    WEEKDAYS,
)
from core.log_line import LogLine
from core.vietnam import VIETNAM

AHEAD: Final = timedelta(minutes=30)
"""A clock time at most this far ahead of now means today; a later one means yesterday, because a log tells the past."""
HALF_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Times:
    """Times in UTC. `rough`: the line named only a day or a part of it, so the clock time is a guess."""

    start: datetime
    end: datetime | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock time as said: hour 0 to 24, and the part of the day if it was named ("" if not)."""

    hour: int
    minute: int
    part: str

    def of_day(self) -> time:
        """As a time of day."""
        hour = self.hour % 24
        if hour in AFTERNOON_HOURS.get(self.part, ()):
            return time(hour + 12, self.minute)
        return time(0 if hour == 12 and self.part in MIDNIGHT_PARTS else hour, self.minute)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that was named, and its part ("" if none)."""

    day: date
    part: str = ""


def find_times(line: LogLine, now: datetime, *, by_night: bool) -> Times | None:
    """Returns the times in the line (UTC) and marks their words as read; None when there are none. `by_night`: this
    work is mostly done at night, so "10h-1h" means 22:00 to 01:00."""
    local = now.astimezone(VIETNAM)
    lasts = _duration(line)
    day = _find_day(line, local)
    first, last = _find_clocks(line)
    if first is None:
        return _without_clock(line, day, lasts, now)
    start, end = _place_in_time(first, last, day, local, by_night=by_night)
    if end is None and lasts is not None:
        end = start + lasts
    return Times(start.astimezone(UTC), end.astimezone(UTC) if end else None)


def _without_clock(line: LogLine, day: _Day | None, lasts: timedelta | None, now: datetime) -> Times | None:
    if day is not None:
        start = datetime.combine(day.day, time(ROUGH_HOUR[day.part]), VIETNAM).astimezone(UTC)
        return Times(start, start + lasts if lasts else None, rough=True)
    hit = line.search(JUST_NOW)
    if hit is None:
        return None
    line.cross_out(*hit.span())
    end = now.astimezone(UTC)
    return Times(end - lasts, end) if lasts else Times(end, None, rough=True)


def _place_in_time(
    first: _Clock, last: _Clock | None, day: _Day | None, local: datetime, *, by_night: bool
) -> tuple[datetime, datetime | None]:
    part = day.part if day else ""
    clock = _Clock(first.hour, first.minute, first.part or part).of_day()
    if last is None and not (first.part or part) and 1 <= first.hour <= 6 and not by_night:
        clock = clock.replace(hour=first.hour + 12)  # nobody meets at two in the night
    start = datetime.combine(day.day if day else local.date(), clock, VIETNAM)
    if day and part in NIGHT and clock.hour < 6:
        start += timedelta(days=1)  # one o'clock of last night is today's
    end = None
    if last is not None:
        ends = _Clock(last.hour, last.minute, last.part or ("" if last.hour > 12 else _carried(first, last, part)))
        start, end = _order(start, ends.of_day(), by_night=by_night and not (first.part or part))
    if day is None and start > local + AHEAD:
        start, end = start - timedelta(days=1), end and end - timedelta(days=1)
    return start, end


def _carried(first: _Clock, last: _Clock, day_part: str) -> str:
    """Which part of the day the end belongs to when it does not say: the start's, unless midnight lies between."""
    part = first.part or day_part
    return "" if part in NIGHT and last.hour < first.hour else part


def _order(start: datetime, ends: time, *, by_night: bool) -> tuple[datetime, datetime]:
    """The end after the start, past midnight if need be; twelve hours put right when it would last longer than that."""
    end = datetime.combine(start.date(), ends, VIETNAM)
    if end <= start:
        end += timedelta(days=1)
    if end - start > HALF_DAY and start.hour < 12:
        if by_night:
            start += HALF_DAY
        elif ends.hour < 12:
            end -= HALF_DAY
    return start, end


def _find_clocks(line: LogLine) -> tuple[_Clock | None, _Clock | None]:
    hit = line.search(RANGE)
    if hit is not None:
        hour, minute, bare, part, hour_2, minute_2, part_2 = hit.groups()
        last = _clock(hour_2, minute_2, part_2)
        # "8h-10h in the evening": the part is said once, at the end.
        first = _clock(hour or bare, minute, part or (part_2 if _same_part(hour or bare, hour_2, part_2) else None))
        if first is not None and last is not None:
            line.cross_out(*hit.span())
            return first, last
    hit = line.search(ONE_CLOCK)
    first = _clock(*hit.groups()) if hit is not None else None
    if hit is not None and first is not None:
        line.cross_out(*hit.span())
    return first, None


def _same_part(hour: str, hour_2: str, part_2: str | None) -> bool:
    return part_2 is not None and part_2 not in SAID_FOR_ONE and int(hour) < int(hour_2)


def _clock(hour: str, minute: str | None, part: str | None) -> _Clock | None:
    minutes = 30 if minute == HALF_PAST else int(minute or 0)
    return _Clock(int(hour), minutes, part or "") if int(hour) <= 24 and minutes < 60 else None


def _duration(line: LogLine) -> timedelta | None:
    hit = line.search(DURATION)
    if hit is None:
        return None
    number = to_number(" ".join((hit[1] or hit[3]).split()))
    if number is None:
        return None
    line.cross_out(*hit.span())
    if (hit[2] or hit[4]) == MINUTES:
        return timedelta(minutes=number)
    return timedelta(hours=number, minutes=30 if hit[5] else 0)


def _find_day(line: LogLine, local: datetime) -> _Day | None:
    for find in (_dated, _weekday, _near_day, _earlier_part):
        day = find(line, local)
        if day is not None:
            return day
    return None


def _dated(line: LogLine, local: datetime) -> _Day | None:
    """A date; without its year the latest that is not ahead."""
    hit = line.search(DATE) or line.search(DATE_IN_WORDS)
    if hit is None:
        return None
    day, month, year = int(hit[1]), int(hit[2]), hit[3]
    years = [int(year) % 100 + 2000] if year else [local.year, local.year - 1]
    for one in years:
        found = _date(one, month, day)
        if found is not None and (year or found <= local.date()):
            line.cross_out(*hit.span())
            return _Day(found, _part_beside(line, hit))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # "12/30" is a house number, not a day


def _weekday(line: LogLine, local: datetime) -> _Day | None:
    hit = line.search(WEEKDAY)
    if hit is None:
        return None
    line.cross_out(*hit.span())
    weekday = 6 if hit[2] else WEEKDAYS[hit[1]]
    return _Day(local.date() - timedelta(days=(local.weekday() - weekday) % 7), _part_beside(line, hit))


def _part_beside(line: LogLine, hit: re.Match[str]) -> str:
    """The part of the day right before a date: "the evening of 5/3"."""
    before = PART_BEFORE.search(line.flat[: hit.start()])
    if before is None or not line.exact(*before.span(1)) or not line.free(*before.span(1)):
        return ""
    line.cross_out(*before.span(1))
    return before[1]


def _near_day(line: LogLine, local: datetime) -> _Day | None:
    for hit in line.searches(DAY):
        part, word = hit[1] or "", hit[2]
        if word in BARE_DAY and not part:
            continue
        line.cross_out(*hit.span())
        return _Day(local.date() - timedelta(days=DAYS_AGO[word]), part)
    return None


def _earlier_part(line: LogLine, local: datetime) -> _Day | None:
    hit = line.search(EARLIER_PART)
    if hit is None:
        return None
    line.cross_out(*hit.span())
    ahead = ROUGH_HOUR[hit[1]] > local.hour
    return _Day(local.date() - timedelta(days=1 if ahead else 0), hit[1])
