"""`INSERT … ON CONFLICT DO NOTHING`, which both databases have and SQLAlchemy spells per dialect."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(db: Connection, table: Table, values: dict[str, Any]) -> int | None:
    """Insert a row unless a unique key already has one. The new row's id, or None when there was one before."""
    make = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(values).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
    found: int | None = db.execute(statement).scalar_one_or_none()
    return found
