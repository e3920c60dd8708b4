"""The channel Telegram. Only `send` and what uses it import aiogram, which takes seconds."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("telegram")
