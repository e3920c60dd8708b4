"""Households of communes and groups. A chat's row names the household that it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from core import plan
from core.ids import ContactId, Unit
from storage.outbox import Why
from storage.tables import SENT, contact, household, outbox
from storage.upsert import insert_if_new
from storage.vault import Vault


class Coverage(NamedTuple):
    """How many households of a commune were sent an awareness message in one of their chats, and how many there are."""

    reached: int
    households: int


def keep(db: Connection, vault: Vault, home: plan.Household) -> bool:
    """Insert a household of a plan, unless its key is known. True when it is new."""
    sealed = vault.seal(home.label) if home.label else None
    row = {"key": home.key, "unit": home.unit, "group_id": home.group or None, "sealed_label": sealed}
    return insert_if_new(db, household, row) is not None


def keys(db: Connection) -> list[str]:
    """The keys of all households."""
    return list(db.execute(select(household.c.key).order_by(household.c.id)).scalars())


def live_in(db: Connection, chat: ContactId, key: str) -> None:
    """A chat belongs to the household of that key, and to its commune."""
    home = select(household.c.id, household.c.unit).where(household.c.key == key).subquery()
    values = {"household_id": select(home.c.id).scalar_subquery(), "commune": select(home.c.unit).scalar_subquery()}
    db.execute(update(contact).where(contact.c.id == chat).values(values))


def coverage(db: Connection, unit: Unit) -> Coverage:
    """The coverage of a commune so far."""
    of_unit = household.c.unit == unit
    every: int = db.execute(select(func.count()).where(of_unit)).scalar_one()
    reached: int = db.execute(
        select(func.count(household.c.id.distinct()))
        .join(contact, contact.c.household_id == household.c.id)
        .join(outbox, outbox.c.contact_id == contact.c.id)
        .where(of_unit, outbox.c.why == Why.AWARENESS.value, outbox.c.state == SENT)
    ).scalar_one()
    return Coverage(reached, every)
