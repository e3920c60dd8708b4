"""Checks within one rule of dates. Each mistake is returned as (what, which field, remedy)."""

from __future__ import annotations

from collections.abc import Iterator

from core.plan_dates import BeforeDay, DueRule, EachYear, LunarDay, Season, SendRule, Yearly

Breach = tuple[str, str, str]
COMMON_YEAR = 2001
"""Any year of 365 days, to compare days of the year."""


def check_due(rule: DueRule) -> Iterator[Breach]:
    """What is wrong with a rule of due days."""
    if isinstance(rule, BeforeDay) and not 2 <= rule.day <= 28:
        yield f"Day {rule.day} is not in every month, or leaves no day before it", "day", "Use 2 to 28"
    if isinstance(rule, Yearly):
        start, end = rule.start.of(COMMON_YEAR - rule.years_back), rule.end.of(COMMON_YEAR)
        if start > end:
            yield "The period ends before it starts", "start", "Add `years_back: 1` when it starts the year before"
        if rule.years_back > 5:
            yield f"{rule.years_back} years are too many", "years_back", "Use 0 to 5"


def check_send(rule: SendRule) -> Iterator[Breach]:
    """What is wrong with a rule of sending days."""
    if isinstance(rule, EachYear | LunarDay) and rule.days_before > 180:
        yield f"{rule.days_before} days before is too early", "days_before", "Use 180 or fewer"
    if isinstance(rule, LunarDay):
        if not 1 <= rule.month <= 12:
            yield f"There is no lunar month {rule.month}", "month", "Use 1 to 12"
        if not 1 <= rule.day <= 30:
            yield f"There is no lunar day {rule.day}", "day", "Use 1 to 30"
    if isinstance(rule, Season):
        if rule.start > rule.end:
            yield "The season ends before it starts", "start", "Make two campaigns when it goes over New Year"
        if rule.every_days < 1:
            yield "0 days apart would never end", "every_days", "Use 1 or more"
