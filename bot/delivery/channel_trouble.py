"""Handle a channel that stopped (token rejected, blocked, down): move waiting messages to other channels and tell the
operators once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from core.channels import channel_name
from core.replies import Words, say
from core.say import Say
from handlers.alarm import alarm
from handlers.work import AppContext, Work
from storage import reroute
from storage.database import Database

log = structlog.get_logger()

STOPPED_AFTER_S: Final = 60.0
"""Seconds of nothing but failures after which a channel counts as stopped."""
MOVE_EVERY_S: Final = 15.0


class Trouble:
    """The state of one channel, as its courier sees it."""

    def __init__(self, channel: str, database: Database, context: AppContext, now: Callable[[], datetime]) -> None:
        self._channel, self._database, self._context, self._now = channel, database, context, now
        self._failing_since: float | None = None
        self._stopped_at: datetime | None = None
        self._moved_at = 0.0

    async def failed(self, why: str) -> None:
        """Record a failure of the platform or the connection, which may be temporary. Raises `Unavailable`."""
        if self._failing_since is None:
            self._failing_since = _seconds()
        if _seconds() - self._failing_since >= STOPPED_AFTER_S:
            await self.stopped(why)

    async def stopped(self, why: str) -> None:
        """Record that the channel does not work. Raises `Unavailable`."""
        if self._stopped_at is None:
            self._stopped_at = self._now()
            log.critical("channel_stopped", channel=self._channel, why=why)
            words = say(Say.CHANNEL_STOPPED, channel=channel_name(self._channel), at=self._stopped_at, why=why)
            await self._tell(words, f"channel:{self._channel}:stopped:{self._stopped_at:%Y%m%d%H%M}")
        await self._move()

    async def look(self) -> None:
        """While the channel is down, move newly queued messages to people's other chats. Raises `Unavailable`."""
        if self._stopped_at is not None and _seconds() - self._moved_at >= MOVE_EVERY_S:
            await self._move()

    async def over(self) -> None:
        """Record that the channel works, because something was sent. Operators who were told of the trouble are told
        that it is over. Raises `Unavailable`."""
        self._failing_since = None
        if self._stopped_at is None:
            return
        since, self._stopped_at = self._stopped_at, None
        log.warning("channel_back", channel=self._channel)
        await self._tell(
            say(Say.CHANNEL_BACK, channel=channel_name(self._channel)),
            f"channel:{self._channel}:back:{since:%Y%m%d%H%M}",
        )

    async def quota(self, used: int, limit: int) -> None:
        """Tell the operators that most of the month's messages are used. Raises `Unavailable`."""
        log.warning("quota_low", channel=self._channel, used=used, limit=limit)
        words = say(Say.QUOTA_LOW, channel=channel_name(self._channel), used=used, limit=limit)
        await self._tell(words, f"channel:{self._channel}:quota:{self._now():%Y%m}")

    async def _move(self) -> None:
        self._moved_at = _seconds()
        count = await self._database.write(lambda db: reroute.move_channel(db, self._channel))
        if count:
            log.warning("moved_to_another_way", channel=self._channel, messages=count)

    async def _tell(self, words: Words, reason: str) -> None:
        now, context = self._now(), self._context
        await self._database.write(
            lambda db: alarm(Work(db=db, context=context, now=now), words, reason=reason, about_channel=self._channel)
        )


def _seconds() -> float:
    return asyncio.get_running_loop().time()
