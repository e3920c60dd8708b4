"""A bot of the Zalo Bot Platform. Zalo gives its facts no version: check them with a real bot first."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("zalo_bot")
