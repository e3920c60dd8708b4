"""Leases, with which one process at a time uses an account, such as to send with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from storage.tables import lease
from storage.upsert import insert_if_new


def hold(
    db: Connection,
    account: str,
    owner: str,
    now: datetime,
    until: datetime,
    is_gone: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Acquire or renew the lease of an account until `until` (aware). False while another process owns it, unless
    `is_gone(owner)` says that it is dead."""
    made = insert_if_new(db, lease, {"account": account, "holder": owner, "until": until})
    if made is not None:
        return True
    result = db.execute(
        update(lease)
        .where(lease.c.account == account, or_(lease.c.holder == owner, lease.c.until < now))
        .values(holder=owner, until=until)
    )
    if result.rowcount == 1:
        return True
    other = db.execute(select(lease.c.holder).where(lease.c.account == account)).scalar()
    if other is None or not is_gone(other):
        return False
    taken = update(lease).where(lease.c.account == account, lease.c.holder == other)
    return db.execute(taken.values(holder=owner, until=until)).rowcount == 1


def release(db: Connection, owner: str) -> None:
    """Release all leases of a process, so that another process need not wait for their end."""
    db.execute(lease.delete().where(lease.c.holder == owner))
