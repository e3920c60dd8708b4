"""Waiting without sleeping: for the next commit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from storage.database import Database
from tests.patience import PATIENCE_S


@asynccontextmanager
async def commits(database: Database, within_s: float = PATIENCE_S) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """What is yielded waits for the next commit that touched anything, at most so long."""
    heard = asyncio.Event()
    database.listen(lambda _topics: heard.set())

    async def next_one() -> None:
        await asyncio.wait_for(heard.wait(), within_s)
        heard.clear()

    yield next_one
