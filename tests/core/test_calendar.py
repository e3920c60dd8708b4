"""Days, periods and reminders: a year of deadlines tested without a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Role
from core.calendar import (
    add_months,
    instant,
    lunar_day,
    next_occurrence,
    next_send,
    occurrences,
    period,
    reminders,
    send_days,
    vietnamese_day,
)
from core.messages import Language
from core.plan import Campaign, Obligation, Remind
from core.plan_dates import (
    BeforeDay,
    DueRule,
    EachYear,
    EndOf,
    Every,
    LunarDay,
    MonthDay,
    Once,
    OnDate,
    OnDemand,
    Season,
    SendRule,
    Yearly,
)
from core.vietnam import VIETNAM

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
EVERY = st.sampled_from(Every)
USUAL = Remind(before=(7, 3, 1, 0), first_after=1, then_every=7, at_most=4)
QUARTER_1 = Yearly(before=MonthDay(3, 13), start=MonthDay(12, 15), years_back=1, end=MonthDay(3, 12))


def owed(due: DueRule) -> Obligation:
    return Obligation(key="report", title="Báo cáo", unit="07795", due=due, to=(Role.COMMITTEE,), source="test")


def campaign(at: SendRule, clock: time = time(8)) -> Campaign:
    return Campaign(key="c", title="C", texts={Language.VI: "x"}, at=at, clock=clock, source="test")


def test_before_13_march_means_that_12_march_is_the_last_good_day() -> None:
    (found,) = occurrences(owed(QUARTER_1), date(2026, 1, 1), date(2026, 12, 31))
    assert found.due_day == date(2026, 3, 12)
    assert (found.period_start, found.period_end) == (date(2025, 12, 15), date(2026, 3, 12))


def test_before_the_18th_of_a_quarters_last_month_means_the_17th() -> None:
    found = occurrences(owed(BeforeDay(every=Every.QUARTER, day=18)), date(2025, 1, 1), date(2025, 12, 31))
    assert [one.due_day for one in found] == [date(2025, month, 17) for month in (3, 6, 9, 12)]
    assert (found[2].period_start, found[2].period_end) == (date(2025, 7, 1), date(2025, 9, 30))


def test_a_plan_that_is_due_once_never_comes_back() -> None:
    plan = owed(Once(before=date(2025, 2, 25)))
    found = next_occurrence(plan, date(2024, 1, 1))
    assert found is not None and found.due_day == date(2025, 2, 24)
    assert next_occurrence(plan, date(2025, 2, 24)) == found
    assert next_occurrence(plan, date(2025, 2, 25)) is None


def test_what_is_due_on_demand_is_never_brought_up_by_the_calendar() -> None:
    assert occurrences(owed(OnDemand()), date(2000, 1, 1), date(2050, 1, 1)) == []
    assert next_occurrence(owed(OnDemand()), date(2026, 1, 1)) is None


def test_before_new_year_is_due_in_the_year_that_ends() -> None:
    rule = Yearly(before=MonthDay(1, 1), start=MonthDay(1, 1), end=MonthDay(12, 31))
    (found,) = occurrences(owed(rule), date(2026, 12, 1), date(2026, 12, 31))
    assert (found.period_start, found.period_end, found.due_day) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2026, 12, 31),
    )


def test_the_end_of_february_knows_leap_years() -> None:
    found = occurrences(owed(EndOf(every=Every.MONTH)), date(2028, 2, 1), date(2029, 2, 28))
    assert (found[0].due_day, found[-1].due_day) == (date(2028, 2, 29), date(2029, 2, 28))


@given(every=EVERY, first=DAYS, length=st.integers(0, 1500))
def test_periods_tile_the_calendar_without_gap_or_overlap(every: Every, first: date, length: int) -> None:
    found = occurrences(owed(EndOf(every=every)), first, first + timedelta(days=length))
    assert all(one.due_day == one.period_end for one in found)
    assert all(then.period_start - one.period_end == timedelta(days=1) for one, then in pairwise(found))
    assert all(one.period_start <= one.period_end for one in found)


@given(every=EVERY, day=DAYS)
def test_every_day_lies_in_one_period_and_so_does_its_last_day(every: Every, day: date) -> None:
    first, last = period(every, day)
    assert first <= day <= last
    assert period(every, last) == (first, last)
    assert period(every, last + timedelta(days=1))[0] == last + timedelta(days=1)


@given(
    rule=st.sampled_from([QUARTER_1, BeforeDay(every=Every.QUARTER, day=18), EndOf(every=Every.HALF_YEAR)]),
    day=DAYS,
)
def test_the_next_time_is_the_first_on_or_after_the_day(rule: DueRule, day: date) -> None:
    found = next_occurrence(owed(rule), day)
    assert found is not None and found.due_day >= day
    assert occurrences(owed(rule), day, found.due_day) == [found]


def test_reminders_come_at_eight_in_the_morning_before_on_and_after_the_day() -> None:
    (found,) = occurrences(owed(QUARTER_1), date(2026, 1, 1), date(2026, 12, 31))
    got = reminders(found, USUAL)
    left = [(found.due_day - vietnamese_day(one.at)).days for one in got]
    assert left == [7, 3, 1, 0, -1, -8, -15, -22]
    assert got[0].at == datetime(2026, 3, 5, 8, tzinfo=VIETNAM)
    assert got[4].at == datetime(2026, 3, 13, 1, 0, tzinfo=UTC)
    assert got[4].reason == "report:2026-03-12:-1"


@given(
    before=st.lists(st.integers(0, 60), max_size=6),
    after=st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 9)),
    day=DAYS,
)
def test_reminders_are_ordered_unique_and_bounded(before: list[int], after: tuple[int, int, int], day: date) -> None:
    first_after, then_every, at_most = after
    rule = Remind(before=tuple(before), first_after=first_after, then_every=then_every, at_most=at_most)
    (found,) = occurrences(owed(Once(before=day + timedelta(days=1))), day, day)
    got = reminders(found, rule)
    assert len(got) == len(set(before)) + at_most
    assert all(one.at < then.at for one, then in pairwise(got))
    assert len({one.reason for one in got}) == len(got)


@given(day=DAYS)
def test_a_vietnamese_day_is_always_24_hours_and_knows_its_instants(day: date) -> None:
    end = instant(day + timedelta(days=1))
    assert end - instant(day) == timedelta(hours=24)
    assert vietnamese_day(instant(day)) == day
    assert vietnamese_day(end - timedelta(microseconds=1)) == day
    assert instant(day, time(8)).hour == 1


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        vietnamese_day(datetime(2026, 1, 1))  # noqa: DTZ001


@given(day=DAYS, months=st.integers(-48, 48))
def test_months_on_lands_in_the_right_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_tet_is_a_lunar_date() -> None:
    days = [lunar_day(1, 1, year) for year in (2024, 2025, 2026)]
    assert days == [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)]


def test_a_lunar_day_that_its_month_lacks_is_refused() -> None:
    assert lunar_day(29, 12, 2025) == date(2026, 2, 16)
    with pytest.raises(ValueError, match="no day 30"):
        lunar_day(30, 12, 2025)


def test_new_years_eve_is_kept_on_the_last_day_of_a_short_month() -> None:
    days = send_days(LunarDay(day=30, month=12), date(2025, 1, 1), date(2026, 12, 31))
    assert days == [date(2025, 1, 28), date(2026, 2, 16)]


def test_a_week_before_tet_may_fall_in_the_month_before() -> None:
    rule = LunarDay(day=1, month=1, days_before=7)
    assert send_days(rule, date(2025, 1, 1), date(2026, 12, 31)) == [date(2025, 1, 22), date(2026, 2, 10)]


def test_days_before_new_year_belong_to_the_year_before() -> None:
    rule = EachYear(day=MonthDay(1, 1), days_before=3)
    assert send_days(rule, date(2025, 12, 1), date(2025, 12, 31)) == [date(2025, 12, 29)]


def test_a_peak_is_repeated_until_its_last_day() -> None:
    rule = Season(start=MonthDay(7, 1), end=MonthDay(9, 30), every_days=14)
    days = send_days(rule, date(2025, 1, 1), date(2025, 12, 31))
    assert (len(days), days[0], days[-1]) == (7, date(2025, 7, 1), date(2025, 9, 23))


def test_the_next_sending_is_strictly_later() -> None:
    yearly = campaign(EachYear(day=MonthDay(7, 30)))
    at = next_send(yearly, datetime(2025, 7, 30, 0, 59, tzinfo=UTC))
    assert at == datetime(2025, 7, 30, 1, 0, tzinfo=UTC)
    assert next_send(yearly, at) == datetime(2026, 7, 30, 1, 0, tzinfo=UTC)
    once = campaign(OnDate(date=date(2025, 7, 30)), clock=time(18))
    assert next_send(once, at) == datetime(2025, 7, 30, 18, tzinfo=VIETNAM)
    assert next_send(once, datetime(2025, 7, 30, 18, tzinfo=VIETNAM)) is None
