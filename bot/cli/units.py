"""Units and groups that an operator names."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.app.build import Runtime
from bot.app.settings import WrongSetting
from core.ids import GroupId
from storage import groups


def unit_of_group(db: Connection, group: str) -> str | None:
    """The unit of a self-managed group, None when there is no such group."""
    found = groups.by_id(db, GroupId(group))
    return found.unit if found is not None else None


def check_unit(runtime: Runtime, unit: str) -> None:
    """Raises `WrongSetting` unless `unit` is the code of a commune or a province of today."""
    places = runtime.context.places
    if not unit or not (places.knows(unit) or places.label(unit) != unit):
        raise WrongSetting(f"--unit: there is no unit {unit!r}; a commune has five digits, a province two")
