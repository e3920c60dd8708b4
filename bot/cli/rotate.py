"""`tinbao rotate`: encrypt everything with the newest key."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import count
from typing import Final

from bot.app.build import Runtime
from bot.cli.echo import Echo
from storage.reseal import reseal_page, sealed_tables

PAGE: Final = 500
"""Rows that one transaction encrypts anew."""


async def reseal(runtime: Runtime, echo: Echo) -> int:
    """Encrypt every value and media file anew with the newest key; return the exit status."""
    rows, vault = 0, runtime.context.vault
    for table in sealed_tables():
        for page in count():
            done = await runtime.database.write(partial(reseal_page, vault=vault, table=table, page=page, rows=PAGE))
            rows += done
            if done == 0:
                break
    files = await asyncio.to_thread(runtime.media_store.reseal)
    echo(f"{rows} rows and {files} files are sealed with the newest key; the older keys can be dropped.")
    return 0
