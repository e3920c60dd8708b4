"""A web chat's lines, read from the inbox and the outbox, where messages are stored once and encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Connection, bindparam, case, delete, func, select, update

from core.errors import where
from core.ids import ContactId
from core.messages import Inbound, Language
from core.replies import Reply, reply_from_json
from storage import inbox as inbox_rows
from storage.outbox import EMPTY, Why
from storage.tables import BROKEN, DROPPED, MOVED, SENT, WAITING, contact, conversation, inbox, outbox
from storage.vault import Vault

log = structlog.get_logger()

CLOSED = "closed"
"""The `error` of messages that waited for a chat that its person closed."""
_NOT_SHOWN = (DROPPED, MOVED, BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line. `row_id` is its id in the inbox or the outbox; exactly one of `heard` and `reply` is set.

    `replaces` is the outbox id of the line that this one edits in place."""

    row_id: int
    at: datetime
    heard: Inbound | None = None
    reply: Reply | None = None
    language: Language = Language.VI
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that had reached a chat. `asked_for`: it answered what the chat had just said."""

    reply: Reply
    sent_at: datetime
    asked_for: bool


_SHOWN: Final = (
    select(outbox.c.id, outbox.c.sealed_reply, outbox.c.sent_at, outbox.c.why)
    .where(
        outbox.c.contact_id == bindparam("chat"),
        outbox.c.state == SENT,
        outbox.c.sent_at <= bindparam("until"),
        outbox.c.sent_at >= bindparam("since"),
        outbox.c.sealed_reply != EMPTY,
    )
    .order_by(outbox.c.sent_at.desc(), outbox.c.id.desc())
    .limit(bindparam("most"))
)


def shown(
    db: Connection, vault: Vault, contact_id: ContactId, *, since: datetime, until: datetime, most: int
) -> Iterator[Shown]:
    """The messages that had reached a chat in a period, the newest first, without those that this version cannot
    parse."""
    for row in db.execute(_SHOWN, {"chat": contact_id, "since": since, "until": until, "most": most}):
        reply = _readable(vault, row.id, row.sealed_reply)
        if reply is not None:
            yield Shown(reply, row.sent_at, row.why == Why.REPLY.value)


def said(
    db: Connection, vault: Vault, contact_id: int, *, after_in: int, after_out: int, since: datetime, most: int = 200
) -> list[Said]:
    """The lines of a chat after two cursors and not before `since`, in the order of time. Lines that this version
    cannot parse are left out, so that the rest of the page still works."""
    lines = [
        Said(row_id=row.id, at=row.received_at, heard=inbox_rows.inbound_from_json(vault.open_json(row.sealed_message)))
        for row in db.execute(
            select(inbox.c.id, inbox.c.received_at, inbox.c.sealed_message)
            .where(inbox.c.contact_id == contact_id, inbox.c.id > after_in, inbox.c.received_at >= since)
            .where(inbox.c.sealed_message.is_not(None))
            .order_by(inbox.c.id.desc())
            .limit(most)
        )
    ]
    rows = db.execute(
        select(outbox.c.id, outbox.c.created_at, outbox.c.sealed_reply, outbox.c.slot, outbox.c.language)
        .where(outbox.c.contact_id == contact_id, outbox.c.id > after_out, outbox.c.created_at >= since)
        .where(outbox.c.sealed_reply != EMPTY, outbox.c.state.not_in(_NOT_SHOWN))
        .order_by(outbox.c.id.desc())
        .limit(most)
    ).all()
    for row in rows:
        reply = _readable(vault, row.id, row.sealed_reply)
        if reply is None:
            continue
        edits = bool(row.slot) and not reply.fresh
        replaces = _first_of_slot(db, vault, contact_id, row.slot, row.id) if edits else 0
        lines.append(
            Said(row_id=row.id, at=row.created_at, reply=reply, language=Language(row.language), replaces=replaces)
        )
    # The answers of a transaction come after the message that they answer.
    return sorted(lines, key=lambda line: (line.at, line.heard is None, line.row_id))


def forget(db: Connection, contact_id: int) -> None:
    """Erase a chat's words after the person closed it (tips stay with the police), and send nothing more."""
    db.execute(update(inbox).where(inbox.c.contact_id == contact_id).values(sealed_message=None))
    to_send = outbox.c.state.in_((WAITING, BROKEN))
    ends = {
        "state": case((to_send, DROPPED), else_=outbox.c.state),
        "error": case((to_send, CLOSED), else_=outbox.c.error),
    }
    db.execute(update(outbox).where(outbox.c.contact_id == contact_id).values(sealed_reply=EMPTY, **ends))
    db.execute(delete(conversation).where(conversation.c.contact_id == contact_id))
    db.execute(update(contact).where(contact.c.id == contact_id).values(reachable=False))


def newest(db: Connection, contact_id: int) -> tuple[int, int]:
    """The two cursors after the last line."""
    heard = db.execute(select(func.max(inbox.c.id)).where(inbox.c.contact_id == contact_id)).scalar() or 0
    told = db.execute(select(func.max(outbox.c.id)).where(outbox.c.contact_id == contact_id)).scalar() or 0
    return heard, told


def was_shown(db: Connection, vault: Vault, contact_id: int, attachment: int) -> bool:
    """Whether an attachment was sent to this chat."""
    rows = db.execute(
        select(outbox.c.sealed_reply)
        .where(outbox.c.contact_id == contact_id, outbox.c.sealed_reply != EMPTY)
        .order_by(outbox.c.id.desc())
        .limit(1000)
    )
    return any(attachment in vault.open_json(row.sealed_reply).get("attachments", ()) for row in rows)


def _first_of_slot(db: Connection, vault: Vault, contact_id: int, slot: str, before: int) -> int:
    """The latest line in this slot: the one on the screen that is to be replaced."""
    earlier = db.execute(
        select(outbox.c.id, outbox.c.sealed_reply)
        .where(outbox.c.contact_id == contact_id, outbox.c.slot == slot, outbox.c.id < before)
        .order_by(outbox.c.id.desc())
    )
    first = 0
    for row in earlier:
        first = row.id
        if row.sealed_reply != EMPTY and vault.open_json(row.sealed_reply).get("fresh"):
            break
    return first


def _readable(vault: Vault, outbox_id: int, sealed: bytes) -> Reply | None:
    """A decrypted reply; None for one that this version cannot parse, so that the rest of a chat still works."""
    try:
        return reply_from_json(vault.open_json(sealed))
    except (ValueError, KeyError, TypeError) as error:
        log.error("line_not_readable", outbox=outbox_id, error=type(error).__name__, where=where(error))
        return None
