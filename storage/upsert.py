"""`INSERT … ON CONFLICT DO NOTHING`, which both databases have and SQLAlchemy spells per dialect.

Statements are built once: on the way of a tip, building them anew would cost more than running them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


@cache
def _if_new(table: Table, dialect: str) -> ReturningInsert[Any]:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))


@cache
def _with_id(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(table.c.id)


@cache
def _whole(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(*table.c)


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


def insert_if_new(db: Connection, table: Table, values: Mapping[str, Any]) -> Any:
    """Insert a row unless a unique key already has one. The new row's key, or None when there was one before."""
    return db.execute(_if_new(table, db.dialect.name), dict(values)).scalar_one_or_none()


def insert_id(db: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert a row and return its number."""
    number: int = db.execute(_with_id(table), dict(values)).scalar_one()
    return number


def insert_row(db: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row."""
    db.execute(_plain(table), dict(values))


def insert_whole(db: Connection, table: Table, values: Mapping[str, Any]) -> Any:
    """Insert a row and return it as it now stands."""
    return db.execute(_whole(table), dict(values)).one()
