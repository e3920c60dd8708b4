"""Duties: which role a chat holds, in which unit or for which group; and the recipients in a unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, or_, select, update

from core.access import Duty, Role
from core.ids import ContactId, GroupId, Unit
from storage import linked_contacts
from storage.outbox import Recipient
from storage.quick import ask
from storage.tables import contact, duty
from storage.upsert import insert_row

_OF_CHAT: Final = select(duty.c.role, duty.c.unit, duty.c.group_id, duty.c.on_duty).where(
    duty.c.contact_id == bindparam("chat"), duty.c.until.is_(None)
)
_HOLDERS: Final = (
    select(*linked_contacts.COLUMNS)
    .join(duty, duty.c.contact_id == contact.c.id)
    .where(duty.c.until.is_(None))
    .distinct()
    .order_by(contact.c.id)
)
_OF_UNIT: Final = _HOLDERS.where(duty.c.unit == bindparam("of"))
_OPERATORS: Final = _HOLDERS.where(duty.c.role == Role.OPERATOR.value)


def of_chats(db: Connection, chats: Iterable[ContactId]) -> tuple[Duty, ...]:
    """The duties that a person holds now, in any of their chats."""
    rows = [row for chat in sorted(chats) for row in ask(db, _OF_CHAT, {"chat": chat})]
    return tuple(Duty(Role(row.role), Unit(row.unit or ""), GroupId(row.group_id or ""), row.on_duty) for row in rows)


def give(db: Connection, chat: ContactId, given: Duty, now: datetime) -> None:
    """Give a chat a duty, unless it holds that duty already."""
    wanted = (given.role, given.unit, given.group)
    if any((held.role, held.unit, held.group) == wanted for held in of_chats(db, [chat])):
        return
    insert_row(
        db,
        duty,
        {
            "contact_id": chat,
            "role": given.role.value,
            "unit": given.unit or None,
            "group_id": given.group or None,
            "on_duty": given.on_duty,
            "since": now,
        },
    )


def end(db: Connection, chats: Iterable[ContactId], now: datetime) -> None:
    """End all duties of these chats."""
    db.execute(update(duty).where(duty.c.contact_id.in_(list(chats)), duty.c.until.is_(None)).values(until=now))


def set_on_duty(db: Connection, chats: Iterable[ContactId], roles: Iterable[Role], *, on: bool) -> None:
    """Set whether these chats are on duty, in these of their roles."""
    mine = duty.c.contact_id.in_(list(chats)) & duty.c.role.in_([role.value for role in roles])
    db.execute(update(duty).where(mine, duty.c.until.is_(None)).values(on_duty=on))


def police_of(db: Connection, unit: str, *roles: Role, only_on_duty: bool = False) -> list[Recipient]:
    """The recipients of a unit that hold one of these roles and can be reached: each person in their preferred chat."""
    return linked_contacts.resolve(db, ask(db, _of_unit_with(roles, only_on_duty), {"of": unit}))


def operators(db: Connection) -> list[Recipient]:
    """The operators, each in their preferred chat."""
    return linked_contacts.resolve(db, ask(db, _OPERATORS, {}))


@cache
def _of_unit_with(roles: tuple[Role, ...], only_on_duty: bool) -> Select[Any]:
    found = _OF_UNIT.where(or_(*(duty.c.role == role.value for role in roles)))
    return found.where(duty.c.on_duty) if only_on_duty else found
