"""What self-managed groups did. Counts are plain; the words, which might name somebody, are sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from core.activity import Activity, ActivityKind
from storage.tables import activity, self_managed_group
from storage.upsert import insert_id
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity, opened."""

    id: int
    group_id: str
    contact_id: int
    kind: ActivityKind
    started_at: datetime
    ended_at: datetime | None
    people: int | None
    households: int | None
    words: str


def add(db: Connection, vault: Vault, group: str, contact_id: int, read: Activity, words: str, now: datetime) -> int:
    """Log an activity; its number."""
    values = {**_values(vault, read, words), "group_id": group, "contact_id": contact_id, "logged_at": now}
    return insert_id(db, activity, values)


def change(db: Connection, vault: Vault, number: int, read: Activity, words: str) -> None:
    """Set an activity right."""
    db.execute(update(activity).where(activity.c.id == number).values(_values(vault, read, words)))


def delete(db: Connection, number: int, now: datetime) -> None:
    """Mark an activity as deleted."""
    db.execute(update(activity).where(activity.c.id == number).values(deleted_at=now))


def by_id(db: Connection, vault: Vault, number: int) -> ActivityRow | None:
    """An activity that was not deleted."""
    row = db.execute(select(activity).where(activity.c.id == number, activity.c.deleted_at.is_(None))).one_or_none()
    return _row(vault, row) if row is not None else None


def latest(db: Connection, vault: Vault, contact_id: int, most: int) -> Sequence[ActivityRow]:
    """Somebody's own latest, newest first."""
    rows = db.execute(
        select(activity)
        .where(activity.c.contact_id == contact_id, activity.c.deleted_at.is_(None))
        .order_by(activity.c.id.desc())
        .limit(most)
    )
    return [_row(vault, row) for row in rows]


def between(db: Connection, vault: Vault, group: str, start: datetime, end: datetime) -> Sequence[ActivityRow]:
    """A group's activities that began in [start, end)."""
    rows = db.execute(
        select(activity)
        .where(
            activity.c.group_id == group,
            activity.c.started_at >= start,
            activity.c.started_at < end,
            activity.c.deleted_at.is_(None),
        )
        .order_by(activity.c.started_at)
    )
    return [_row(vault, row) for row in rows]


def group_name(db: Connection, group: str) -> str:
    """What a group is called."""
    name: str = db.execute(select(self_managed_group.c.name).where(self_managed_group.c.id == group)).scalar_one()
    return name


def _values(vault: Vault, read: Activity, words: str) -> dict[str, Any]:
    return {
        "kind": read.kind.value,
        "started_at": read.started_at,
        "ended_at": read.ended_at,
        "people": read.people,
        "households": read.households,
        "count": read.count,
        "result": read.result.value if read.result else None,
        # Help for people who come home from prison is kept as counts only, never in words.
        "sealed_words": vault.seal(words if read.keeps_words else ""),
    }


def _row(vault: Vault, row: Any) -> ActivityRow:
    return ActivityRow(
        id=row.id,
        group_id=row.group_id,
        contact_id=row.contact_id,
        kind=ActivityKind(row.kind),
        started_at=row.started_at,
        ended_at=row.ended_at,
        people=row.people,
        households=row.households,
        words=vault.open(row.sealed_words),
    )
