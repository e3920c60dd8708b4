"""The loaded plans as YAML, so that the nightly run can create rows for their next dates."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from storage.tables import plan
from storage.upsert import insert_if_new


class LoadedPlan(NamedTuple):
    """A plan's code and its YAML."""

    code: str
    source: str


def keep(db: Connection, code: str, source: str, now: datetime) -> None:
    """Store a plan's YAML, replacing an earlier version."""
    if insert_if_new(db, plan, {"code": code, "content": source, "loaded_at": now}) is None:
        db.execute(update(plan).where(plan.c.code == code).values(content=source, loaded_at=now))


def every(db: Connection) -> list[LoadedPlan]:
    """Every loaded plan, in the order of their codes."""
    return [LoadedPlan(row.code, row.content) for row in db.execute(select(plan).order_by(plan.c.code))]
