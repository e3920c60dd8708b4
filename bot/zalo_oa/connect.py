"""How a Zalo Official Account joins the process. httpx is imported late, because many run without it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.channel.finding import Finding, OpenedDatabase
from bot.channel.folder import ChannelCommand, ChannelFolder, Host, JoinedChannel
from bot.channel.settings import SharedSettings, WrongSetting
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.settings import ZaloOaSettings
from core.channels import Capabilities


async def _status(settings: SharedSettings, opened: OpenedDatabase) -> list[Finding]:
    from bot.zalo_oa.status import read_status

    return await read_status(settings.of(ZaloOaSettings), opened)


class ZaloOa(ChannelFolder):
    """The account, by webhook.

    It shows at most five buttons, the last of which turns the page. Answers are free for two days after a person's
    last word; after seven days only approved templates may be sent (Zalo's policy for "tin tư vấn")."""

    name = CHANNEL
    capabilities = Capabilities(listed=4, merged=True, free=timedelta(hours=48), open_for=timedelta(days=7))
    settings = ZaloOaSettings
    commands = (
        ChannelCommand(
            group="zalo",
            group_help="Zalo, for the operator.",
            name="status",
            help="How the tokens of the Official Account stand.",
            run=_status,
        ),
    )

    def wanted(self, settings: SharedSettings) -> bool:
        """Whether the settings have an account's app id."""
        return bool(settings.of(ZaloOaSettings).zalo_oa_app_id)

    def join(self, host: Host) -> JoinedChannel:
        """Raises `WrongSetting` when one of its settings is missing."""
        from bot.zalo_oa.client import OaClient
        from bot.zalo_oa.read import OwnAccount
        from bot.zalo_oa.routes import zalo_oa_routes
        from bot.zalo_oa.send import OaPort
        from bot.zalo_oa.tokens import Tokens

        mine = host.settings.of(ZaloOaSettings)
        for name, secret in (("APP_SECRET", mine.app_secret), ("SECRET", mine.signing_secret)):
            if not secret:
                raise WrongSetting(
                    f"TINBAO_ZALO_OA_{name} is empty, and TINBAO_ZALO_OA_APP_ID is set: set both or neither"
                )
        client = OaClient(mine.zalo_oa_api, mine.zalo_oa_auth_api, host.now)
        tokens = Tokens(
            database=host.database,
            vault=host.context.vault,
            client=client,
            app_id=mine.zalo_oa_app_id,
            app_secret=mine.app_secret,
            seed=mine.seed,
            now=host.now,
        )
        port = OaPort(
            client,
            tokens,
            buttons=mine.zalo_oa_buttons,
            media_hosts=mine.media_hosts,
            monthly=mine.zalo_oa_monthly_limit,
        )
        routes = zalo_oa_routes(
            us=OwnAccount(mine.zalo_oa_app_id, mine.zalo_oa_id),
            secret=mine.signing_secret,
            hear=host.hear,
            keep_broken=host.keep_broken,
            bad_signature_status=int(mine.zalo_oa_bad_signature_status),
            now=host.now,
        )

        def start() -> None:
            # The process that sends also renews the tokens, because an unused refresh token expires after three months.
            if "courier" in host.roles:
                host.start_loop(tokens.keep_fresh(host.stop))

        return JoinedChannel(port=port, routes=routes, start=start)

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        """Findings about the settings, the tokens, closed messaging windows, and Zalo's answer about the account."""
        from bot.zalo_oa.doctor import examine

        return await examine(settings.of(ZaloOaSettings), settings.public_url, opened)


FOLDER: Final = ZaloOa()
