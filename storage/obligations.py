"""Obligations: what a unit owes for one period, such as a report, a meeting or a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from core.calendar import Occurrence
from core.ids import ContactId, ObligationId, Unit
from storage.tables import obligation
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True, kw_only=True)
class DueObligation:
    """One obligation of one unit. Its days are in Vietnamese time and inclusive; `due_day` is the last day in time.
    `submitted_at` (aware) is when somebody reported that it is met, else None."""

    id: ObligationId
    plan: str
    key: str
    unit: Unit
    title: str
    period_start: date
    period_end: date
    due_day: date
    submitted_at: datetime | None
    submitted_by: ContactId | None


def add_if_new(db: Connection, *, plan: str, unit: Unit, title: str, occurrence: Occurrence) -> ObligationId | None:
    """Insert an obligation and return its id, or None when this plan has it already for this unit and day."""
    made: int | None = insert_if_new(
        db,
        obligation,
        {
            "plan": plan,
            "key": occurrence.key,
            "unit": unit,
            "title": title,
            "period_start": occurrence.period_start,
            "period_end": occurrence.period_end,
            "due_day": occurrence.due_day,
        },
    )
    return ObligationId(made) if made is not None else None


def by_id(db: Connection, obligation_id: ObligationId) -> DueObligation | None:
    """An obligation, or None."""
    row = db.execute(select(obligation).where(obligation.c.id == obligation_id)).one_or_none()
    if row is None:
        return None
    return DueObligation(
        id=ObligationId(row.id),
        plan=row.plan,
        key=row.key,
        unit=Unit(row.unit),
        title=row.title,
        period_start=row.period_start,
        period_end=row.period_end,
        due_day=row.due_day,
        submitted_at=row.submitted_at,
        submitted_by=ContactId(row.submitted_by) if row.submitted_by is not None else None,
    )


def submit(db: Connection, obligation_id: ObligationId, by: ContactId, now: datetime) -> None:
    """Record that an obligation is met, unless that is recorded already."""
    open_still = (obligation.c.id == obligation_id) & obligation.c.submitted_at.is_(None)
    db.execute(update(obligation).where(open_still).values(submitted_at=now, submitted_by=by))
