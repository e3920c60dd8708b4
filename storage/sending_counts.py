"""Count the messages that an account sends in each month of Vietnamese time, because some platforms sell messages by
the month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from core.vietnam import VIETNAM
from storage.tables import sending_count
from storage.upsert import insert_if_new


def counted(db: Connection, account: str, now: datetime) -> int:
    """The number of messages that an account has sent in the month of `now`."""
    where = (sending_count.c.account == account) & (sending_count.c.month == _month(now))
    return int(db.execute(select(sending_count.c.used).where(where)).scalar_one_or_none() or 0)


def count(db: Connection, account: str, now: datetime, many: int) -> int:
    """Add `many` messages to the month of `now`; returns the new total."""
    if insert_if_new(db, sending_count, {"account": account, "month": _month(now), "used": many}) is not None:
        return many
    where = (sending_count.c.account == account) & (sending_count.c.month == _month(now))
    raised = update(sending_count).where(where).values(used=sending_count.c.used + many)
    return int(db.execute(raised.returning(sending_count.c.used)).scalar_one())


def _month(now: datetime) -> str:
    return f"{now.astimezone(VIETNAM):%Y-%m}"
