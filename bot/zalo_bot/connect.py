"""How a bot of the Zalo Bot Platform joins the process. httpx is imported late, because many run without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.channel.finding import Finding, OpenedDatabase
from bot.channel.folder import ChannelFolder, Host, JoinedChannel
from bot.channel.settings import SharedSettings, WrongSetting
from bot.zalo_bot import CHANNEL
from bot.zalo_bot.settings import ZaloBotSettings
from core.channels import Capabilities

if TYPE_CHECKING:
    from bot.zalo_bot.send import ZaloBotPort


class ZaloBot(ChannelFolder):
    """The bot, by webhook or by polling. It has no buttons, and each of its messages counts towards the monthly
    limit."""

    name = CHANNEL
    capabilities = Capabilities(listed=9, merged=True)
    settings = ZaloBotSettings

    def wanted(self, settings: SharedSettings) -> bool:
        """Whether the settings have a bot's token."""
        return bool(settings.of(ZaloBotSettings).token)

    def join(self, host: Host) -> JoinedChannel:
        """Raises `WrongSetting` for a token of the wrong shape."""
        from bot.zalo_bot.routes import zalo_bot_routes
        from bot.zalo_bot.send import ZaloBotPort

        mine = host.settings.of(ZaloBotSettings)
        try:
            port = ZaloBotPort(
                mine.token, mine.zalo_bot_api, monthly=mine.zalo_bot_monthly_limit, media_hosts=mine.media_hosts
            )
        except ValueError as error:
            raise WrongSetting(f"TINBAO_ZALO_BOT_TOKEN: {error}") from None
        routes = zalo_bot_routes(
            secret=_secret(host),
            bot_id=port.bot_id,
            names=lambda: port.names,
            hear=host.hear,
            keep_broken=host.keep_broken,
            now=host.now,
        )
        webhook = mine.zalo_bot_mode == "webhook"
        return JoinedChannel(port=port, routes=routes if webhook else (), start=lambda: _start(host, port))

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        """Findings about the settings, the month's remaining messages, and whether Zalo knows the bot."""
        from bot.zalo_bot.doctor import examine

        return await examine(settings.of(ZaloBotSettings), settings.public_url, opened)


def _start(host: Host, port: ZaloBotPort) -> None:
    """Start to receive updates. Raises `WrongSetting`."""
    from bot.intake.updates import start_updates
    from bot.zalo_bot.poll import poll
    from bot.zalo_bot.set_up import check_secret, set_up

    mine, address, secret = host.settings.of(ZaloBotSettings), host.settings.public_url, _secret(host)
    mode = mine.zalo_bot_mode
    start_updates(
        host,
        mode,
        check=lambda: check_secret(mode, secret, address, mine.token),
        set_up=lambda: set_up(port, mode=mode, public_url=address, secret=secret, stop=host.stop),
        poll=lambda: poll(port, host.hear, host.keep_broken, host.stop, now=host.now),
    )


def _secret(host: Host) -> str:
    """The operator's webhook secret, or a stable one of our own."""
    given = host.settings.of(ZaloBotSettings).zalo_bot_secret.get_secret_value()
    return given or host.context.vault.secret_for("webhook of the Zalo bot")


FOLDER: Final = ZaloBot()
