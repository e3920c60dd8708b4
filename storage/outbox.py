"""The outbox: every message to a person is a row here first. A row is unique by (reason, contact), so a message is sent
once however often it is queued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select, update

from core.ids import ContactId, OutboxId
from core.messages import Language
from core.replies import Reply, reply_to_json
from storage.jobs import touch
from storage.quick import ask
from storage.tables import BROKEN, DROPPED, OVERTAKEN, SENT, WAITING, contact, outbox
from storage.upsert import insert_if_new
from storage.vault import Vault

EMPTY = b""


class Lane(IntEnum):
    """The priority of a message when the platform's rate limit makes it wait."""

    EMERGENCY = 0
    PRESS = 1
    ALERT = 2
    ANSWER = 3
    REMINDER = 5
    BROADCAST = 9


class Why(StrEnum):
    """The kind of a message, which decides what happens when it cannot be delivered."""

    REPLY = "reply"
    """The answer to what this chat has just said or pressed."""
    CARD = "card"
    """An object is shown to those who must act on it. Somebody must read it."""
    UPDATE = "news"
    """A change, for those who have the card."""
    STEP = "step"
    """A step of the reporter's own case."""
    REMINDER = "reminder"
    AWARENESS = "awareness"
    ALARM = "alarm"
    """Trouble with the system, for its operators."""


class Subject(StrEnum):
    """The kind of object that a message is about."""

    CASE = "case"
    TIP = "tip"
    QUESTION = "question"
    OBLIGATION = "obligation"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class About:
    """The object that a message is about. `round` counts how often it was sent to a new set of readers (a case's
    `routed`)."""

    subject: Subject
    id: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient: a contact, its channel and its language."""

    id: ContactId
    channel: str
    language: Language


_HAVE_CARD = (
    select(contact.c.id, contact.c.channel, contact.c.language)
    .join(outbox, outbox.c.contact_id == contact.c.id)
    .where(
        outbox.c.why == Why.CARD.value,
        outbox.c.about == bindparam("subject"),
        outbox.c.about_id == bindparam("row_id"),
        outbox.c.about_round == bindparam("now_round"),
        or_(outbox.c.state == WAITING, outbox.c.state == SENT, outbox.c.state == OVERTAKEN),
        contact.c.reachable,
    )
    .order_by(contact.c.id)
)


def put(
    db: Connection,
    vault: Vault,
    to: Recipient,
    reply: Reply,
    *,
    reason: str,
    lane: Lane,
    now: datetime,
    why: Why,
    about: About | None = None,
) -> OutboxId | None:
    """Queue a message and return its id, or None when the chat has a message with this reason already.

    `reason` is an opaque idempotency key; what the message is about is stored in `about` and `why`."""
    sealed = vault.seal_json(reply_to_json(reply))
    return put_sealed(db, to, sealed, reason=reason, lane=lane, now=now, slot=reply.slot, why=why, about=about)


def put_sealed(
    db: Connection,
    to: Recipient,
    sealed: bytes,
    *,
    reason: str,
    lane: Lane,
    now: datetime,
    why: Why,
    about: About | None = None,
    slot: str = "",
) -> OutboxId | None:
    """Queue a message that is encrypted already (one for many recipients, or one that moves to another chat) and return
    its id, or None as `put` does."""
    made: int | None = insert_if_new(
        db,
        outbox,
        {
            "reason": reason,
            "contact_id": to.id,
            "channel": to.channel,
            "lane": int(lane),
            "state": WAITING,
            "sealed_reply": sealed,
            "slot": slot,
            "language": to.language.value,
            "created_at": now,
            "ready_at": now,
            "tries": 0,
            "why": why.value,
            "about": about.subject.value if about else "",
            "about_id": about.id if about else 0,
            "about_round": about.round if about else 0,
        },
    )
    if made is None:
        return None
    touch(db, "outbox")
    touch(db, f"said:{to.id}")
    return OutboxId(made)


def have_card(db: Connection, about: About) -> list[Recipient]:
    """The reachable chats that have, or will soon have, the card of this object in this round.

    Cards that moved to another chat, cannot be delivered or are set aside do not count."""
    where = {"subject": about.subject.value, "row_id": about.id, "now_round": about.round}
    return [recipient(row) for row in ask(db, _HAVE_CARD, where)]


def recipient(row: Any) -> Recipient:
    """A recipient from a row with the columns `id`, `channel`, `language`."""
    return Recipient(ContactId(row.id), row.channel, Language(row.language))


def waiting(db: Connection, now: datetime) -> dict[str, int]:
    """The number of messages that are due and not sent yet, by channel."""
    due = (outbox.c.state == WAITING) & (outbox.c.ready_at <= now)
    counted = db.execute(select(outbox.c.channel, func.count()).where(due).group_by(outbox.c.channel)).all()
    return {row[0]: row[1] for row in counted}


def forget_before(db: Connection, at: datetime) -> int:
    """Erase the words of messages that were queued before `at` and do not wait any more. Returns how many. Their
    reasons stay, so that nothing is sent twice. Messages set aside before `at` are given up, because their words are
    erased too."""
    given_up = case((outbox.c.state == BROKEN, DROPPED), else_=outbox.c.state)
    result = db.execute(
        update(outbox)
        .where(outbox.c.created_at < at, outbox.c.state != WAITING, outbox.c.sealed_reply != EMPTY)
        .values(sealed_reply=EMPTY, state=given_up)
    )
    return result.rowcount
