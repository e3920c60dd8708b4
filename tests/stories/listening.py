"""Waiting without sleeping: for the next commit, or until everything is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from storage.database import Database
from storage.tables import WAITING, outbox
from tests.patience import PATIENCE_S
from tests.stories.town import Town


@asynccontextmanager
async def commits(database: Database, within_s: float = PATIENCE_S) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """What is yielded waits for the next commit that touched anything, at most so long."""
    heard = asyncio.Event()
    database.listen(lambda _topics: heard.set())

    async def next_one() -> None:
        await asyncio.wait_for(heard.wait(), within_s)
        heard.clear()

    yield next_one


async def all_sent(town: Town) -> None:
    """Wait until nothing waits to be sent."""
    left = select(func.count()).select_from(outbox).where(outbox.c.state == WAITING)
    async with commits(town.runtime.database) as committed:
        while await town.runtime.database.read(lambda db: db.execute(left).scalar_one()):
            await committed()
