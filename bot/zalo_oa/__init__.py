"""The channel Zalo Official Account, OpenAPI v3. Zalo's documentation has no versions: check it with a real account
first."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("zalo_oa")
