"""One-time codes that link two chats of one person. They are kept beside the invites, as a keyed hash."""

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
"""What stands in the column of the role: nobody joins with such a code."""


@dataclass(frozen=True, slots=True)
class UsedCode:
    """A code that was used up: its row's `id`, and the chat that had made it."""

    id: int
    made_by: ContactId


def add(db: Connection, vault: Vault, code: str, made_by: ContactId, *, now: datetime, until: datetime) -> None:
    """Keep a code that a chat has made; it is good before `until`."""
    values = {"code_hash": vault.hash(LINK, code), "role": LINK, "contact_id": made_by}
    insert_row(db, invite, {**values, "created_at": now, "expires_at": until})


def use(db: Connection, vault: Vault, code: str, by: ContactId, now: datetime) -> UsedCode | None:
    """Use a code up. None when there is none, it was used, it is too old, or `by` made it."""
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
