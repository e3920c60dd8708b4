"""A bot of the Zalo Bot Platform as a part of the running house."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.app.app import App
from bot.app.build import Runtime
from bot.app.settings import Settings, WrongSetting
from bot.intake.updates import start_updates
from core.messages import Channel


def wanted(settings: Settings) -> bool:
    """Whether the operator gave a bot's token."""
    return bool(settings.zalo_bot_token.get_secret_value())


def add(app: App) -> None:
    """The bot, by webhook or by polling. Raises `WrongSetting`."""
    from bot.zalo.media import host_list
    from bot.zalo_bot.routes import zalo_bot_routes
    from bot.zalo_bot.send import ZaloBotPort

    settings = app.runtime.settings
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
            secret=secret(app.runtime),
            bot_id=port.bot_id,
            names=lambda: port.names,
            hear=app.hear,
            keep_broken=app.keep_broken,
            now=app.clock.now,
        )
    app.add(Channel.ZALO_BOT, port, routes)


async def start(app: App) -> None:
    """Tell Zalo how we want our news. Raises `WrongSetting`."""
    from bot.zalo_bot.poll import poll
    from bot.zalo_bot.send import ZaloBotPort
    from bot.zalo_bot.set_up import check_secret, set_up

    here = app.ports.get(Channel.ZALO_BOT.value)
    if not isinstance(here, ZaloBotPort):
        return
    port, settings, ours = here, app.runtime.settings, secret(app.runtime)
    start_updates(
        app,
        mode := settings.zalo_bot_mode,
        check=lambda: check_secret(mode, ours, settings.public_url, settings.zalo_bot_token.get_secret_value()),
        set_up=lambda: set_up(port, mode=mode, public_url=settings.public_url, secret=ours, stop=app.stop),
        poll=lambda: poll(port, app.hear, app.keep_broken, app.stop, now=app.clock.now),
    )


def secret(runtime: Runtime) -> str:
    """The operator's webhook secret, or one of our own that stays the same."""
    return runtime.settings.zalo_bot_secret.get_secret_value() or runtime.context.vault.secret_for(
        "webhook of the Zalo bot"
    )
