"""The public web chat: a channel whose platform is ourselves."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("web")
