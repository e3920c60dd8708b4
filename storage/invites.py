"""One-time invites. Only a keyed hash of an invite is stored, so whoever reads the table cannot use one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from core.access import Duty, Role
from core.ids import ContactId, GroupId, Unit
from storage.tables import invite
from storage.upsert import insert_row
from storage.vault import Vault


def add(db: Connection, vault: Vault, payload: str, duty: Duty, *, now: datetime, until: datetime) -> None:
    """Store an invite to a duty. `payload` is what the invited person sends to the bot before `until` (aware)."""
    insert_row(
        db,
        invite,
        {
            "code_hash": vault.hash("invite", payload),
            "role": duty.role.value,
            "unit": duty.unit or None,
            "group_id": duty.group or None,
            "created_at": now,
            "expires_at": until,
        },
    )


def use(db: Connection, vault: Vault, payload: str, by: ContactId, now: datetime) -> Duty | None:
    """Mark an invite as used and return its duty. None when there is none, it was used, or it is too old."""
    row = db.execute(
        update(invite)
        .where(
            invite.c.code_hash == vault.hash("invite", payload),
            invite.c.used_at.is_(None),
            invite.c.expires_at > now,
        )
        .values(used_at=now, used_by=by)
        .returning(invite.c.role, invite.c.unit, invite.c.group_id)
    ).one_or_none()
    return Duty(Role(row.role), Unit(row.unit or ""), GroupId(row.group_id or "")) if row is not None else None
