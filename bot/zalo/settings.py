"""What an operator sets for both Zalo products."""

from __future__ import annotations

from bot.channel.settings import ChannelSettings


class ZaloSettings(ChannelSettings):
    """What the Bot and the Official Account share."""

    zalo_media_hosts: str = "zdn.vn"
    """Hosts, with all below them, from which files that people sent by Zalo are fetched; commas between."""

    @property
    def media_hosts(self) -> tuple[str, ...]:
        """The hosts one by one."""
        return host_list(self.zalo_media_hosts)


def host_list(setting: str) -> tuple[str, ...]:
    """The host suffixes of a comma-separated setting."""
    return tuple(part.strip().lower().strip(".") for part in setting.split(",") if part.strip(" ."))
