"""What `tinbao doctor` counts in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from storage.inbox import BROKEN, FAILED
from storage.tables import WAITING, contact, inbox, outbox

TRIED: Final = 3
"""So often tried without success, a message counts as stuck."""


@dataclass(frozen=True, slots=True)
class Health:
    """How many messages broke a step (`failed`), could not be read (`unread`), or wait though they were tried several
    times (`stuck`); and how many chats do not take messages of ours (`shut_out`)."""

    failed: int
    unread: int
    stuck: int
    shut_out: int


def health(db: Connection) -> Health:
    """The counts as they are now."""
    rows = db.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
    heard: dict[str, int] = {row[0]: row[1] for row in rows}
    stuck = select(func.count()).where(outbox.c.state == WAITING, outbox.c.tries > TRIED)
    shut_out = select(func.count()).where(contact.c.reachable.is_(False))
    return Health(
        failed=heard.get(FAILED, 0),
        unread=heard.get(BROKEN, 0),
        stuck=db.execute(stuck).scalar_one(),
        shut_out=db.execute(shut_out).scalar_one(),
    )
