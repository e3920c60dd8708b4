"""What commands share: reading the settings, building the runtime, and the exit status."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.app.build import Runtime
    from bot.app.settings import Settings
    from bot.channel.finding import OpenedDatabase


def read() -> Settings:
    """Set up logs and read the settings. Raises `WrongSetting`."""
    from bot.app.logs import set_up_logs
    from bot.app.settings import read_settings

    set_up_logs()
    return read_settings()


def with_runtime(work: Callable[[Runtime], Coroutine[Any, Any, int]]) -> None:
    """Build the runtime, run `work`, close the runtime. Exits with the status that `work` returns, unless that is 0."""
    from bot.app.build import build_runtime

    async def whole() -> int:
        runtime = await build_runtime(read())
        try:
            return await work(runtime)
        finally:
            await runtime.close()

    leave(asyncio.run(whole()))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[OpenedDatabase]:
    """Open only the database and its vault. Raises `WrongKey`, `WrongSetting`, `Unavailable`."""
    from bot.app.settings import WrongSetting
    from bot.channel.finding import OpenedDatabase
    from storage import keys
    from storage.database import open_database
    from storage.vault import parse_keys

    secret = parse_keys(settings.secret_key.get_secret_value())
    try:
        database = open_database(settings.database)
    except ValueError as error:
        raise WrongSetting(str(error)) from None
    try:
        vault = await database.write(lambda db: keys.open_vault(db, secret))
        yield OpenedDatabase(database, vault, datetime.now(UTC))
    finally:
        await database.close()


def leave(status: int) -> None:
    """Exit with a status, unless it is 0."""
    if status:
        raise typer.Exit(status)
