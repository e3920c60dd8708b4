"""The operator's settings for Telegram."""

from __future__ import annotations

from pydantic import SecretStr

from bot.channel.settings import ChannelSettings, Mode, WebAddress


class TelegramSettings(ChannelSettings):
    """The settings. Without a token the channel is not used."""

    telegram_token: SecretStr = SecretStr("")
    telegram_api: WebAddress = "https://api.telegram.org"
    telegram_mode: Mode = "polling"
    telegram_secret: SecretStr = SecretStr("")
    """The secret that Telegram sends with each webhook request; a generated one where the operator sets none."""

    @property
    def token(self) -> str:
        """The bot's token, "" when there is none."""
        return self.telegram_token.get_secret_value()
