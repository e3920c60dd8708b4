"""The channel Zalo Bot Platform. Zalo's documentation has no versions: check it with a real bot first."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("zalo_bot")
