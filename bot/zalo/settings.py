"""The operator's settings for both Zalo products."""

from __future__ import annotations

from bot.channel.settings import ChannelSettings


class ZaloSettings(ChannelSettings):
    """The settings that the Bot and the Official Account share."""

    zalo_media_hosts: str = "zdn.vn"
    """Hosts, with all their subdomains, from which files that people sent by Zalo are fetched, separated by commas."""

    @property
    def media_hosts(self) -> tuple[str, ...]:
        """The host suffixes as a tuple."""
        return host_list(self.zalo_media_hosts)


def host_list(setting: str) -> tuple[str, ...]:
    """The host suffixes in a comma-separated setting."""
    return tuple(part.strip().lower().strip(".") for part in setting.split(",") if part.strip(" ."))
