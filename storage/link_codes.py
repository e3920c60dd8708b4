"""One-time codes that link two chats of one person. They are stored in the table of invites, as keyed hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, update

from core.ids import ContactId
from storage.tables import invite
from storage.upsert import insert_row
from storage.vault import Vault

LINK: Final = "link"
"""The value of the role column for link codes, which give no duty."""


@dataclass(frozen=True, slots=True)
class UsedCode:
    """A used code: the `id` of its row, and the chat that made it."""

    id: int
    made_by: ContactId


def add(db: Connection, vault: Vault, code: str, made_by: ContactId, *, now: datetime, until: datetime) -> None:
    """Store a code that a chat has made; it is valid before `until` (aware)."""
    values = {"code_hash": vault.hash(LINK, code), "role": LINK, "contact_id": made_by}
    insert_row(db, invite, {**values, "created_at": now, "expires_at": until})


def use(db: Connection, vault: Vault, code: str, by: ContactId, now: datetime) -> UsedCode | None:
    """Mark a code as used and return it. None when there is none, it was used, it is too old, or `by` itself made
    it."""
    row = db.execute(
        update(invite)
        .where(
            invite.c.code_hash == vault.hash(LINK, code),
            invite.c.role == LINK,
            invite.c.used_at.is_(None),
            invite.c.expires_at > now,
            invite.c.contact_id != by,
        )
        .values(used_at=now, used_by=by)
        .returning(invite.c.id, invite.c.contact_id)
    ).one_or_none()
    return UsedCode(row.id, ContactId(row.contact_id)) if row is not None else None
