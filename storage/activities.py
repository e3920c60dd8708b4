"""Activities of self-managed groups. Numbers are stored in the clear; the words, which might name somebody, are
encrypted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from core.activity import MediationResult
from core.activity_kinds import kind_of
from core.activity_log import LoggedActivity
from core.ids import ActivityId, ContactId, GroupId
from storage.tables import activity
from storage.upsert import insert_id
from storage.vault import Vault


def add(db: Connection, vault: Vault, logged: LoggedActivity, now: datetime) -> ActivityId:
    """Insert an activity (its own `id` is ignored) and return the new id."""
    values = {"group_id": logged.group, "contact_id": logged.logged_by, "logged_at": now}
    return ActivityId(insert_id(db, activity, {**_values(vault, logged), **values}))


def save(db: Connection, vault: Vault, corrected: LoggedActivity) -> None:
    """Update an activity's values, but not who logged it for which group."""
    db.execute(update(activity).where(activity.c.id == corrected.id).values(_values(vault, corrected)))


def delete(db: Connection, activity_id: ActivityId, now: datetime) -> None:
    """Mark an activity as deleted. The row stays, so that a month's totals can be explained."""
    db.execute(update(activity).where(activity.c.id == activity_id).values(deleted_at=now))


def by_id(db: Connection, vault: Vault, activity_id: ActivityId) -> LoggedActivity | None:
    """An activity; None when it does not exist or was deleted."""
    there = (activity.c.id == activity_id) & activity.c.deleted_at.is_(None)
    row = db.execute(select(activity).where(there)).one_or_none()
    return _activity(vault, row) if row is not None else None


def latest(
    db: Connection, vault: Vault, *, logged_by: Iterable[ContactId], groups: Collection[GroupId], most: int
) -> list[LoggedActivity]:
    """The latest activities that were logged in these chats for these groups, the newest first."""
    mine = activity.c.contact_id.in_(list(logged_by)) & activity.c.group_id.in_(list(groups))
    there = mine & activity.c.deleted_at.is_(None)
    rows = db.execute(select(activity).where(there).order_by(activity.c.id.desc()).limit(most))
    return [_activity(vault, row) for row in rows]


def between(db: Connection, vault: Vault, group: GroupId, start: datetime, end: datetime) -> list[LoggedActivity]:
    """A group's activities that began in [start, end) (aware), in the order of their beginning."""
    began = (activity.c.started_at >= start) & (activity.c.started_at < end)
    there = (activity.c.group_id == group) & activity.c.deleted_at.is_(None)
    rows = db.execute(select(activity).where(there, began).order_by(activity.c.started_at, activity.c.id))
    return [_activity(vault, row) for row in rows]


def _values(vault: Vault, logged: LoggedActivity) -> dict[str, Any]:
    return {
        "kind": str(logged.kind),
        "started_at": logged.started_at,
        "ended_at": logged.ended_at,
        "rough": logged.rough,
        "people": logged.people,
        "households": logged.households,
        "count": logged.count,
        "result": logged.result.value if logged.result else None,
        "sealed_words": vault.seal(logged.words),
    }


def _activity(vault: Vault, row: Any) -> LoggedActivity:
    return LoggedActivity(
        id=ActivityId(row.id),
        group=GroupId(row.group_id),
        logged_by=ContactId(row.contact_id),
        kind=kind_of(row.kind),
        started_at=row.started_at,
        ended_at=row.ended_at,
        rough=row.rough,
        people=row.people,
        households=row.households,
        count=row._mapping["count"],
        result=MediationResult(row.result) if row.result else None,
        words=vault.open(row.sealed_words),
    )
