"""From settings to a running process: which channels there are, and what each needs."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Coroutine
from typing import Any, Final, Protocol

import structlog

from bot.app.app import App
from bot.app.build import Runtime, build_runtime
from bot.app.clock import Clock
from bot.app.instance_lock import only_one
from bot.app.serve import listen, serve
from bot.app.settings import Settings
from bot.telegram import connect as telegram
from bot.web import connect as web
from bot.zalo_bot import connect as zalo_bot
from bot.zalo_oa import connect as zalo_oa
from storage.keys import prove_writable

log = structlog.get_logger()


def run_for_ever(settings: Settings, roles: tuple[str, ...]) -> None:
    """`tinbao run`: serve until told to stop. Raises what `build` and `listen` raise."""
    in_loop(_run(settings, roles))


class Connects(Protocol):
    """What a channel folder's `connect.py` offers. It imports its platform's library late: not everybody has each."""

    def wanted(self, settings: Settings) -> bool:
        """Whether the settings ask for this channel."""

    def add(self, app: App) -> object:
        """Give the app its way out and its addresses. Raises `WrongSetting`."""

    async def start(self, app: App) -> None:
        """What the platform must be told, and what must be looked after, once the address is open. Raises
        `WrongSetting`."""


CHANNELS: Final[tuple[Connects, ...]] = (web, telegram, zalo_bot, zalo_oa)


async def assemble(runtime: Runtime, clock: Clock, roles: tuple[str, ...]) -> App:
    """An app with every channel that the settings name. Raises `WrongSetting`."""
    app = App(runtime=runtime, clock=clock, roles=roles)
    for channel in CHANNELS:
        if channel.wanted(runtime.settings):
            channel.add(app)
    return app


async def start_channels(app: App) -> None:
    """Start every channel that the app has. Raises `WrongSetting`."""
    for channel in CHANNELS:
        await channel.start(app)


async def _run(settings: Settings, roles: tuple[str, ...]) -> None:
    with listen(settings.host, settings.port) as sock:
        runtime = await build_runtime(settings)
        try:
            await runtime.database.write(prove_writable)
            with only_one(settings.data_dir, runtime.database.kind):
                await _serve(runtime, sock, roles)
        finally:
            await runtime.close()


async def _serve(runtime: Runtime, sock: socket.socket, roles: tuple[str, ...]) -> None:
    app = await assemble(runtime, Clock(), roles)
    host, port = sock.getsockname()[:2]
    log.info("started", address=f"http://{host}:{port}", roles=",".join(roles), database=runtime.database.kind)
    await serve(app, sock, start=start_channels)


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in the quickest loop there is."""
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop

    uvloop.run(work)
