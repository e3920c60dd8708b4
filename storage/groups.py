"""Self-managed groups of residents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from core import plan
from core.ids import GroupId, Unit
from storage.tables import self_managed_group
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfManagedGroup:
    """A group of a commune. `model` is the key of its kind in the plan; only an `active` group is still in use."""

    id: GroupId
    name: str
    model: str
    unit: Unit
    active: bool


def keep(db: Connection, named: plan.Group) -> bool:
    """Insert or update a group of a plan. True when it is new."""
    values = {"name": named.name, "model": named.model, "unit": named.unit}
    if insert_if_new(db, self_managed_group, {"id": named.id, "active": True, **values}) is not None:
        return True
    db.execute(update(self_managed_group).where(self_managed_group.c.id == named.id).values(values))
    return False


def first_of(db: Connection, unit: Unit) -> GroupId | None:
    """The group of a unit whose id comes first; None where there is none."""
    mine = select(self_managed_group.c.id).where(self_managed_group.c.unit == unit).order_by(self_managed_group.c.id)
    found: str | None = db.execute(mine.limit(1)).scalar_one_or_none()
    return None if found is None else GroupId(found)


def by_id(db: Connection, group_id: GroupId) -> SelfManagedGroup | None:
    """A group, or None."""
    row = db.execute(select(self_managed_group).where(self_managed_group.c.id == group_id)).one_or_none()
    if row is None:
        return None
    return SelfManagedGroup(id=GroupId(row.id), name=row.name, model=row.model, unit=Unit(row.unit), active=row.active)
