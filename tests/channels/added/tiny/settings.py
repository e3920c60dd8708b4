"""What an operator sets for Tiny."""

from __future__ import annotations

from pydantic import SecretStr

from bot.channel.settings import ChannelSettings, WebAddress


class TinySettings(ChannelSettings):
    """Without an address there is no Tiny."""

    tiny_api: WebAddress = ""
    tiny_token: SecretStr = SecretStr("")
