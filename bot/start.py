"""From settings to a running process: which channels there are, and what each needs."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Coroutine
from typing import Any

import structlog
from starlette.routing import BaseRoute

from bot.alone import only_one
from bot.app import App
from bot.clock import Clock
from bot.house import Built, build
from bot.serve import listen, serve
from bot.settings import Settings, WrongSetting
from bot.web_desk import add_web
from core.messages import Channel
from storage.keys import prove_writable

log = structlog.get_logger()


def run_for_ever(settings: Settings, roles: tuple[str, ...]) -> None:
    """`tinbao run`: serve until told to stop. Raises what `build` and `listen` raise."""
    in_loop(_run(settings, roles))


async def assemble(built: Built, clock: Clock, roles: tuple[str, ...]) -> App:
    """An app with every channel that the settings name. Raises `WrongSetting`."""
    app = App(built=built, clock=clock, roles=roles)
    add_web(app)
    if built.settings.telegram_token.get_secret_value():
        add_telegram(app)
    if built.settings.zalo_bot_token.get_secret_value():
        add_zalo_bot(app)
    if built.settings.zalo_oa_app_id:
        add_zalo_oa(app)
    return app


def add_telegram(app: App) -> None:
    """Telegram by webhook or by polling. Imported here: aiogram takes seconds, and many run without it."""
    from bot.telegram.routes import telegram_routes
    from bot.telegram.send import TelegramPort

    settings = app.built.settings
    try:
        port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    except ValueError as error:
        raise WrongSetting(f"TINBAO_TELEGRAM_TOKEN: {error}") from None
    routes: list[BaseRoute] = []
    if settings.telegram_mode == "webhook":
        routes += telegram_routes(
            secret=webhook_secret(app.built),
            bot_id=port.bot_id,
            bot_name=lambda: port.username,
            hear=app.hear,
            keep_broken=app.keep_broken,
            now=app.clock.now,
        )
    app.add(Channel.TELEGRAM, port, routes)


async def start_telegram(app: App) -> None:
    """Tell Telegram how we want our news, beside everything else: a platform that is down must not stop the start."""
    port = app.ports.get(Channel.TELEGRAM.value)
    if port is None or "web" not in app.roles:
        return
    from bot.telegram.poll import poll
    from bot.telegram.send import TelegramPort
    from bot.telegram.set_up import check_secret, set_up

    if not isinstance(port, TelegramPort):
        return
    settings, secret = app.built.settings, webhook_secret(app.built)
    mode = settings.telegram_mode
    if mode == "webhook" and not settings.public_url:
        log.warning("webhook_not_registered", why="TINBAO_PUBLIC_URL is empty: register the webhook by hand")
        return
    try:
        check_secret(mode, secret, settings.public_url)
    except ValueError as error:
        raise WrongSetting(str(error)) from None

    async def go() -> None:
        await set_up(port, mode=mode, public_url=settings.public_url, secret=secret, stop=app.stop)
        if mode == "polling":
            await poll(port, app.hear, app.keep_broken, app.stop, now=app.clock.now)
        else:
            await app.stop.wait()

    app.start_loop(go())


def add_zalo_bot(app: App) -> None:
    """A bot of the Zalo Bot Platform, by webhook or by polling. Raises `WrongSetting`."""
    from bot.zalo_bot.routes import zalo_bot_routes
    from bot.zalo_bot.send import ZaloBotPort
    from bot.zalo_media import host_list

    settings = app.built.settings
    try:
        port = ZaloBotPort(
            settings.zalo_bot_token.get_secret_value(),
            settings.zalo_bot_api,
            monthly=settings.zalo_bot_monthly_limit,
            media_hosts=host_list(settings.zalo_media_hosts),
        )
    except ValueError as error:
        raise WrongSetting(f"TINBAO_ZALO_BOT_TOKEN: {error}") from None
    routes: list[BaseRoute] = []
    if settings.zalo_bot_mode == "webhook":
        routes += zalo_bot_routes(
            secret=zalo_bot_secret(app.built),
            bot_id=port.bot_id,
            names=lambda: port.names,
            hear=app.hear,
            keep_broken=app.keep_broken,
            now=app.clock.now,
        )
    app.add(Channel.ZALO_BOT, port, routes)


async def start_zalo_bot(app: App) -> None:
    """Tell Zalo how we want our news, beside everything else: a platform that is down must not stop the start."""
    port = app.ports.get(Channel.ZALO_BOT.value)
    if port is None or "web" not in app.roles:
        return
    from bot.zalo_bot.poll import poll
    from bot.zalo_bot.send import ZaloBotPort
    from bot.zalo_bot.set_up import check_secret, set_up

    if not isinstance(port, ZaloBotPort):
        return
    settings, secret = app.built.settings, zalo_bot_secret(app.built)
    mode = settings.zalo_bot_mode
    if mode == "webhook" and not settings.public_url:
        log.warning("webhook_not_registered", why="TINBAO_PUBLIC_URL is empty: register the webhook by hand")
        return
    try:
        check_secret(mode, secret, settings.public_url, settings.zalo_bot_token.get_secret_value())
    except ValueError as error:
        raise WrongSetting(str(error)) from None

    async def go() -> None:
        await set_up(port, mode=mode, public_url=settings.public_url, secret=secret, stop=app.stop)
        if mode == "polling":
            await poll(port, app.hear, app.keep_broken, app.stop, now=app.clock.now)
        else:
            await app.stop.wait()

    app.start_loop(go())


def add_zalo_oa(app: App) -> None:
    """A Zalo Official Account, by webhook. Raises `WrongSetting` when a part of its settings is missing."""
    from bot.zalo_media import host_list
    from bot.zalo_oa.client import OaClient
    from bot.zalo_oa.read import Us
    from bot.zalo_oa.routes import zalo_oa_routes
    from bot.zalo_oa.send import OaPort
    from bot.zalo_oa.tokens import Tokens

    built, settings, now = app.built, app.built.settings, app.clock.now
    for name in ("zalo_oa_app_secret", "zalo_oa_secret"):
        if not getattr(settings, name).get_secret_value():
            raise WrongSetting(f"TINBAO_{name.upper()} is empty, and TINBAO_ZALO_OA_APP_ID is set: set both or neither")
    client = OaClient(settings.zalo_oa_api, settings.zalo_oa_auth_api, now)
    tokens = Tokens(
        database=built.database,
        vault=built.house.vault,
        client=client,
        app_id=settings.zalo_oa_app_id,
        app_secret=settings.zalo_oa_app_secret.get_secret_value(),
        seed=settings.zalo_oa_refresh_token.get_secret_value(),
        now=now,
    )
    port = OaPort(
        client,
        tokens,
        buttons=settings.zalo_oa_buttons,
        media_hosts=host_list(settings.zalo_media_hosts),
        monthly=settings.zalo_oa_monthly_limit,
    )
    routes = zalo_oa_routes(
        us=Us(settings.zalo_oa_app_id, settings.zalo_oa_id),
        secret=settings.zalo_oa_secret.get_secret_value(),
        hear=app.hear,
        keep_broken=app.keep_broken,
        bad_signature_status=int(settings.zalo_oa_bad_signature_status),
        now=now,
    )
    app.add(Channel.ZALO_OA, port, routes)


async def start_zalo_oa(app: App) -> None:
    """Look after the account's tokens where messages are sent: an unused refresh token dies after three months."""
    port = app.ports.get(Channel.ZALO_OA.value)
    if port is None or "courier" not in app.roles:
        return
    from bot.zalo_oa.send import OaPort

    if isinstance(port, OaPort):
        app.start_loop(port.tokens.keep_fresh(app.stop))


async def start_channels(app: App) -> None:
    """What platforms must be told, and what must be looked after, once the address is open."""
    await start_telegram(app)
    await start_zalo_bot(app)
    await start_zalo_oa(app)


def webhook_secret(built: Built) -> str:
    """The operator's secret, or one of our own that stays the same."""
    return built.settings.telegram_secret.get_secret_value() or built.house.vault.secret_for("webhook of Telegram")


def zalo_bot_secret(built: Built) -> str:
    """The same for the Zalo bot."""
    return built.settings.zalo_bot_secret.get_secret_value() or built.house.vault.secret_for("webhook of the Zalo bot")


async def _run(settings: Settings, roles: tuple[str, ...]) -> None:
    with listen(settings.host, settings.port) as sock:
        built = await build(settings)
        try:
            await built.database.write(prove_writable)
            with only_one(settings.data_dir, built.database.kind):
                await _serve(built, sock, roles)
        finally:
            await built.close()


async def _serve(built: Built, sock: socket.socket, roles: tuple[str, ...]) -> None:
    app = await assemble(built, Clock(), roles)
    host, port = sock.getsockname()[:2]
    log.info("started", address=f"http://{host}:{port}", roles=",".join(roles), database=built.database.kind)
    await serve(app, sock, start=start_channels)


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in the quickest loop there is."""
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop

    uvloop.run(work)
