"""The operator's settings for both Zalo products."""

from __future__ import annotations

from bot.channel.settings import ChannelSettings
from bot.zalo.links import host_list


class ZaloSettings(ChannelSettings):
    """The settings that the Bot and the Official Account share."""

    zalo_media_hosts: str = "zdn.vn"
    """Hosts, with all their subdomains, from which files that people sent by Zalo are fetched, separated by commas."""

    @property
    def media_hosts(self) -> tuple[str, ...]:
        """The host suffixes as a tuple."""
        return host_list(self.zalo_media_hosts)
