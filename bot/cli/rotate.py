"""`tinbao rotate`: encrypt everything with the newest key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, select, update

from bot.app.build import Runtime
from bot.cli.echo import Echo
from storage.tables import metadata

PAGE: Final = 500
"""Rows that one transaction encrypts anew."""


async def reseal(runtime: Runtime, echo: Echo) -> int:
    """Encrypt every value and media file anew with the newest key; return the exit status."""
    count = 0
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, LargeBinary)]
        sealed = [column for column in columns if column.name.startswith("sealed_")]
        if table.name == "setting":
            sealed = [table.c.value]
        if not sealed:
            continue
        for page in _pages():
            done = await runtime.database.write(
                partial(_reseal_page, runtime=runtime, table=table, sealed=sealed, page=page)
            )
            count += done
            if done == 0:
                break
    files = await asyncio.to_thread(runtime.media_store.reseal)
    echo(f"{count} rows and {files} files are sealed with the newest key; the older keys can be dropped.")
    return 0


def _pages() -> Iterator[int]:
    page = 0
    while True:
        yield page
        page += 1


def _reseal_page(db: Connection, runtime: Runtime, table: Any, sealed: list[Any], page: int) -> int:
    keys = list(table.primary_key)
    rows = db.execute(select(*keys, *sealed).order_by(*keys).limit(PAGE).offset(page * PAGE)).all()
    for row in rows:
        fresh = {
            column.name: runtime.context.vault.reseal(getattr(row, column.name))
            for column in sealed
            if getattr(row, column.name)
        }
        if fresh:
            mine = [key == getattr(row, key.name) for key in keys]
            db.execute(update(table).where(*mine).values(fresh))
    return len(rows)
