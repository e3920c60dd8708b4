"""The plans that were loaded, as YAML, so that the nightly look can lay out their next dates."""

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
    """Keep a plan's YAML in place of what was kept of it before."""
    if insert_if_new(db, plan, {"code": code, "content": source, "loaded_at": now}) is None:
        db.execute(update(plan).where(plan.c.code == code).values(content=source, loaded_at=now))


def every(db: Connection) -> list[LoadedPlan]:
    """Every plan that was loaded, by code."""
    return [LoadedPlan(row.code, row.content) for row in db.execute(select(plan).order_by(plan.c.code))]
