"""Frequent statements, run on SQLite without SQLAlchemy's overhead for each execution.

On SQLite all tips pass through one thread, so the cost of a statement in Python limits the intake rate. A statement
that is built once (a constant of its module, with `bindparam`s) is also compiled once and goes to the driver with the
values that SQLAlchemy would give it. On PostgreSQL it is executed as usual.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Final

import orjson
from sqlalchemy import JSON, Connection, Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from storage.columns import UtcTime

_SQLITE: Final = sqlite.dialect()
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement compiled for SQLite: its parameters in order, each with the converter to the driver's type (None: no
    conversion), the converters of the result columns, and the values that are part of the statement."""

    sql: str
    marks: tuple[tuple[str, Convert | None], ...]
    row: Any = None
    columns: tuple[tuple[int, Convert], ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def run(self, db: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Execute the statement. Raises what SQLAlchemy would (`DBAPIError` and its subclasses, without values in the
        text)."""
        if not db.in_transaction():
            db.begin()
        driver: Any = db.connection.dbapi_connection
        if self.fixed:
            values = {**self.fixed, **values}
        given = [values[name] if to is None else to(values[name]) for name, to in self.marks]
        try:
            return driver.execute(self.sql, given)  # type: ignore[no-any-return]  # the pool's type does not say which driver
        except sqlite3.Error as error:
            raise DBAPIError.instance(
                self.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=db.dialect
            ) from error


def is_quick(db: Connection) -> bool:
    """Whether statements go to the driver directly."""
    return db.dialect.name == "sqlite"


def ask(db: Connection, question: Select[Any], values: Mapping[str, Any]) -> list[Any]:
    """The rows of a constant SELECT without list parameters."""
    if not is_quick(db):
        return list(db.execute(question, dict(values)))
    prepared = _question(question)
    rows = prepared.run(db, values).fetchall()
    return [prepared.row(*_read(row, prepared.columns)) for row in rows]


def change(db: Connection, statement: Update | Delete, values: Mapping[str, Any]) -> int:
    """Run a constant statement and return the number of rows that it changed."""
    if not is_quick(db):
        return db.execute(statement, dict(values)).rowcount
    return _change(statement).run(db, values).rowcount


def prepare(statement: Insert | Update | Delete | Select[Any], names: tuple[str, ...] | None = None) -> Prepared:
    """Compile for SQLite. `names` are an insert's columns."""
    compiled: Any = statement.compile(dialect=_SQLITE, column_keys=list(names) if names is not None else None)
    marks = tuple((name, _to_driver(compiled.binds[name].type)) for name in compiled.positiontup)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return Prepared(str(compiled), marks, fixed=fixed)


@cache
def _change(statement: Update | Delete) -> Prepared:
    return prepare(statement)


@cache
def _question(question: Select[Any]) -> Prepared:
    plain = prepare(question)
    columns = list(question.selected_columns)
    reads = ((number, _from_driver(column.type)) for number, column in enumerate(columns))
    return replace(
        plain,
        row=namedtuple("Row", [str(column.key) for column in columns]),
        columns=tuple((number, read) for number, read in reads if read is not None),
    )


def _read(row: tuple[Any, ...], columns: tuple[tuple[int, Convert], ...]) -> list[Any]:
    values = list(row)
    for number, read in columns:
        values[number] = read(values[number])
    return values


def _to_driver(kind: TypeEngine[Any]) -> Convert | None:
    if isinstance(kind, UtcTime):
        return _utc_text
    if isinstance(kind, JSON):
        return _json_text
    return kind.dialect_impl(_SQLITE).bind_processor(_SQLITE)


def _from_driver(kind: TypeEngine[Any]) -> Convert | None:
    return kind.dialect_impl(_SQLITE).result_processor(_SQLITE, None)


@lru_cache(256)
def _utc_text(at: datetime | None) -> str | None:
    """A time as SQLAlchemy writes it into SQLite. Cached, because all rows of a tip have the same time."""
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError("a time needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _json_text(value: Any) -> str:
    return orjson.dumps(value).decode()
