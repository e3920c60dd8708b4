"""Timers. A timer is a row with a unique reason, so that it is run once however many processes look for due timers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update

from core.access import Role
from core.ids import TimerId
from core.plan import CatchUp
from storage.jobs import touch
from storage.quick import change
from storage.tables import timer
from storage.upsert import insert_if_new


class TimerKind(StrEnum):
    """The kind of a timer; `scheduler` maps each kind to its use case."""

    TAKE = "take"
    ANSWER = "answer"
    REMIND = "remind"
    CAMPAIGN = "campaign"
    QUESTION = "question"
    LIKENESS = "likeness"
    """The comparison of cases, which can wait and never delays other timers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A timer that is being run. `subject` is the id of the object that it is about.

    `routed` and `level` are the case's values when the timer was set; it is void once they have changed. `times` counts
    reminders about one object, `to` are the roles to remind, `late` says whether to catch up after a pause."""

    id: TimerId
    kind: TimerKind
    subject: int
    reason: str
    due_at: datetime
    routed: int = 0
    level: int = 0
    times: int = 0
    to: tuple[Role, ...] = ()
    late: CatchUp = CatchUp.SEND


_DROP_ALL = (
    update(timer)
    .where(timer.c.kind == bindparam("of_kind"), timer.c.subject == bindparam("of"), timer.c.done_at.is_(None))
    .values(done_at=bindparam("at"), result="dropped")
)


def schedule(
    db: Connection,
    *,
    kind: TimerKind,
    subject: int,
    reason: str,
    due_at: datetime,
    routed: int = 0,
    level: int = 0,
    times: int = 0,
    to: Sequence[Role] = (),
    late: CatchUp = CatchUp.SEND,
) -> None:
    """Insert a timer unless there is one with this reason."""
    detail = {"routed": routed, "level": level, "times": times, "to": [role.value for role in to], "late": late.value}
    values = {"kind": kind.value, "subject": subject, "reason": reason, "due_at": due_at, "detail": detail}
    if insert_if_new(db, timer, values) is not None:
        touch(db, "timers")


def due(db: Connection, now: datetime, most: int, *, at_leisure: bool = False) -> Sequence[TimerId]:
    """The ids of timers that are due and not done, the earliest first: either those that cannot wait, or the others.

    A timer that made our code raise is due again at its `retry_at`, so that it does not delay the others."""
    rows = db.execute(
        select(timer.c.id)
        .where(timer.c.done_at.is_(None), timer.c.due_at <= now, may_be_tried(now), _leisure(at_leisure))
        .order_by(timer.c.due_at, timer.c.id)
        .limit(most)
    )
    return [TimerId(row.id) for row in rows]


def claim(db: Connection, timer_id: TimerId, now: datetime) -> Timer | None:
    """Claim a timer in order to run it in this transaction; None when another process has claimed it."""
    row = db.execute(
        update(timer)
        .where(timer.c.id == timer_id, timer.c.done_at.is_(None), may_be_tried(now))
        .values(done_at=now)
        .returning(*timer.c)
    ).one_or_none()
    return _timer(row) if row is not None else None


def next_of(db: Connection, kind: TimerKind) -> datetime | None:
    """The time (aware) at which the next timer of a kind is due; None when there is none."""
    left = timer.c.done_at.is_(None) & (timer.c.kind == kind.value)
    at: datetime | None = db.execute(select(func.min(timer.c.due_at)).where(left)).scalar()
    return at


def next_due(db: Connection, *, at_leisure: bool = False) -> datetime | None:
    """The time (aware) at which the next timer is due or tried again, of those that cannot wait or of the others; None
    when there is none."""
    left = timer.c.done_at.is_(None) & _leisure(at_leisure)
    # Two queries, because each has an index of its own.
    first = db.execute(select(func.min(timer.c.due_at)).where(left, timer.c.retry_at.is_(None))).scalar()
    again = db.execute(select(func.min(timer.c.retry_at)).where(left, timer.c.retry_at.is_not(None))).scalar()
    return min((at for at in (first, again) if at is not None), default=None)


def drop_all(db: Connection, kind: TimerKind, subject: int, now: datetime) -> None:
    """Cancel all timers of this kind about this object."""
    change(db, _DROP_ALL, {"of_kind": kind.value, "of": subject, "at": now})


def move(db: Connection, reason: str, due_at: datetime) -> None:
    """Change the time at which a timer is due."""
    db.execute(update(timer).where(timer.c.reason == reason, timer.c.done_at.is_(None)).values(due_at=due_at))
    touch(db, "timers")


def finish(db: Connection, timer_id: TimerId, result: str) -> None:
    """Store what the timer did."""
    db.execute(update(timer).where(timer.c.id == timer_id).values(result=result[:20]))


def overtaken(db: Connection, late: Timer, now: datetime) -> bool:
    """Whether a later timer of the same kind and subject is due too."""
    later = select(timer.c.id).where(
        timer.c.kind == late.kind.value,
        timer.c.subject == late.subject,
        timer.c.done_at.is_(None),
        timer.c.due_at > late.due_at,
        timer.c.due_at <= now,
    )
    return db.execute(later.limit(1)).first() is not None


def may_be_tried(now: datetime) -> ColumnElement[bool]:
    """The condition on a timer that it is not set aside at `now`."""
    return or_(timer.c.retry_at.is_(None), timer.c.retry_at <= now)


def _leisure(at_leisure: bool) -> ColumnElement[bool]:
    return timer.c.kind == TimerKind.LIKENESS.value if at_leisure else timer.c.kind != TimerKind.LIKENESS.value


def _timer(row: Any) -> Timer:
    detail = row.detail or {}
    return Timer(
        id=TimerId(row.id),
        kind=TimerKind(row.kind),
        subject=row.subject,
        reason=row.reason,
        due_at=row.due_at,
        routed=int(detail.get("routed", 0)),
        level=int(detail.get("level", 0)),
        times=int(detail.get("times", 0)),
        to=tuple(Role(role) for role in detail.get("to", ())),
        late=CatchUp(detail.get("late") or CatchUp.SEND.value),
    )
