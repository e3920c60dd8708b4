"""Assemble a process from the settings and run it."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.app.app import App
from bot.app.build import Runtime, build_runtime
from bot.app.channels import channels
from bot.app.clock import Clock
from bot.app.instance_lock import only_one
from bot.app.serve import listen, serve
from bot.app.settings import Settings
from storage.keys import prove_writable

log = structlog.get_logger()


def run_for_ever(settings: Settings, roles: tuple[str, ...]) -> None:
    """`tinbao run`: serve until SIGINT or SIGTERM. Raises what `build_runtime` and `listen` raise."""
    in_loop(_run(settings, roles))


def assemble(runtime: Runtime, clock: Clock, roles: tuple[str, ...]) -> App:
    """An app with every channel that the settings ask for. Raises `WrongSetting`."""
    app = App(runtime=runtime, clock=clock, roles=roles)
    for channel in channels():
        if channel.wanted(runtime.settings):
            app.add(channel.name, channel.join(app))
    return app


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
    app = assemble(runtime, Clock(), roles)
    host, port = sock.getsockname()[:2]
    log.info("started", address=f"http://{host}:{port}", roles=",".join(roles), database=runtime.database.kind)
    await serve(app, sock)


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end on uvloop, on Windows on asyncio's own loop."""
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop

    uvloop.run(work)
