"""From settings to a running process: which channels there are, and what each needs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.app import App
from bot.clock import Clock
from bot.house import Built, build
from bot.serve import listen, serve
from bot.settings import Settings
from bot.web_desk import add_web
from core.messages import Channel

log = structlog.get_logger()


def run_for_ever(settings: Settings, roles: tuple[str, ...]) -> None:
    """`tinbao run`: serve until told to stop. Raises what `build` and `listen` raise."""
    _loop(_run(settings, roles))


async def assemble(built: Built, clock: Clock, roles: tuple[str, ...]) -> App:
    """An app with every channel that the settings name."""
    app = App(built=built, clock=clock, roles=roles)
    add_web(app)
    if built.settings.telegram_token.get_secret_value():
        await add_telegram(app)
    return app


async def add_telegram(app: App) -> None:
    """Telegram by webhook or by polling. Imported here: aiogram takes seconds, and many run without it."""
    from bot.telegram.routes import telegram_routes
    from bot.telegram.send import TelegramPort

    settings, house = app.built.settings, app.built.house
    port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    secret = settings.telegram_secret.get_secret_value() or house.vault.secret_for("telegram-webhook")
    routes = []
    if settings.telegram_mode == "webhook":
        routes = telegram_routes(
            secret=secret, bot_id=port.bot_id, bot_name=lambda: port.bot_name, hear=app.hear,
            keep_broken=app.keep_broken, now=app.clock.now,
        )
    app.add(Channel.TELEGRAM, port, routes)


async def start_telegram(app: App) -> None:
    """Tell Telegram how we want our news, in the background: a platform that is down must not stop the start."""
    from bot.telegram.poll import poll
    from bot.telegram.send import TelegramPort
    from bot.telegram.set_up import set_up

    port = app.ports.get(Channel.TELEGRAM.value)
    if not isinstance(port, TelegramPort) or "web" not in app.roles:
        return
    settings, house = app.built.settings, app.built.house
    secret = settings.telegram_secret.get_secret_value() or house.vault.secret_for("telegram-webhook")

    async def go() -> None:
        await set_up(port, settings.telegram_mode, settings.public_url, secret)
        if settings.telegram_mode == "polling":
            await poll(port, app.hear, app.keep_broken, app.stop)
        else:
            await app.stop.wait()

    app.start_loop(go())


async def _run(settings: Settings, roles: tuple[str, ...]) -> None:
    sock = listen(settings.host, settings.port)
    built = await build(settings)
    try:
        app = await assemble(built, Clock(), roles)
        host, port = sock.getsockname()[:2]
        log.info("started", address=f"http://{host}:{port}", roles=",".join(roles), database=built.database.kind)
        await serve(app, sock, start=start_telegram)
    finally:
        await built.close()


def _loop(work: Coroutine[Any, Any, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop

    uvloop.run(work)
