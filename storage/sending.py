"""The courier's queries on the outbox: what is due, what was sent, what is to be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, null, or_, select, update

from core.ids import ContactId, OutboxId
from core.messages import ChatId, Language
from core.replies import Reply, reply_from_json
from storage.columns import UtcTime
from storage.jobs import touch
from storage.quick import ask, change
from storage.tables import BROKEN, OVERTAKEN, SENT, WAITING, contact, conversation, outbox, slot
from storage.upsert import insert_row
from storage.vault import Vault

LOOKED_AT: Final = 300
"""Messages that one query returns at most."""
_NOW = bindparam("now", type_=UtcTime)
_WAITING = (
    select(outbox.c.id, outbox.c.contact_id, outbox.c.lane, outbox.c.slot, contact.c.is_group)
    .join(contact, outbox.c.contact_id == contact.c.id)
    .where(
        outbox.c.channel == bindparam("on"),
        outbox.c.state == WAITING,
        outbox.c.ready_at <= _NOW,
    )
    .order_by(outbox.c.lane, outbox.c.id)
    .limit(LOOKED_AT)
)
_BY_ID = (
    select(
        outbox.c.id,
        outbox.c.contact_id,
        outbox.c.lane,
        outbox.c.slot,
        outbox.c.sealed_reply,
        outbox.c.language,
        outbox.c.tries,
        outbox.c.created_at,
        contact.c.sealed_address,
        contact.c.is_group,
        conversation.c.wrote_at,
        slot.c.sealed_handle,
    )
    .select_from(
        outbox.join(contact, outbox.c.contact_id == contact.c.id)
        .outerjoin(slot, (slot.c.contact_id == outbox.c.contact_id) & (slot.c.slot == outbox.c.slot))
        .outerjoin(conversation, conversation.c.contact_id == outbox.c.contact_id)
    )
    .where(outbox.c.id == bindparam("row_id"), outbox.c.state == WAITING, outbox.c.ready_at <= _NOW)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state=SENT, sent_at=_NOW, tries=outbox.c.tries + 1, error=null())
)
_OVERTAKEN = (
    update(outbox)
    .where(
        outbox.c.contact_id == bindparam("chat"),
        outbox.c.slot == bindparam("same"),
        or_(outbox.c.state == WAITING, outbox.c.state == BROKEN),
        outbox.c.id < bindparam("row_id"),
    )
    .values(state=OVERTAKEN)
)
_FORGET_SLOT = slot.delete().where(slot.c.contact_id == bindparam("chat"), slot.c.slot == bindparam("same"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is due. `lane` is the value of a `Lane`; `slot` is "" for a message that is never edited."""

    id: OutboxId
    contact_id: ContactId
    lane: int
    slot: str
    is_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to deliver, still encrypted: one that cannot be decrypted must not hold up the others of its batch.

    `sealed_handle` is the platform's handle of the message in the same slot, None when there is none. `last_heard` is
    when the person last wrote in this chat. Times are aware."""

    id: OutboxId
    contact_id: ContactId
    lane: int
    slot: str
    sealed_address: bytes
    sealed_reply: bytes
    sealed_handle: bytes | None
    language: str
    tries: int
    created_at: datetime
    is_group: bool = False
    last_heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenedDelivery:
    """A decrypted delivery. `handle` is the platform's message to edit, "" when there is none."""

    chat: ChatId
    reply: Reply
    language: Language
    handle: str


def waiting(db: Connection, channel: str, now: datetime) -> list[Waiting]:
    """The messages that are due on a channel, the urgent first, at most `LOOKED_AT`."""
    return [Waiting(*row) for row in ask(db, _WAITING, {"on": channel, "now": now})]


def still_waiting(db: Connection, ids: Sequence[OutboxId], now: datetime) -> list[Delivery]:
    """Those of the messages `ids` that still wait and are due now, with their present content."""
    return [_delivery(row) for one in ids for row in ask(db, _BY_ID, {"row_id": one, "now": now})]


def opened(vault: Vault, delivery: Delivery) -> OpenedDelivery:
    """Decrypt a delivery. Raises `WrongKey`, or `ValueError` and the like for words that this version does not know."""
    return OpenedDelivery(
        chat=ChatId(vault.open(delivery.sealed_address)),
        reply=reply_from_json(vault.open_json(delivery.sealed_reply)),
        language=Language(delivery.language),
        handle=vault.open(delivery.sealed_handle) if delivery.sealed_handle else "",
    )


def sent(db: Connection, vault: Vault, delivery: Delivery, now: datetime, *, before: str, handle: str) -> None:
    """Record that the platform has the message under `handle`; `before` is the previous handle of its slot.

    Older messages of the same slot that wait or are set aside become overtaken, because the newest replaces them."""
    change(db, _SENT, {"row_id": delivery.id, "now": now})
    if delivery.slot:
        where = {"chat": delivery.contact_id, "same": delivery.slot}
        change(db, _OVERTAKEN, {**where, "row_id": delivery.id})
        if handle and handle != before:
            change(db, _FORGET_SLOT, where)
            insert_row(
                db,
                slot,
                {
                    "contact_id": delivery.contact_id,
                    "slot": delivery.slot,
                    "sealed_handle": vault.seal(handle),
                    "outbox_id": delivery.id,
                },
            )
    touch(db, f"said:{delivery.contact_id}")


def put_off(db: Connection, outbox_id: OutboxId, until: datetime, error: str) -> None:
    """Try a message again at `until` (aware); `error` says why it was not sent now."""
    db.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id)
        .values(tries=outbox.c.tries + 1, ready_at=until, error=error[:80])
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=OutboxId(row.id),
        contact_id=ContactId(row.contact_id),
        lane=row.lane,
        slot=row.slot,
        sealed_address=row.sealed_address,
        sealed_reply=row.sealed_reply,
        sealed_handle=row.sealed_handle,
        language=row.language,
        tries=row.tries,
        created_at=row.created_at,
        is_group=row.is_group,
        last_heard=row.wrote_at,
    )
