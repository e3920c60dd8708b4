"""How Tiny joins the process."""

from __future__ import annotations

from typing import Final

from bot.channel.finding import Finding, OpenedDatabase
from bot.channel.folder import ChannelCommand, ChannelFolder, Host, JoinedChannel
from bot.channel.settings import SharedSettings
from core.channels import Capabilities

from . import CHANNEL
from .settings import TinySettings


async def _hello(settings: SharedSettings, opened: OpenedDatabase) -> list[Finding]:
    return [Finding(True, f"Tiny lives at {settings.of(TinySettings).tiny_api}")]


class Tiny(ChannelFolder):
    """An app without buttons, in which every message counts."""

    name = CHANNEL
    capabilities = Capabilities(listed=3, merged=True)
    settings = TinySettings
    commands = (ChannelCommand(group="tiny", group_help="Tiny.", name="hello", help="Where Tiny lives.", run=_hello),)

    def wanted(self, settings: SharedSettings) -> bool:
        return bool(settings.of(TinySettings).tiny_api)

    def join(self, host: Host) -> JoinedChannel:
        from .routes import tiny_routes
        from .send import TinyPort

        mine = host.settings.of(TinySettings)
        token = mine.tiny_token.get_secret_value()
        return JoinedChannel(port=TinyPort(mine.tiny_api, token), routes=tiny_routes(host, token))

    async def links(self, settings: SharedSettings, payload: str, *, group: bool) -> list[str]:
        return [f"https://tiny.example/?start={payload}"]

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        return [Finding(True, f"Tiny is set up: {settings.of(TinySettings).tiny_api}")]


FOLDER: Final = Tiny()
