"""A town where everybody has nothing but the web chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.app.app import App
from bot.app.build import build_runtime
from bot.app.settings import read_settings
from bot.web.connect import FOLDER as WEB
from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.people import Person
from tests.patience import PATIENCE_S
from tests.stories.town import NENH, Town, TownClock
from tests.stories.web_people import WebPerson


@dataclass
class WebTown(Town):
    """Its `telegram` was never started: a story that needs it is not told here."""

    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def resident(self, name: str = "Ba Tu", *, language: str = "vi") -> Person:
        """Somebody with a browser."""
        client = await self.stack.enter_async_context(httpx.AsyncClient(base_url=self.served.url, timeout=PATIENCE_S))
        person = WebPerson(client, name, language)
        self.stack.push_async_callback(person.closes)
        return person


@asynccontextmanager
async def web_town(database_url: str, key: str, folder: Path) -> AsyncIterator[WebTown]:
    """A running town on a database."""
    async with AsyncExitStack() as stack:
        settings = read_settings(
            _env_file=None, data_dir=folder, database_url=database_url, secret_key=key, commune=NENH
        )
        clock, runtime = TownClock(), await build_runtime(settings)
        stack.push_async_callback(runtime.close)
        app = App(runtime=runtime, clock=clock)
        app.add(WEB.name, WEB.join(app))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        await stack.enter_async_context(app.running())
        yield WebTown(
            runtime=runtime,
            app=app,
            clock=clock,
            telegram=TelegramDouble(),
            served=served,
            stack=stack,
            knows_names=False,
        )


TOWNS = {"web": web_town}
