"""What a channel's package offers to the application, and what the running process offers to the channel.

`bot/<name>/connect.py` defines `FOLDER`, an object of a subclass of `ChannelFolder`. No other code names a channel: the
command line, the doctor, invites and the start ask all packages that exist (`bot.app.channels`)."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from bot.channel.finding import Finding, OpenedDatabase
from bot.channel.port import ChannelPort
from bot.channel.settings import ChannelSettings, SharedSettings
from core.channels import Capabilities
from core.messages import Channel, Inbound

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from handlers.work import AppContext
    from storage.database import Database
    from storage.media import MediaStore


class Host(Protocol):
    """The running process, as a channel sees it."""

    roles: tuple[str, ...]
    stop: asyncio.Event
    """Set when the process is to stop."""

    @property
    def settings(self) -> SharedSettings: ...
    @property
    def database(self) -> Database: ...
    @property
    def context(self) -> AppContext: ...
    @property
    def media_store(self) -> MediaStore: ...

    def now(self) -> datetime:
        """The present time, aware, in UTC; the demo can move it."""

    async def hear(self, heard: Inbound) -> None:
        """See `bot.channel.Hear`."""

    async def keep_broken(self, channel: str, key: str, raw: bytes) -> None:
        """See `bot.channel.KeepBroken`."""

    def start_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a loop until the process ends; if it ends before, the process stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedChannel:
    """A channel that has joined the process: its port to send with and its web routes.

    `start` is called once the web server is listening (it may raise `WrongSetting`); `at_end` when the process is told
    to stop, before the server waits for open connections."""

    port: ChannelPort
    routes: Sequence[BaseRoute] = ()
    start: Callable[[], None] = lambda: None
    at_end: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ChannelCommand:
    """A command `tinbao GROUP NAME`. It prints a line for each finding; its exit status is 1 when one of them is not
    fine."""

    group: str
    group_help: str
    name: str
    help: str
    run: Callable[[SharedSettings, OpenedDatabase], Awaitable[list[Finding]]]


class ChannelFolder(ABC):
    """One channel. Heavy imports (a platform's library) are inside the methods, because not every deployment uses each
    channel."""

    name: ClassVar[Channel]
    """The name of the channel and its package, used in rows, logs and metrics. Its words in the catalogs are
    `channel-<name>`."""
    capabilities: ClassVar[Capabilities]
    settings: ClassVar[type[ChannelSettings]] = ChannelSettings
    commands: ClassVar[tuple[ChannelCommand, ...]] = ()

    @abstractmethod
    def wanted(self, settings: SharedSettings) -> bool:
        """Whether the settings ask for this channel."""

    def unusable(self, settings: SharedSettings) -> str:
        """Why nobody can be reached on this channel with these settings, "" when they can. Called for a wanted channel
        before an invite is made."""
        return ""

    @abstractmethod
    def join(self, host: Host) -> JoinedChannel:
        """Join the process: build the port and the routes. Raises `WrongSetting`."""

    async def links(self, settings: SharedSettings, payload: str, *, group: bool) -> list[str]:
        """Lines with links that carry a start payload; `group`: also a link that binds a group chat."""
        return []

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        """The findings of `tinbao doctor` about this channel, which may not be set up. `opened` is None when the
        database could not be opened."""
        return []
