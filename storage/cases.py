"""Cases: what the police work on. One case is made of one tip, or of several on the same event."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Update, bindparam, or_, select, update

from core.access import PROVINCE_LEVEL, Role
from core.states import OPEN, State
from storage import linked_contacts, quick
from storage.outbox import About, Recipient, Subject, have_card
from storage.quick import ask
from storage.tables import case, contact, duty

_BY_ID = select(case).where(case.c.id == bindparam("number"))
_RECIPIENT = (contact.c.id, contact.c.channel, contact.c.language)
_POLICE = (
    select(*linked_contacts.COLUMNS)
    .join(duty, duty.c.contact_id == contact.c.id)
    .where(duty.c.unit == bindparam("of"), duty.c.until.is_(None))
    .distinct()
    .order_by(contact.c.id)
)


def by_id(db: Connection, case_id: int) -> Any:
    """A case's row; None when there is no such case."""
    return db.execute(_BY_ID, {"number": case_id}).one_or_none()


def move(db: Connection, case_id: int, before: State, **values: Any) -> bool:
    """Change a case that is still in state `before`. False when somebody was quicker: the row itself is the guard."""
    given = {f"to_{name}": value for name, value in values.items()}
    return quick.change(db, _set(tuple(values), True), {**given, "number": case_id, "before": before.value}) == 1


def change(db: Connection, case_id: int, **values: Any) -> None:
    """Set columns of a case, whatever its state; it is a new version of it in any case."""
    given = {f"to_{name}": value for name, value in values.items()}
    quick.change(db, _set(tuple(values), False), {**given, "number": case_id})


@cache
def _set(names: tuple[str, ...], guarded: bool) -> Update:
    statement = update(case).where(case.c.id == bindparam("number"))
    if guarded:
        statement = statement.where(case.c.state == bindparam("before"))
    return statement.values({**{name: bindparam(f"to_{name}") for name in names}, "version": case.c.version + 1})


def open_of_units(db: Connection, units: Sequence[str], most: int) -> Sequence[Any]:
    """The open cases of some units, the oldest first; a province's desk also has what escalated to it."""
    mine: ColumnElement[bool] = case.c.unit.in_(units)
    for unit in units:
        if len(unit) == 2:
            mine = mine | ((case.c.province == unit) & (case.c.level >= PROVINCE_LEVEL))
    open_states = [state.value for state in OPEN]
    return db.execute(select(case).where(mine, case.c.state.in_(open_states)).order_by(case.c.id).limit(most)).all()


def police_of(db: Connection, unit: str, *roles: Role, only_on_duty: bool = False) -> list[Recipient]:
    """The chats of a unit that hold one of these roles and can be reached: each person where he wants to be told."""
    return linked_contacts.resolve(db, ask(db, _police_with(roles, only_on_duty), {"of": unit}))


@cache
def _police_with(roles: tuple[Role, ...], only_on_duty: bool) -> Select[Any]:
    found = _POLICE.where(or_(*(duty.c.role == role.value for role in roles)))
    return found.where(duty.c.on_duty) if only_on_duty else found


def operators(db: Connection) -> list[Recipient]:
    """Those who look after the machine."""
    query = (
        select(*linked_contacts.COLUMNS)
        .join(duty, duty.c.contact_id == contact.c.id)
        .where(duty.c.role == Role.OPERATOR.value, duty.c.until.is_(None))
        .distinct()
        .order_by(contact.c.id)
    )
    return linked_contacts.resolve(db, db.execute(query).all())


def told_of(db: Connection, case_id: int, routed: int) -> list[Recipient]:
    """The chats that have this case's card, since it was last routed."""
    return have_card(db, About(Subject.CASE, case_id, routed))


def card_reason(case_id: int, routed: int) -> str:
    """Why a chat gets a case's card: once each time that the case is routed."""
    return f"case:{case_id}:card:{routed}"
