"""The public web chat, a channel without an external platform."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("web")
