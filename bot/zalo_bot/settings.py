"""The operator's settings for a bot of the Zalo Bot Platform."""

from __future__ import annotations

from pydantic import Field, SecretStr

from bot.channel.settings import Mode, WebAddress
from bot.zalo.settings import ZaloSettings


class ZaloBotSettings(ZaloSettings):
    """The settings. Without a token the channel is not used."""

    zalo_bot_token: SecretStr = SecretStr("")
    zalo_bot_api: WebAddress = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Mode = "polling"
    zalo_bot_secret: SecretStr = SecretStr("")
    zalo_bot_monthly_limit: int = Field(default=3000, ge=0)
    """Messages that may be sent in a month; 0: no limit."""

    @property
    def token(self) -> str:
        """The bot's token, "" when there is none."""
        return self.zalo_bot_token.get_secret_value()
