"""A Zalo Official Account, OpenAPI v3. Zalo gives its facts no version: check them with a real account first."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("zalo_oa")
