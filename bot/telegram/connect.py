"""Telegram as a part of the running house. aiogram is imported late: it takes seconds, and many run without it."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.app.app import App
from bot.app.build import Runtime
from bot.app.settings import Settings, WrongSetting
from bot.intake.updates import start_updates
from core.messages import Channel


def wanted(settings: Settings) -> bool:
    """Whether the operator gave a bot's token."""
    return bool(settings.telegram_token.get_secret_value())


def add(app: App) -> None:
    """Telegram by webhook or by polling. Raises `WrongSetting`."""
    from bot.telegram.routes import telegram_routes
    from bot.telegram.send import TelegramPort

    settings = app.runtime.settings
    try:
        port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    except ValueError as error:
        raise WrongSetting(f"TINBAO_TELEGRAM_TOKEN: {error}") from None
    routes: list[BaseRoute] = []
    if settings.telegram_mode == "webhook":
        routes += telegram_routes(
            secret=secret(app.runtime),
            bot_id=port.bot_id,
            bot_name=lambda: port.username,
            hear=app.hear,
            keep_broken=app.keep_broken,
            now=app.clock.now,
        )
    app.add(Channel.TELEGRAM, port, routes)


async def start(app: App) -> None:
    """Tell Telegram how we want our news. Raises `WrongSetting`."""
    from bot.telegram.poll import poll
    from bot.telegram.send import TelegramPort
    from bot.telegram.set_up import check_secret, set_up

    here = app.ports.get(Channel.TELEGRAM.value)
    if not isinstance(here, TelegramPort):
        return
    port, settings, ours = here, app.runtime.settings, secret(app.runtime)
    start_updates(
        app,
        mode := settings.telegram_mode,
        check=lambda: check_secret(mode, ours, settings.public_url),
        set_up=lambda: set_up(port, mode=mode, public_url=settings.public_url, secret=ours, stop=app.stop),
        poll=lambda: poll(port, app.hear, app.keep_broken, app.stop, now=app.clock.now),
    )


def secret(runtime: Runtime) -> str:
    """The operator's webhook secret, or one of our own that stays the same."""
    return runtime.settings.telegram_secret.get_secret_value() or runtime.context.vault.secret_for(
        "webhook of Telegram"
    )
