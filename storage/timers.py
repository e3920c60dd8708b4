"""What will be due. A row with a unique reason, so that it is done once however many processes look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update

from storage.jobs import touch
from storage.tables import timer
from storage.upsert import insert_if_new

LEISURE = "likeness"
"""The kind of timer that never holds up the others: comparing cases helps, but nobody waits for it."""


def set(
    db: Connection, *, kind: str, subject: int, reason: str, due_at: datetime, detail: dict[str, Any] | None = None
) -> None:
    """Set a timer unless one with this reason was set before."""
    values = {"kind": kind, "subject": subject, "reason": reason, "due_at": due_at, "detail": detail}
    if insert_if_new(db, timer, values) is not None:
        touch(db, "timers")


def due(db: Connection, now: datetime, most: int, *, at_leisure: bool = False) -> Sequence[int]:
    """The numbers of timers that are due and not done, the earliest first: those that cannot wait, or the others."""
    return (
        db.execute(
            select(timer.c.id)
            .where(timer.c.done_at.is_(None), timer.c.due_at <= now, _leisure(at_leisure))
            .order_by(timer.c.due_at, timer.c.id)
            .limit(most)
        )
        .scalars()
        .all()
    )


def claim(db: Connection, timer_id: int, now: datetime) -> Any | None:
    """Take a timer to do it now; None when another process was quicker. The claim lasts with the transaction."""
    return db.execute(
        update(timer).where(timer.c.id == timer_id, timer.c.done_at.is_(None)).values(done_at=now).returning(*timer.c)
    ).one_or_none()


def next_due(db: Connection, *, at_leisure: bool = False) -> datetime | None:
    """When the next timer is due, of those that cannot wait, or of the others."""
    left = timer.c.done_at.is_(None) & _leisure(at_leisure)
    at: datetime | None = db.execute(select(func.min(timer.c.due_at)).where(left)).scalar()
    return at


def drop(db: Connection, reason: str, now: datetime) -> None:
    """A timer is not needed any more."""
    db.execute(
        update(timer).where(timer.c.reason == reason, timer.c.done_at.is_(None)).values(done_at=now, result="dropped")
    )


def finish(db: Connection, timer_id: int, result: str) -> None:
    """What the timer did."""
    db.execute(update(timer).where(timer.c.id == timer_id).values(result=result[:20]))


def overtaken(db: Connection, late: Any, now: datetime) -> bool:
    """Whether a later timer of the same kind and subject is due as well."""
    later = select(timer.c.id).where(
        timer.c.kind == late.kind,
        timer.c.subject == late.subject,
        timer.c.done_at.is_(None),
        timer.c.due_at > late.due_at,
        timer.c.due_at <= now,
    )
    return db.execute(later.limit(1)).first() is not None


def _leisure(at_leisure: bool) -> ColumnElement[bool]:
    return timer.c.kind == LEISURE if at_leisure else timer.c.kind != LEISURE
