"""Joining with a one-time invite, leaving, and going on and off duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from core.access import Role
from core.codes import INVITE_BYTES, encode
from core.conversation.commands import GoOnDuty, LeaveDuty, UseInvite
from core.conversation.person import Person
from core.conversation.typed import help_for
from core.errors import Refusal
from core.replies import Reply, say
from core.say import Say
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.work import AppContext
from storage import audit, cases, contacts
from storage.tables import duty, invite, self_managed_group
from storage.upsert import insert_id
from storage.vault import Vault

VALID: Final = timedelta(days=7)
POLICE: Final = frozenset({Role.OFFICER, Role.COMMANDER})
PENDING: Final = 20
"""So many open cases are shown to an officer who has just joined."""


class InviteUnknown(Refusal):
    """No such invite, used already, or too old: the three look alike."""

    key = Say.INVITE_UNKNOWN


def make_invite(db: Connection, context: AppContext, *, role: Role, unit: str, group_id: str, now: datetime) -> str:
    """A one-time invite; returns the start payload (`o_…` or `g_…`), valid for seven days."""
    code = encode(context.random(INVITE_BYTES))
    prefix = "g_" if role is Role.LEADER else "o_"
    insert_id(
        db,
        invite,
        {
            "code_hash": _hash(context.vault, prefix + code),
            "role": role.value,
            "unit": unit or None,
            "group_id": group_id or None,
            "created_at": now,
            "expires_at": now + VALID,
        },
    )
    return prefix + code


def use_invite(work: Hearing, act: UseInvite) -> list[Reply]:
    """Join. In a group chat an officer's invite also binds the chat to the unit."""
    row = work.db.execute(
        update(invite)
        .where(
            invite.c.code_hash == _hash(work.context.vault, act.payload[:2] + act.payload[2:].upper()),
            invite.c.used_at.is_(None),
            invite.c.expires_at > work.now,
        )
        .values(used_at=work.now, used_by=work.me.id)
        .returning(invite.c.role, invite.c.unit, invite.c.group_id)
    ).one_or_none()
    if row is None:
        raise InviteUnknown
    role = Role(row.role)
    if work.heard.sender_name:
        contacts.change(work.db, work.me.id, sealed_name=work.context.vault.seal(work.heard.sender_name))
    _give(work, work.me.id, role, row.unit, row.group_id)
    if work.heard.in_group and row.unit and role in POLICE:
        _give(work, work.chat.id, Role.UNIT_CHAT, row.unit, None)
    audit.note(
        work.db,
        work.context.vault,
        chain=row.unit or "",
        case_id=None,
        actor=work.me.id,
        act=f"joined_{role.value}",
        now=work.now,
    )
    person = _with_duties(work)
    if role is Role.LEADER:
        name = work.db.execute(
            select(self_managed_group.c.name).where(self_managed_group.c.id == row.group_id)
        ).scalar_one()
        return [Reply(lines=(say(Say.JOINED_GROUP, group=name),)), help_for(person)]
    key = Say.JOINED_UNIT if role in POLICE else Say.JOINED_OFFICE
    joined = say(key, unit=work.context.places.label(row.unit), role=say(Say(f"role-{role.value}")))
    if role in POLICE:
        _show_pending(work, row.unit)
    return [Reply(lines=(joined,)), help_for(person)]


def leave_duty(work: Hearing, act: LeaveDuty) -> list[Reply]:
    """Give back all roles of this chat."""
    work.db.execute(
        update(duty).where(duty.c.contact_id.in_(work.by.chats), duty.c.until.is_(None)).values(until=work.now)
    )
    return [Reply(lines=(say(Say.LEFT_DUTY),))]


def go_on_duty(work: Hearing, act: GoOnDuty) -> list[Reply]:
    """On duty: alerts come here. Off duty: they go to the colleagues; with nobody on duty they go to all."""
    work.db.execute(
        update(duty).where(duty.c.contact_id.in_(work.by.chats), duty.c.until.is_(None)).values(on_duty=act.on)
    )
    return [Reply(lines=(say(Say.ON_DUTY if act.on else Say.OFF_DUTY),))]


def _give(work: Hearing, contact_id: int, role: Role, unit: str | None, group_id: str | None) -> None:
    same = work.db.execute(
        select(duty.c.id).where(
            duty.c.contact_id == contact_id,
            duty.c.role == role.value,
            duty.c.until.is_(None),
            duty.c.unit.is_(None) if unit is None else duty.c.unit == unit,
            duty.c.group_id.is_(None) if group_id is None else duty.c.group_id == group_id,
        )
    ).first()
    if same is None:
        insert_id(
            work.db,
            duty,
            {
                "contact_id": contact_id,
                "role": role.value,
                "unit": unit,
                "group_id": group_id,
                "on_duty": True,
                "since": work.now,
            },
        )


def _show_pending(work: Hearing, unit: str) -> None:
    """What is open already must not wait for the next tip."""
    for row in cases.open_of_units(work.db, [unit], PENDING):
        alert.send_card(work, row, [work.to_chat])


def _with_duties(work: Hearing) -> Person:
    return replace(work.person, duties=contacts.duties_of(work.db, work.by.chats))


def _hash(vault: Vault, payload: str) -> bytes:
    return vault.hash("invite", payload)
