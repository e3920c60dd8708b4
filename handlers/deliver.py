"""What the courier asks of the data, and tells it: what waits, what went, what never will."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, null, or_, select, update

from core.access import PROVINCE_LEVEL, SYSTEM, Role
from core.case import Change
from core.ids import CaseId, ContactId
from core.messages import Channel, ChatId, Language
from core.replies import Reply, Words
from core.states import Action
from core.vietnam import VIETNAM
from handlers import alert
from handlers import cases as door
from handlers.work import AppContext, Work
from storage import cases, contacts, linked_contacts, media, reroute
from storage.columns import UtcTime
from storage.jobs import touch
from storage.outbox import Lane, Why
from storage.quick import ask, change
from storage.tables import OVERTAKEN, SENT, WAITING, contact, conversation, lease, outbox, sending_count, slot
from storage.upsert import insert_if_new, insert_row
from storage.vault import Vault

log = structlog.get_logger()

LOOKED_AT = 300
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
_OPEN = (
    select(
        outbox.c.id,
        outbox.c.contact_id,
        outbox.c.lane,
        outbox.c.reason,
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
    .where(outbox.c.id == bindparam("number"), outbox.c.state == WAITING, outbox.c.ready_at <= _NOW)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(state=SENT, sent_at=_NOW, tries=outbox.c.tries + 1, error=null())
)
_OVERTAKEN = (
    update(outbox)
    .where(
        outbox.c.contact_id == bindparam("chat"),
        outbox.c.slot == bindparam("same"),
        outbox.c.state == WAITING,
        outbox.c.id < bindparam("number"),
    )
    .values(state=OVERTAKEN)
)
_FORGET_SLOT = slot.delete().where(slot.c.contact_id == bindparam("chat"), slot.c.slot == bindparam("same"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is due, still sealed."""

    id: int
    contact_id: ContactId
    lane: int
    slot: str
    is_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way. `handle` is the platform's message in the same slot, "" when there is none."""

    id: int
    contact_id: ContactId
    chat: ChatId
    lane: Lane
    reason: str
    slot: str
    reply: dict[str, Any]
    language: Language
    handle: str
    tries: int
    created_at: datetime
    is_group: bool = False
    last_heard: datetime | None = None
    """When the person last wrote to us there."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file to send along."""

    kind: str
    file: str
    mime: str
    name: str


def hold(
    db: Connection,
    account: str,
    holder: str,
    now: datetime,
    until: datetime,
    is_gone: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Take or renew the lease of a sending account. False while another process holds it, unless `is_gone` sees that
    this one is dead."""
    made = insert_if_new(db, lease, {"account": account, "holder": holder, "until": until})
    if made is not None:
        return True
    result = db.execute(
        update(lease)
        .where(lease.c.account == account, or_(lease.c.holder == holder, lease.c.until < now))
        .values(holder=holder, until=until)
    )
    if result.rowcount == 1:
        return True
    other = db.execute(select(lease.c.holder).where(lease.c.account == account)).scalar()
    if other is None or not is_gone(other):
        return False
    taken = update(lease).where(lease.c.account == account, lease.c.holder == other)
    return db.execute(taken.values(holder=holder, until=until)).rowcount == 1


def release(db: Connection, holder: str) -> None:
    """Give all leases back, so that another process need not wait for their end."""
    db.execute(lease.delete().where(lease.c.holder == holder))


def waiting(db: Connection, channel: str, now: datetime) -> list[Waiting]:
    """What is due on a channel, the urgent first: the first `LOOKED_AT` of it. Nothing is opened yet."""
    return [Waiting(*row) for row in ask(db, _WAITING, {"on": channel, "now": now})]


def open_deliveries(db: Connection, vault: Vault, numbers: Sequence[int], now: datetime) -> list[Delivery]:
    """Some of them, opened, as they now stand; without those that do not wait any more, or not yet again."""
    return [_delivery(vault, row) for number in numbers for row in ask(db, _OPEN, {"number": number, "now": now})]


def sent(db: Connection, vault: Vault, delivery: Delivery, handle: str, now: datetime) -> None:
    """A platform has it. Older cards of the same slot that still wait are overtaken: the newest says it all."""
    change(db, _SENT, {"number": delivery.id, "now": now})
    if delivery.slot:
        where = {"chat": delivery.contact_id, "same": delivery.slot}
        change(db, _OVERTAKEN, {**where, "number": delivery.id})
        if handle and handle != delivery.handle:
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


def put_off(db: Connection, delivery: Delivery, until: datetime, error: str) -> None:
    """Try again at `until`."""
    db.execute(
        update(outbox)
        .where(outbox.c.id == delivery.id)
        .values(tries=outbox.c.tries + 1, ready_at=until, error=error[:80])
    )


def moved(db: Connection, vault: Vault, delivery: Delivery, to: ChatId) -> None:
    """The chat has another address: write it down; the row still waits and goes there."""
    known = contacts.by_id(db, delivery.contact_id)
    contacts.readdress(db, vault, delivery.contact_id, Channel(known.channel), to)
    touch(db, "outbox")


def dropped(db: Connection, context: AppContext, delivery: Delivery, error: str, now: datetime, *, gone: bool) -> None:
    """It will never be delivered here: the person's next chat gets it, when he has one. `gone`: nothing can be
    delivered to this chat any more; a police chat without another then hands its cases on."""
    moved_on = delivery.lane != Lane.PRESS and reroute.move(db, delivery.id, now)
    if not moved_on:
        reroute.give_up(db, delivery.id, error)
    if gone:
        contacts.set_reachable(db, delivery.contact_id, reachable=False)
        linked_contacts.lost(db, delivery.contact_id)
        reroute.move_all_of(db, delivery.contact_id, now)
    if not moved_on and delivery.reason.startswith("case:") and ":card:" in delivery.reason:
        _fail_over(Work(db=db, context=context, now=now), CaseId(int(delivery.reason.split(":")[1])))


def counted(db: Connection, account: str, now: datetime) -> int:
    """How many messages an account has sent in this month (Vietnamese time)."""
    where = (sending_count.c.account == account) & (sending_count.c.month == _month(now))
    return int(db.execute(select(sending_count.c.used).where(where)).scalar_one_or_none() or 0)


def count(db: Connection, account: str, now: datetime, many: int) -> int:
    """So many more messages of this month; how many that makes."""
    if insert_if_new(db, sending_count, {"account": account, "month": _month(now), "used": many}) is not None:
        return many
    where = (sending_count.c.account == account) & (sending_count.c.month == _month(now))
    raised = update(sending_count).where(where).values(used=sending_count.c.used + many)
    return int(db.execute(raised.returning(sending_count.c.used)).scalar_one())


def tell_operators(work: Work, words: Words, channel: str, reason: str) -> int:
    """Tell the operators, but not through the channel that it is about; how many could be told."""
    told = [to for to in cases.operators(work.db) if to.channel != channel]
    for to in told:
        work.tell(to, Reply(lines=(words,)), reason=reason, lane=Lane.ALERT, why=Why.ALARM)
    return len(told)


def stored_files(db: Connection, numbers: Sequence[int]) -> tuple[StoredFile, ...]:
    """The stored files of some attachments."""
    return tuple(
        StoredFile(row.kind, row.file, row.mime or "application/octet-stream", f"{row.kind}-{row.id}")
        for row in media.rows_of(db, numbers)
    )


def _fail_over(work: Work, case_id: CaseId) -> None:
    """A card found no reader: if nobody else has it, the commander and the province get it now."""
    case = cases.by_id(work.db, case_id, hold=True)
    if case is None or not case.waits_for_taker or alert.have_card(work, case):
        return
    log.error("police_chat_gone", case=case_id, unit=case.unit)
    next_ones = cases.police_of(work.db, case.unit, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
    if not next_ones:
        level = max(case.level, PROVINCE_LEVEL)
        case = door.apply(work, SYSTEM, case, Action.ESCALATE, Change(level=level), quiet=True)
        next_ones = cases.police_of(work.db, case.province, Role.OFFICER, Role.COMMANDER, Role.UNIT_CHAT)
    alert.send_card(work, case, next_ones)


def _month(now: datetime) -> str:
    return f"{now.astimezone(VIETNAM):%Y-%m}"


def _delivery(vault: Vault, row: Any) -> Delivery:
    return Delivery(
        id=row.id,
        contact_id=ContactId(row.contact_id),
        chat=ChatId(vault.open(row.sealed_address)),
        lane=Lane(row.lane),
        reason=row.reason,
        slot=row.slot,
        reply=vault.open_json(row.sealed_reply),
        language=Language(row.language),
        handle=vault.open(row.sealed_handle) if row.sealed_handle else "",
        tries=row.tries,
        created_at=row.created_at,
        is_group=row.is_group,
        last_heard=row.wrote_at,
    )
