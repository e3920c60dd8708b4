"""What an operator sets for Telegram."""

from __future__ import annotations

from pydantic import SecretStr

from bot.channel.settings import ChannelSettings, Mode, WebAddress


class TelegramSettings(ChannelSettings):
    """Without a token there is no Telegram."""

    telegram_token: SecretStr = SecretStr("")
    telegram_api: WebAddress = "https://api.telegram.org"
    telegram_mode: Mode = "polling"
    telegram_secret: SecretStr = SecretStr("")
    """What Telegram sends with each webhook; one of our own where the operator sets none."""

    @property
    def token(self) -> str:
        """The bot's token, "" when there is none."""
        return self.telegram_token.get_secret_value()
