"""The inbox holds every message key once. A message that makes our code raise stays here, whole and encrypted, until it
is replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from core.ids import ContactId, InboxId
from core.messages import Channel, ChatId, Inbound, Language, Media, MediaKind, Notice, Place, SenderId
from storage.tables import inbox
from storage.upsert import insert_if_new
from storage.vault import Vault

DONE, FAILED, BROKEN, REFUSED = "done", "failed", "broken", "refused"


def record(
    db: Connection, heard: Inbound, sealed: bytes, contact_id: ContactId | None, now: datetime
) -> InboxId | None:
    """Insert a message. Returns the row's id, or None for a redelivery, which must change nothing else."""
    made: InboxId | None = insert_if_new(
        db,
        inbox,
        {
            "channel": heard.channel.value,
            "message_key": heard.message_key,
            "contact_id": contact_id,
            "received_at": now,
            "state": DONE,
            "sealed_message": sealed,
        },
    )
    return made


def knows(db: Connection, channel: Channel, message_key: str) -> bool:
    """Whether a message was received before."""
    row = select(inbox.c.id).where(inbox.c.channel == channel.value, inbox.c.message_key == message_key)
    return db.execute(row).first() is not None


def keep_unread(db: Connection, vault: Vault, channel: str, key: str, raw: bytes, now: datetime) -> bool:
    """Store the raw body of a message that could not be parsed. False when it was stored before."""
    row = {
        "channel": channel,
        "message_key": key,
        "received_at": now,
        "state": BROKEN,
        "sealed_message": vault.seal_bytes(raw),
        "error": "unreadable",
    }
    return insert_if_new(db, inbox, row) is not None


def mark(db: Connection, inbox_id: InboxId, state: str, error: str = "") -> None:
    """Set the state of a message."""
    db.execute(update(inbox).where(inbox.c.id == inbox_id).values(state=state, error=error[:80] or None))


def failed(db: Connection, vault: Vault, most: int = 1000) -> Sequence[tuple[InboxId, Inbound]]:
    """Messages that failed, oldest first, to be replayed after a fix."""
    rows = db.execute(
        select(inbox.c.id, inbox.c.sealed_message).where(inbox.c.state == FAILED).order_by(inbox.c.id).limit(most)
    )
    return [
        (InboxId(row.id), inbound_from_json(vault.open_json(row.sealed_message))) for row in rows if row.sealed_message
    ]


def count_failed(db: Connection) -> int:
    """How many failed messages wait to be replayed."""
    return db.execute(select(func.count()).where(inbox.c.state == FAILED)).scalar_one()


def forget_before(db: Connection, day: datetime) -> int:
    """Erase the words of messages older than `day`, except those that wait for a replay. Returns how many. Their keys
    stay, so that a redelivery is still recognised."""
    result = db.execute(
        update(inbox)
        .where(inbox.c.received_at < day, inbox.c.state != FAILED, inbox.c.sealed_message.is_not(None))
        .values(sealed_message=None)
    )
    return result.rowcount


def inbound_to_json(heard: Inbound) -> dict[str, Any]:
    """A message as plain JSON values, without fields at their defaults."""
    out: dict[str, Any] = {
        "c": heard.channel.value,
        "s": heard.sender,
        "k": heard.message_key,
        "at": heard.sent_at.isoformat(),
    }
    if str(heard.chat) != str(heard.sender):
        out["chat"] = heard.chat
    for name in ("text", "button", "press", "album", "sender_name", "moved_to"):
        if getattr(heard, name):
            out[name] = getattr(heard, name)
    for name in ("in_group", "edits"):
        if getattr(heard, name):
            out[name] = True
    if not heard.addressed:
        out["addressed"] = False
    if heard.place is not None:
        out["place"] = asdict(heard.place)
    if heard.media:
        out["media"] = [asdict(media) for media in heard.media]
    if heard.language is not None:
        out["language"] = heard.language.value
    if heard.notice is not None:
        out["notice"] = heard.notice.value
    return out


def inbound_from_json(data: dict[str, Any]) -> Inbound:
    """The inverse of `inbound_to_json`."""
    return Inbound(
        channel=Channel(data["c"]),
        sender=SenderId(data["s"]),
        chat=ChatId(data.get("chat", data["s"])),
        message_key=data["k"],
        sent_at=datetime.fromisoformat(data["at"]),
        text=data.get("text", ""),
        place=Place(**data["place"]) if "place" in data else None,
        media=tuple(media_from_json(media) for media in data.get("media", ())),
        button=data.get("button", ""),
        press=data.get("press", ""),
        album=data.get("album", ""),
        in_group=data.get("in_group", False),
        addressed=data.get("addressed", True),
        edits=data.get("edits", False),
        sender_name=data.get("sender_name", ""),
        language=Language(data["language"]) if "language" in data else None,
        notice=Notice(data["notice"]) if "notice" in data else None,
        moved_to=ChatId(data["moved_to"]) if "moved_to" in data else None,
    )


def media_from_json(data: dict[str, Any]) -> Media:
    """A `Media` from the values that `dataclasses.asdict` made of it."""
    return Media(**{**data, "kind": MediaKind(data["kind"])})
