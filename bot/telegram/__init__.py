"""Telegram. Reading and the web address are light; `send` brings in aiogram, which takes seconds to import."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("telegram")
