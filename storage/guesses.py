"""Wrong receipt codes, counted per person, so that nobody finds one by trying."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage.tables import wrong_code


def note(db: Connection, contact_id: int, now: datetime) -> None:
    """One more wrong code."""
    db.execute(insert(wrong_code).values(contact_id=contact_id, at=now))


def wrong(db: Connection, contact_id: int, since: datetime) -> int:
    """How many wrong codes somebody has tried since then."""
    count: int = db.execute(
        select(func.count()).where(wrong_code.c.contact_id == contact_id, wrong_code.c.at >= since)
    ).scalar_one()
    return count


def forget_before(db: Connection, at: datetime) -> None:
    """Old guesses do not matter."""
    db.execute(delete(wrong_code).where(wrong_code.c.at < at))
