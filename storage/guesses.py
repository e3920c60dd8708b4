"""Count the wrong codes (of receipts and of links) of each chat, so that nobody finds a code by guessing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from core.ids import ContactId
from storage.tables import wrong_code


def note(db: Connection, contact_id: ContactId, now: datetime) -> None:
    """Record that a chat sent a wrong code."""
    db.execute(insert(wrong_code).values(contact_id=contact_id, at=now))


def wrong(db: Connection, contact_id: ContactId, since: datetime) -> int:
    """How many wrong codes a chat has sent since `since`."""
    count: int = db.execute(
        select(func.count()).where(wrong_code.c.contact_id == contact_id, wrong_code.c.at >= since)
    ).scalar_one()
    return count


def forget_before(db: Connection, at: datetime) -> None:
    """Delete the records from before `at`."""
    db.execute(delete(wrong_code).where(wrong_code.c.at < at))
