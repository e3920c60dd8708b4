"""What a channel's folder offers the house, and what the running process offers the folder.

`bot/<name>/connect.py` holds `FOLDER`, an object of a class below `ChannelFolder`. Nothing else in the house names a
channel: the command line, the doctor, invites and the start ask all folders that there are (`bot.app.channels`)."""

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
        """The time, aware, in UTC; the demo can move it."""

    async def hear(self, heard: Inbound) -> None:
        """See `bot.channel.Hear`."""

    async def keep_broken(self, channel: str, key: str, raw: bytes) -> None:
        """See `bot.channel.KeepBroken`."""

    def start_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something as long as the process; if it ends before, the process stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedChannel:
    """A channel that has joined the process: its way out and its web addresses.

    `start` is called once the addresses are open (it may raise `WrongSetting`); `at_end` when the process is told to
    stop, before the server waits for what is open."""

    port: ChannelPort
    routes: Sequence[BaseRoute] = ()
    start: Callable[[], None] = lambda: None
    at_end: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ChannelCommand:
    """`tinbao GROUP NAME`: prints a line for each finding; its status is 1 when one of them is not fine."""

    group: str
    group_help: str
    name: str
    help: str
    run: Callable[[SharedSettings, OpenedDatabase], Awaitable[list[Finding]]]


class ChannelFolder(ABC):
    """One channel. Whatever is heavy (a platform's library) is imported in the methods: not everybody has each."""

    name: ClassVar[Channel]
    """The folder's name: it stands in rows, logs and figures. The catalogs call it `channel-<name>`."""
    capabilities: ClassVar[Capabilities]
    settings: ClassVar[type[ChannelSettings]] = ChannelSettings
    commands: ClassVar[tuple[ChannelCommand, ...]] = ()

    @abstractmethod
    def wanted(self, settings: SharedSettings) -> bool:
        """Whether the operator asks for this channel."""

    def unusable(self, settings: SharedSettings) -> str:
        """Why nobody could ever be reached here with these settings, "" when that is not so. Asked of a channel that
        is wanted, before an invite is made."""
        return ""

    @abstractmethod
    def join(self, host: Host) -> JoinedChannel:
        """Become a part of the process. Raises `WrongSetting`."""

    async def links(self, settings: SharedSettings, payload: str, *, group: bool) -> list[str]:
        """Lines with the addresses that carry a start payload; `group`: also one that binds a group chat."""
        return []

    async def examine(self, settings: SharedSettings, opened: OpenedDatabase | None) -> list[Finding]:
        """What `tinbao doctor` should say of this channel, which may not be set up. `opened` is None when the database
        could not be opened."""
        return []
