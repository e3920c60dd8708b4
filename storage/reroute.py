"""When a chat cannot take a message, the person's next chat gets it. Its reason goes along: nothing is told twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from core.messages import Language
from storage import linked_contacts
from storage.jobs import touch
from storage.outbox import About, Recipient, Subject, Why, put_sealed
from storage.tables import DROPPED, MOVED, WAITING, contact, outbox

AT_ONCE = 500


def move(db: Connection, outbox_id: int, now: datetime) -> bool:
    """Give a waiting message to the person's next chat that has not had it. False when there is none."""
    row = db.execute(select(outbox).where(outbox.c.id == outbox_id, outbox.c.state == WAITING)).one_or_none()
    return row is not None and _move(db, row, now)


def give_up(db: Connection, outbox_id: int, error: str) -> None:
    """It is not deliverable; `error` says why."""
    db.execute(update(outbox).where(outbox.c.id == outbox_id).values(state=DROPPED, error=error[:80]))
    touch(db, "dropped")


def move_all_of(db: Connection, contact_id: int, now: datetime) -> None:
    """A chat is gone: all that waits for it goes to the person's next chat, or is not deliverable."""
    waiting = (outbox.c.contact_id == contact_id) & (outbox.c.state == WAITING)
    for row in db.execute(select(outbox).where(waiting).order_by(outbox.c.id)).all():
        if not _move(db, row, now):
            give_up(db, row.id, "unreachable")


def move_channel(db: Connection, channel: str, now: datetime) -> int:
    """A channel stopped: what waits for people who have another way goes there; the rest waits on. How many went."""
    rows = db.execute(
        select(outbox)
        .join(contact, outbox.c.contact_id == contact.c.id)
        .where(outbox.c.channel == channel, outbox.c.state == WAITING, contact.c.person.is_not(None))
        .order_by(outbox.c.lane, outbox.c.id)
        .limit(AT_ONCE)
    ).all()
    return sum(_move(db, row, now, but=channel) for row in rows)


def _move(db: Connection, row: Any, now: datetime, *, but: str = "") -> bool:
    for to in linked_contacts.others(db, row.contact_id):
        if to.channel == but:
            continue
        there = Recipient(to.id, to.channel, Language(row.language))
        made = put_sealed(
            db,
            there,
            row.sealed_reply,
            reason=row.reason,
            lane=row.lane,
            now=now,
            slot=row.slot,
            why=Why(row.why or Why.NEWS),
            about=_about(row),
        )
        if made is not None:
            db.execute(update(outbox).where(outbox.c.id == row.id).values(state=MOVED))
            return True
    return False


def _about(row: Any) -> About | None:
    return About(Subject(row.about), row.about_id, row.about_round) if row.about else None
