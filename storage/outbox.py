"""The outbox: the only way out. A row is unique by (reason, contact), so a thing is told once, however many try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from core.messages import Language
from core.replies import Reply, reply_to_json
from storage.jobs import touch
from storage.tables import WAITING, outbox
from storage.upsert import insert_if_new
from storage.vault import Vault

EMPTY = b""


class Lane(IntEnum):
    """What goes first when a platform makes us wait."""

    EMERGENCY = 0
    PRESS = 1
    ALERT = 2
    ANSWER = 3
    REMINDER = 5
    BROADCAST = 9


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: a contact, its channel and its language."""

    id: int
    channel: str
    language: Language


def put(
    db: Connection, vault: Vault, to: Recipient, reply: Reply, *, reason: str, lane: Lane, now: datetime
) -> int | None:
    """Put a message into the outbox. None when it was there before."""
    return put_sealed(db, to, vault.seal_json(reply_to_json(reply)), reason=reason, lane=lane, now=now, slot=reply.slot)


def put_sealed(
    db: Connection, to: Recipient, sealed: bytes, *, reason: str, lane: Lane, now: datetime, slot: str = ""
) -> int | None:
    """The same, for words that many receive and that were encrypted once."""
    made: int | None = insert_if_new(
        db,
        outbox,
        {
            "reason": reason,
            "contact_id": to.id,
            "channel": to.channel,
            "lane": int(lane),
            "state": 0,
            "sealed_reply": sealed,
            "slot": slot,
            "language": to.language.value,
            "created_at": now,
            "ready_at": now,
            "tries": 0,
        },
    )
    if made is not None:
        touch(db, "outbox")
        touch(db, f"said:{to.id}")
    return made


def recipient(row: Any) -> Recipient:
    """A recipient from a row with `id`, `channel`, `language`."""
    return Recipient(row.id, row.channel, Language(row.language))


def waiting(db: Connection, now: datetime) -> dict[str, int]:
    """How many messages are due and not sent yet, by channel."""
    due = (outbox.c.state == WAITING) & (outbox.c.ready_at <= now)
    counted = db.execute(select(outbox.c.channel, func.count()).where(due).group_by(outbox.c.channel)).all()
    return {row[0]: row[1] for row in counted}


def forget_before(db: Connection, at: datetime) -> int:
    """Empty the words of what was sent before then; the reasons stay, so that nothing is told twice."""
    result = db.execute(
        update(outbox)
        .where(outbox.c.created_at < at, outbox.c.state != WAITING, outbox.c.sealed_reply != EMPTY)
        .values(sealed_reply=EMPTY)
    )
    return result.rowcount
