"""Move messages that a chat cannot receive to the person's next chat. They keep their reasons, so that nothing is sent
twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select, update

from core.ids import ContactId, OutboxId
from core.messages import Language
from storage import linked_contacts
from storage.outbox import About, Lane, Recipient, Subject, Why, put_sealed
from storage.tables import DROPPED, MOVED, OVERTAKEN, SENT, WAITING, contact, outbox

AT_ONCE: Final = 500
"""Messages that one transaction moves at most."""
UNREACHABLE: Final = "unreachable"
"""The `error` of messages that waited for a lost chat and could go nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A message of the outbox, still encrypted. `about` is None when it is about no case or question."""

    id: OutboxId
    contact_id: ContactId
    reason: str
    lane: Lane
    sealed_reply: bytes
    slot: str
    language: Language
    created_at: datetime
    why: Why
    about: About | None

    @property
    def card(self) -> About | None:
        """The object whose card this message is; None for any other message."""
        return self.about if self.why is Why.CARD else None


def queued(db: Connection, outbox_id: OutboxId) -> Queued | None:
    """A message in whatever state, or None."""
    row = db.execute(select(outbox).where(outbox.c.id == outbox_id)).one_or_none()
    return _queued(row) if row is not None else None


def waiting_for(db: Connection, contact_id: ContactId) -> list[Queued]:
    """The messages that wait to be sent to a chat, the oldest first."""
    return _waiting(db, outbox.c.contact_id == contact_id)


def move(db: Connection, message: Queued) -> bool:
    """Move a waiting message to the person's next chat that has not had it. False when there is none."""
    return _move(db, message, linked_contacts.others(db, message.contact_id))


def move_all_to(db: Connection, contact_id: ContactId, to: Recipient) -> int:
    """Move all messages that wait for a chat to another chat (the same one under its new address). Returns how many."""
    return sum(_move(db, message, [to]) for message in waiting_for(db, contact_id))


def move_channel(db: Connection, channel: str) -> int:
    """Move the waiting messages of a channel that stopped, the urgent first and at most `AT_ONCE`, for people who have
    a chat elsewhere; the others go on waiting. Returns how many moved."""
    urgent = (
        select(outbox.c.id)
        .join(contact, outbox.c.contact_id == contact.c.id)
        .where(outbox.c.channel == channel, outbox.c.state == WAITING, contact.c.person.is_not(None))
        .order_by(outbox.c.lane, outbox.c.id)
        .limit(AT_ONCE)
    )
    found = _waiting(db, outbox.c.id.in_(urgent))
    return sum(
        _move(db, one, (to for to in linked_contacts.others(db, one.contact_id) if to.channel != channel))
        for one in found
    )


def give_up(db: Connection, outbox_id: OutboxId, error: str) -> None:
    """Mark a message as not deliverable; `error` says why."""
    db.execute(update(outbox).where(outbox.c.id == outbox_id).values(state=DROPPED, error=error[:80]))


def _waiting(db: Connection, which: ColumnElement[bool]) -> list[Queued]:
    rows = db.execute(select(outbox).where(outbox.c.state == WAITING, which).order_by(outbox.c.id))
    return [_queued(row) for row in rows]


def _move(db: Connection, message: Queued, chats: Iterable[Recipient]) -> bool:
    if message.lane is Lane.PRESS:
        return False  # the answer to a button press means nothing in another chat
    for to in chats:
        made = put_sealed(
            db,
            Recipient(to.id, to.channel, message.language),
            message.sealed_reply,
            reason=message.reason,
            lane=message.lane,
            now=message.created_at,
            slot=message.slot,
            why=message.why,
            about=message.about,
        )
        if made is not None:
            db.execute(update(outbox).where(outbox.c.id == message.id).values(state=MOVED))
            _unless_overtaken(db, made, to.id, message)
            return True
    return False


def _unless_overtaken(db: Connection, made: OutboxId, chat: ContactId, message: Queued) -> None:
    """Mark the moved message as overtaken when the new chat has something newer in the same slot."""
    newer = (
        select(outbox.c.id)
        .where(
            outbox.c.contact_id == chat,
            outbox.c.slot == message.slot,
            outbox.c.created_at > message.created_at,
            outbox.c.state.in_((WAITING, SENT)),
        )
        .limit(1)
    )
    if message.slot and db.execute(newer).first() is not None:
        db.execute(update(outbox).where(outbox.c.id == made).values(state=OVERTAKEN))


def _queued(row: Any) -> Queued:
    return Queued(
        id=OutboxId(row.id),
        contact_id=ContactId(row.contact_id),
        reason=row.reason,
        lane=Lane(row.lane),
        sealed_reply=row.sealed_reply,
        slot=row.slot,
        language=Language(row.language),
        created_at=row.created_at,
        why=Why(row.why or Why.UPDATE),
        about=About(Subject(row.about), row.about_id, row.about_round) if row.about else None,
    )
