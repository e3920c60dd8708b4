"""`INSERT …` with and without `ON CONFLICT DO NOTHING`, which SQLAlchemy spells differently for each dialect.

Statements are built once, because building them for every tip would cost more than running them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.quick import Prepared, is_quick, prepare


@cache
def _if_new(table: Table) -> ReturningInsert[Any]:
    return postgresql.insert(table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))


@cache
def _with_id(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(table.c.id)


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


@cache
def _prepared(table: Table, names: tuple[str, ...], if_new: bool) -> Prepared:
    statement = sqlite.insert(table)
    return prepare(statement.on_conflict_do_nothing() if if_new else statement, names)


@cache
def _defaults(table: Table) -> Mapping[str, Any]:
    """The default values of a table's columns, all of which are plain values."""
    defaults = {column.name: getattr(column.default, "arg", None) for column in table.c}
    return {name: value for name, value in defaults.items() if value is not None}


def _quickly(db: Connection, table: Table, values: Mapping[str, Any], *, if_new: bool = False) -> Any:
    row = {**_defaults(table), **values}
    return _prepared(table, tuple(row), if_new).run(db, row)


def insert_if_new(db: Connection, table: Table, values: Mapping[str, Any]) -> Any:
    """Insert a row unless there is one with the same unique key. Returns the new row's key, or None."""
    if not is_quick(db):
        return db.execute(_if_new(table), dict(values)).scalar_one_or_none()
    done = _quickly(db, table, values, if_new=True)
    return values.get(next(iter(table.primary_key)).name, done.lastrowid) if done.rowcount else None


def insert_id(db: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert a row and return its id."""
    if not is_quick(db):
        row_id: int = db.execute(_with_id(table), dict(values)).scalar_one()
        return row_id
    return int(_quickly(db, table, values).lastrowid)


def insert_row(db: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row."""
    if not is_quick(db):
        db.execute(_plain(table), dict(values))
    else:
        _quickly(db, table, values)
