"""Messages and timers that made our own code raise. A message is set aside until an upgrade, a timer until its next
try. Neither is lost, and neither delays others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from core.ids import OutboxId, TimerId
from storage.jobs import touch
from storage.tables import BROKEN, WAITING, outbox, timer
from storage.timers import may_be_tried


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of messages and timers."""

    messages: int
    timers: int


def set_message_aside(db: Connection, outbox_id: OutboxId, error: str) -> None:
    """Set a waiting message aside. `error` names the exception and its place in the code, without anybody's words."""
    contact_id = db.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state == WAITING)
        .values(state=BROKEN, tries=outbox.c.tries + 1, error=error[:80])
        .returning(outbox.c.contact_id)
    ).scalar_one_or_none()
    if contact_id is not None:
        touch(db, f"said:{contact_id}")


def tries_of_timer(db: Connection, timer_id: TimerId) -> int:
    """How often a timer has failed before."""
    tries: int = db.execute(select(timer.c.tries).where(timer.c.id == timer_id)).scalar_one()
    return tries


def set_timer_aside(db: Connection, timer_id: TimerId, now: datetime, until: datetime, error: str) -> bool:
    """Set a timer aside until `until` (aware). False when another process has run it or set it aside."""
    result = db.execute(
        update(timer)
        .where(timer.c.id == timer_id, timer.c.done_at.is_(None), may_be_tried(now))
        .values(tries=timer.c.tries + 1, retry_at=until, error=error[:80])
    )
    return result.rowcount == 1


def counted(db: Connection) -> Counts:
    """The numbers of messages and timers that are set aside now."""
    messages = db.execute(select(func.count()).select_from(outbox).where(outbox.c.state == BROKEN)).scalar_one()
    waits = timer.c.done_at.is_(None) & timer.c.retry_at.is_not(None)
    timers = db.execute(select(func.count()).select_from(timer).where(waits)).scalar_one()
    return Counts(messages, timers)


def retry_messages(db: Connection, now: datetime) -> int:
    """Let all messages that are set aside wait for sending again. Returns how many."""
    count = db.execute(update(outbox).where(outbox.c.state == BROKEN).values(state=WAITING, ready_at=now)).rowcount
    if count:
        touch(db, "outbox")
    return count


def retry_timers(db: Connection) -> int:
    """Make all timers that are set aside due now. Returns how many."""
    waits = timer.c.done_at.is_(None) & timer.c.retry_at.is_not(None)
    count = db.execute(update(timer).where(waits).values(retry_at=None)).rowcount
    if count:
        touch(db, "timers")
    return count
