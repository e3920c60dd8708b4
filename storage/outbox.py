"""The outbox: the only way out. A row is unique by (reason, contact), so a thing is told once, however many try."""

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
    """What goes first when a platform makes us wait."""

    EMERGENCY = 0
    PRESS = 1
    ALERT = 2
    ANSWER = 3
    REMINDER = 5
    BROADCAST = 9


class Why(StrEnum):
    """Of what kind a message is. What happens when it cannot be delivered follows from it."""

    REPLY = "reply"
    """The answer to what this very chat has just said or pressed."""
    CARD = "card"
    """A thing is put before those who must act on it: somebody must read it."""
    UPDATE = "news"
    """What changed since, for those who have the card."""
    STEP = "step"
    """A reporter hears what became of what they told."""
    REMINDER = "reminder"
    AWARENESS = "awareness"
    ALARM = "alarm"
    """Something about the machine, for its operators."""


class Subject(StrEnum):
    """What kind of thing a message is about."""

    CASE = "case"
    TIP = "tip"
    QUESTION = "question"
    OBLIGATION = "obligation"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class About:
    """The thing that a message is about. `round` is how often it was put before people anew (a case's `routed`)."""

    subject: Subject
    id: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: a contact, its channel and its language."""

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
    """Put a message into the outbox; its number. None when the chat was given one with this reason before.

    `reason` is an opaque key that makes it go once; what the message is about stands in `about` and `why`."""
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
    """`put`, for words that are encrypted already: those that many receive, or that go to another chat."""
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
    """The reachable chats before which a thing was put in this round: they have its card, or will have it in a moment.

    A card that went to another chat, cannot be delivered, or is set aside was put before nobody."""
    where = {"subject": about.subject.value, "row_id": about.id, "now_round": about.round}
    return [recipient(row) for row in ask(db, _HAVE_CARD, where)]


def recipient(row: Any) -> Recipient:
    """A recipient from a row with `id`, `channel`, `language`."""
    return Recipient(ContactId(row.id), row.channel, Language(row.language))


def waiting(db: Connection, now: datetime) -> dict[str, int]:
    """How many messages are due and not sent yet, by channel."""
    due = (outbox.c.state == WAITING) & (outbox.c.ready_at <= now)
    counted = db.execute(select(outbox.c.channel, func.count()).where(due).group_by(outbox.c.channel)).all()
    return {row[0]: row[1] for row in counted}


def forget_before(db: Connection, at: datetime) -> int:
    """Empty the words of what was made before then and waits no more; how many. The reasons stay, so that nothing is
    told twice. What was set aside so long ago is given up: nothing is left of it to send."""
    given_up = case((outbox.c.state == BROKEN, DROPPED), else_=outbox.c.state)
    result = db.execute(
        update(outbox)
        .where(outbox.c.created_at < at, outbox.c.state != WAITING, outbox.c.sealed_reply != EMPTY)
        .values(sealed_reply=EMPTY, state=given_up)
    )
    return result.rowcount
