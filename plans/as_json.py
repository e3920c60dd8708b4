"""A plan as plain JSON values, for programs: every field by its own name, with what comes next beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from core.calendar import next_occurrence, next_send, vietnamese_day
from core.plan import Plan
from core.plan_dates import MonthDay


def plan_json(plan: Plan, now: datetime) -> dict[str, Any]:
    """A plan's values. Spans are seconds, dates ISO 8601, days of the year `MM-DD`, targets numbers (0.75 for 75 %).

    Each obligation has `next` (its next occurrence or null), each campaign `next_at` (an instant with its zone, or
    null), each indicator `value` and `met`: null, as long as nothing was measured."""
    out: dict[str, Any] = _plain(plan)
    for owed, entry in zip(plan.obligations, out["obligations"], strict=True):
        one = next_occurrence(owed, vietnamese_day(now))
        entry["next"] = None
        if one is not None:
            entry["next"] = {name: _plain(getattr(one, name)) for name in ("period_start", "period_end", "due_day")}
    for campaign, entry in zip(plan.campaigns, out["campaigns"], strict=True):
        at = next_send(campaign, now)
        entry["next_at"] = at.isoformat() if at is not None else None
    for entry in out["indicators"]:
        entry |= {"value": None, "met": None}
    return out


def _plain(value: Any) -> Any:
    match value:
        case MonthDay():
            return f"{value.month:02}-{value.day:02}"
        case Fraction():
            return value.numerator if value.denominator == 1 else float(value)
        case timedelta():
            return int(value.total_seconds())
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case tuple():
            return [_plain(inner) for inner in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        rule = getattr(value, "RULE", None)
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"rule": rule, **fields} if rule else fields
    return value
