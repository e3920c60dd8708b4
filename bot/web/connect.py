"""How the web chat joins the process. It is always on, because it needs no token and no platform's permission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.channel.folder import ChannelFolder, Host, JoinedChannel
from bot.channel.settings import SharedSettings
from bot.web import CHANNEL
from core.channels import Capabilities

if TYPE_CHECKING:
    from bot.web.routes import Pages


class Web(ChannelFolder):
    """The channel of the chat page."""

    name = CHANNEL
    capabilities = Capabilities()

    def wanted(self, settings: SharedSettings) -> bool:
        """Always True."""
        return True

    def join(self, host: Host) -> JoinedChannel:
        """Join the process with the chat's pages, the redirect from `/`, and the port."""
        return joined(host, pages_of(host))

    async def links(self, settings: SharedSettings, payload: str, *, group: bool) -> list[str]:
        """The URL of the chat page, if there is a public URL."""
        return [f"{settings.public_url}/chat?start={payload}"] if settings.public_url else []


def pages_of(host: Host) -> Pages:
    """The chat's pages for a process; the demo adds to them."""
    from bot.web.chat_service import ChatService
    from bot.web.routes import Pages

    return Pages(
        ChatService(
            database=host.database,
            context=host.context,
            media_store=host.media_store,
            hear=host.hear,
            now=host.now,
            https=host.settings.public_url.startswith("https://"),
            demo=host.settings.demo,
        )
    )


def joined(host: Host, pages: Pages) -> JoinedChannel:
    """The channel with these pages, to be added to the process."""
    from bot.web.front_door import front_door
    from bot.web.send import WebPort

    return JoinedChannel(
        port=WebPort(host.media_store),
        routes=[*pages.routes(), front_door("/demo" if host.settings.demo else "/chat")],
        at_end=pages.streams.end,
    )


FOLDER: Final = Web()
