"""How Telegram joins the process. aiogram is imported late, because that takes seconds and many run without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.channel.finding import Finding, OpenedDatabase
from bot.channel.folder import ChannelFolder, Host, JoinedChannel
from bot.channel.settings import SharedSettings, WrongSetting
from bot.telegram import CHANNEL
from bot.telegram.settings import TelegramSettings
from core.channels import Capabilities

if TYPE_CHECKING:
    from bot.telegram.send import TelegramPort

_TOKEN: Final = re.compile(r"\d+:\S+")


class Telegram(ChannelFolder):
    """A Telegram bot, by webhook or by polling."""

    name = CHANNEL
    capabilities = Capabilities()
    settings = TelegramSettings

    def wanted(self, settings: SharedSettings) -> bool:
        """Whether the settings have a bot's token."""
        return bool(settings.of(TelegramSettings).token)

    def unusable(self, settings: SharedSettings) -> str:
        """Why the token cannot be used, "" when it has the right shape."""
        good = _TOKEN.fullmatch(settings.of(TelegramSettings).token)
        return "" if good else "TINBAO_TELEGRAM_TOKEN has the wrong shape: it looks like 123456:letters"

    def join(self, host: Host) -> JoinedChannel:
        """Raises `WrongSetting` for a token of the wrong shape."""
        from bot.telegram.routes import telegram_routes

        port = _port(host.settings)
        routes = telegram_routes(
            secret=_secret(host),
            bot_id=port.bot_id,
            bot_name=lambda: port.username,
            hear=host.hear,
            keep_broken=host.keep_broken,
            now=host.now,
        )
        webhook = host.settings.of(TelegramSettings).telegram_mode == "webhook"
        return JoinedChannel(port=port, routes=routes if webhook else (), start=lambda: _start(host, port))

    async def links(self, settings: SharedSettings, payload: str, *, group: bool) -> list[str]:
        """Links `https://t.me/…`, once Telegram has told the bot's name."""
        from bot.telegram.links import links

        return await links(_port(settings), payload, group=group) if self.wanted(settings) else []

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        """Findings about contradictory settings, and whether Telegram knows the bot."""
        from bot.telegram.doctor import examine

        return await examine(settings.of(TelegramSettings), settings.public_url)


def _port(settings: SharedSettings) -> TelegramPort:
    from bot.telegram.send import TelegramPort

    mine = settings.of(TelegramSettings)
    try:
        return TelegramPort(mine.token, mine.telegram_api)
    except ValueError as error:
        raise WrongSetting(f"TINBAO_TELEGRAM_TOKEN: {error}") from None


def _start(host: Host, port: TelegramPort) -> None:
    """Start to receive updates. Raises `WrongSetting`."""
    from bot.intake.updates import start_updates
    from bot.telegram.poll import poll
    from bot.telegram.set_up import check_secret, set_up

    mode, address, secret = host.settings.of(TelegramSettings).telegram_mode, host.settings.public_url, _secret(host)
    start_updates(
        host,
        mode,
        check=lambda: check_secret(mode, secret, address),
        set_up=lambda: set_up(port, mode=mode, public_url=address, secret=secret, stop=host.stop),
        poll=lambda: poll(port, host.hear, host.keep_broken, host.stop, now=host.now),
    )


def _secret(host: Host) -> str:
    """The operator's webhook secret, or a stable one of our own."""
    given = host.settings.of(TelegramSettings).telegram_secret.get_secret_value()
    return given or host.context.vault.secret_for("webhook of Telegram")


FOLDER: Final = Telegram()
