"""What became of awareness messages."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.tables import campaign


def state(db: Connection, number: int) -> tuple[str, int]:
    """(state, how many chats it was queued for)."""
    row = db.execute(select(campaign.c.state, campaign.c.queued).where(campaign.c.id == number)).one()
    return row.state, row.queued
