"""A town where everybody has nothing but Zalo: the Official Account, or a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app.build import build_runtime
from bot.app.settings import read_settings
from bot.app.start import assemble
from bot.zalo_bot.routes import PATH as BOT_PATH
from bot.zalo_oa.routes import PATH as OA_PATH
from storage.tables import WAITING, outbox
from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.seen import Seen
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import ZaloOaDouble
from tests.stories.listening import commits
from tests.stories.town import NENH, Town, TownClock
from tests.stories.zalo_people import Pace, ZaloPerson

ROLES = ("web", "courier", "scheduler")
ON_ITS_WAY = timedelta(seconds=1)
"""What people write takes so long to reach us: an answer never has the time of what it answers."""
READS = timedelta(seconds=10)
"""So long people look at a list before they answer it."""
_WAITING = select(func.count()).where(outbox.c.state == WAITING)


@dataclass
class ZaloTown(Town):
    """Its `telegram` was never started: a story that needs it is not told here."""

    zalo: ZaloOaDouble | ZaloBotDouble = field(default_factory=ZaloOaDouble)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def resident(self, name: str = "Ba Tu", *, language: str = "vi") -> Person:
        """Somebody with Zalo, which tells us nobody's language."""
        assert language == "vi"
        return self.owner_of(name)

    def owner_of(self, name: str) -> ZaloPerson:
        """Somebody with Zalo."""
        pace = Pace(self.is_quiet, lambda: self.clock.move(READS))
        person = ZaloPerson(self.zalo.person(name), pace)
        self.stack.push_async_callback(person.closes)
        return person

    async def is_quiet(self) -> None:
        """Wait until everything that was to be sent is sent, and written down as sent."""
        database = self.runtime.database
        async with commits(database) as next_one:
            while await database.read(lambda db: db.execute(_WAITING).scalar_one()):
                await next_one()

    def comes_after(self, seen: Seen) -> Callable[[Seen], bool]:
        """Nothing changes in place there: what a message turns into comes below it."""
        return lambda now: now.id > seen.id


class Door:
    """A server whose application is set after its start."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@asynccontextmanager
async def zalo_oa_town(database_url: str, key: str, folder: Path) -> AsyncIterator[ZaloTown]:
    """A running town on an Official Account that shows no buttons, as most do not."""
    async with ZaloOaDouble() as zalo:
        given: dict[str, object] = {
            "zalo_oa_app_id": zalo.app_id,
            "zalo_oa_app_secret": zalo.app_secret,
            "zalo_oa_secret": zalo.secret,
            "zalo_oa_refresh_token": zalo.refresh_token,
            "zalo_oa_id": zalo.oa_id,
            "zalo_oa_api": zalo.url,
            "zalo_oa_auth_api": zalo.url,
        }
        async with _town(zalo, given, database_url, key, folder) as town:
            zalo.webhook = town.served.url + OA_PATH
            yield town


@asynccontextmanager
async def zalo_bot_town(database_url: str, key: str, folder: Path) -> AsyncIterator[ZaloTown]:
    """A running town on a bot that has its webhook set."""
    async with ZaloBotDouble() as zalo:
        given: dict[str, object] = {
            "zalo_bot_token": zalo.token,
            "zalo_bot_api": zalo.url,
            "zalo_bot_mode": "webhook",
        }
        async with _town(zalo, given, database_url, key, folder) as town:
            await zalo.until(lambda: zalo.webhook == town.served.url + BOT_PATH)
            yield town


@asynccontextmanager
async def _town(
    zalo: ZaloOaDouble | ZaloBotDouble, given: dict[str, object], database_url: str, key: str, folder: Path
) -> AsyncIterator[ZaloTown]:
    async with AsyncExitStack() as stack:
        door = Door()
        served = await stack.enter_async_context(Loopback(door))
        settings = read_settings(
            _env_file=None, data_dir=folder, database_url=database_url, secret_key=key, commune=NENH,
            public_url=served.url, zalo_media_hosts="127.0.0.1", **given,
        )  # fmt: skip
        clock, runtime = TownClock(), await build_runtime(settings)
        stack.push_async_callback(runtime.close)
        zalo.now = lambda: clock.now() - ON_ITS_WAY
        app = assemble(runtime, clock, ROLES)
        door.app = app.asgi()
        await stack.enter_async_context(app.running())
        app.start_channels()
        async with AsyncExitStack() as people:
            yield ZaloTown(
                runtime=runtime, app=app, clock=clock, telegram=TelegramDouble(), served=served, zalo=zalo,
                stack=people, knows_names=isinstance(zalo, ZaloBotDouble),
            )  # fmt: skip


TOWNS = {"zalo_oa": zalo_oa_town, "zalo_bot": zalo_bot_town}
