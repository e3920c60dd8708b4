"""Everything that is sealed in the database, sealed anew with the newest key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, LargeBinary, Table, select, update

from storage.tables import metadata
from storage.vault import Vault


def sealed_tables() -> Iterator[Table]:
    """The tables with sealed columns."""
    return (table for table in metadata.sorted_tables if _sealed(table))


def reseal_page(db: Connection, vault: Vault, table: Table, *, page: int, rows: int) -> int:
    """Seal one page of a table, of at most `rows` rows, counted from 0; how many rows there were on it."""
    keys, sealed = list(table.primary_key), _sealed(table)
    found = db.execute(select(*keys, *sealed).order_by(*keys).limit(rows).offset(page * rows)).all()
    for row in found:
        fresh = {column.name: vault.reseal(getattr(row, column.name)) for column in sealed if getattr(row, column.name)}
        if fresh:
            db.execute(update(table).where(*(key == getattr(row, key.name) for key in keys)).values(fresh))
    return len(found)


def _sealed(table: Table) -> list[Column[bytes]]:
    if table.name == "setting":
        return [table.c.value]
    return [column for column in table.columns if isinstance(column.type, LargeBinary) and column.name[:7] == "sealed_"]
