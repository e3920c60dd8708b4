"""Export all rows as JSON lines and import them into either engine: for backups, and to move from SQLite to PostgreSQL.
Encrypted values stay encrypted, so the file reveals no more than the database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, func, insert, select, text

from storage.columns import UtcTime
from storage.tables import metadata

PAGE = 1000


class NotEmpty(Exception):
    """Raised when the database to restore into has rows."""


class NotARow(Exception):
    """Raised for a line that is no row of our tables."""


def rows(db: Connection) -> Iterator[str]:
    """All rows, one JSON object per line, in an order that satisfies foreign keys. Run it in one transaction."""
    for table in metadata.sorted_tables:
        for row in db.execute(select(table).execution_options(yield_per=PAGE)):
            yield json.dumps({"table": table.name, "row": {k: _plain(v) for k, v in row._mapping.items()}}) + "\n"


def put_back(db: Connection, lines: Iterator[str]) -> int:
    """Insert the lines that `rows` made into empty tables. Returns how many. Raises `NotEmpty` or `NotARow`."""
    for table in metadata.sorted_tables:
        if table.name not in ("setting",) and db.execute(select(func.count()).select_from(table)).scalar_one():
            raise NotEmpty(f"the table {table.name} has rows already; restore into an empty database")
    db.execute(metadata.tables["setting"].delete())
    count, name = 0, ""
    waiting: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        item = _row(line, number)
        if waiting and (item["table"] != name or len(waiting) >= PAGE):
            count += _insert(db, name, waiting)
            waiting = []
        name = item["table"]
        waiting.append(item["row"])
    if waiting:
        count += _insert(db, name, waiting)
    if db.dialect.name == "postgresql":
        _set_counters(db)
    return count


def _insert(db: Connection, name: str, values: list[dict[str, Any]]) -> int:
    table = metadata.tables[name]
    typed = [{key: _typed(table.c[key].type, value) for key, value in row.items()} for row in values]
    db.execute(insert(table), typed)
    return len(typed)


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
        known = isinstance(item, dict) and set(item["row"]) <= set(metadata.tables[item["table"]].c.keys())
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise NotARow(f"line {number} is no row of our tables")
    row: dict[str, Any] = item
    return row


def _set_counters(db: Connection) -> None:
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.type.python_type is int:
            db.execute(
                text(  # table names are our own constants
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608
                    f"COALESCE((SELECT max(id) FROM {table.name}), 1))"
                )
            )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
