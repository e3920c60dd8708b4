"""Helpers for the stories of the doctor and Zalo: Zalo's servers in a thread, and access to the operator's database."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, insert

from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.zalo_oa.client import OaClient
from bot.zalo_oa.tokens import Tokens
from core.access import Role
from core.messages import Channel, ChatId
from storage import contacts
from storage.tables import conversation, duty
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import ZaloOaDouble
from tests.operator.conftest import NENH

T = TypeVar("T")
Double = TypeVar("Double", ZaloOaDouble, ZaloBotDouble)


@contextmanager
def served(double: Double) -> Iterator[Double]:
    """A double in a thread of its own, because the commands run their own event loops."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def does(work: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    try:
        does(double.__aenter__())
        yield double
        does(double.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def with_runtime(work: Callable[[Runtime, Connection], T]) -> T:
    """Do something in the operator's database."""

    async def whole() -> T:
        runtime = await build_runtime(read_settings())
        try:
            return await runtime.database.write(lambda db: work(runtime, db))
        finally:
            await runtime.close()

    return asyncio.run(whole())


def fetch_tokens(double: ZaloOaDouble) -> None:
    """What `tinbao run` does first of all."""

    async def whole() -> None:
        runtime = await build_runtime(read_settings())
        client = OaClient(double.url, double.url)
        try:
            await Tokens(
                database=runtime.database,
                vault=runtime.context.vault,
                client=client,
                app_id=double.app_id,
                app_secret=double.app_secret,
                seed="refresh-0",
                now=lambda: datetime.now(UTC),
            ).access()
        finally:
            await client.close()
            await runtime.close()

    asyncio.run(whole())


def chat(runtime: Runtime, db: Connection, address: str, channel: Channel, days_ago: int) -> int:
    """Insert a person's chat in which they last wrote `days_ago` days ago; returns its id."""
    now = datetime.now(UTC)
    known = contacts.meet(db, runtime.context.vault, channel, ChatId(address), now=now)
    wrote = now - timedelta(days=days_ago, minutes=1)
    db.execute(insert(conversation).values(contact_id=known.id, step="", tokens=1.0, tokens_at=wrote, wrote_at=wrote))
    return known.id


def make_officer(db: Connection, number: int) -> None:
    values = {"contact_id": number, "role": Role.OFFICER.value, "unit": NENH, "on_duty": True}
    db.execute(insert(duty).values(**values, since=datetime.now(UTC)))
