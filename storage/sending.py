"""What the courier asks of the outbox, and writes down: what is due, what went, what goes again, what broke us."""

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
"""Messages that one look finds."""
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
    """A message that is due. `lane` is the number of a `Lane`; `slot` is "" for a message that is never edited."""

    id: OutboxId
    contact_id: ContactId
    lane: int
    slot: str
    is_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way, still sealed: one that cannot be opened must not hold up those taken with it.

    `sealed_handle` is the platform's message that stands in the same slot, None when there is none. `last_heard` is
    when the person last wrote to us in this chat. Times are aware."""

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
    """What a delivery holds. `handle` is the platform's message to edit, "" when there is none."""

    chat: ChatId
    reply: Reply
    language: Language
    handle: str


def waiting(db: Connection, channel: str, now: datetime) -> list[Waiting]:
    """What is due on a channel, the urgent first: the first `LOOKED_AT` of it."""
    return [Waiting(*row) for row in ask(db, _WAITING, {"on": channel, "now": now})]


def still_waiting(db: Connection, ids: Sequence[OutboxId], now: datetime) -> list[Delivery]:
    """Some of them, as they now stand; without those that do not wait any more, or not yet again."""
    return [_delivery(row) for one in ids for row in ask(db, _BY_ID, {"row_id": one, "now": now})]


def opened(vault: Vault, delivery: Delivery) -> OpenedDelivery:
    """Open a delivery. Raises `WrongKey`, or `ValueError` and its like for words that this version does not know."""
    return OpenedDelivery(
        chat=ChatId(vault.open(delivery.sealed_address)),
        reply=reply_from_json(vault.open_json(delivery.sealed_reply)),
        language=Language(delivery.language),
        handle=vault.open(delivery.sealed_handle) if delivery.sealed_handle else "",
    )


def sent(db: Connection, vault: Vault, delivery: Delivery, now: datetime, *, before: str, handle: str) -> None:
    """A platform has it under `handle`; `before` is the handle that stood in its slot until now.

    Older messages of the same slot that wait, or are set aside, are overtaken: the newest says it all."""
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
    """Send it not before `until`; `error` says why it did not go now."""
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
