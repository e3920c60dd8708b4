"""Poll a platform for updates, where no webhook can reach this server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.channel import AccountDead, TooFast
from storage.waiting import wait_first

log = structlog.get_logger()

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0
DEAD_PAUSE_S: Final = 60.0


async def keep_asking(
    channel: str, step: Callable[[], Awaitable[None]], stop: asyncio.Event, first_pause_s: float = FIRST_PAUSE_S
) -> None:
    """Call `step` (ask for updates and ingest them) repeatedly until `stop` is set; a running step is finished first.
    No failure ends the loop: after the first one it waits `first_pause_s` seconds, then longer each time, until a step
    succeeds."""
    pause = first_pause_s
    while not stop.is_set():
        try:
            await step()
        except Exception as error:
            wait = _how_long(channel, error, pause)
            log.warning("poll_failed", channel=channel, error=type(error).__name__, wait_s=wait)
            pause = min(pause * 2, LONGEST_PAUSE_S)
            await wait_first(stop, timeout_s=wait)
        else:
            pause = first_pause_s


def _how_long(channel: str, error: Exception, pause: float) -> float:
    match error:
        case TooFast():
            return error.retry_after
        case AccountDead():
            log.critical("account_dead", channel=channel)
            return max(pause, DEAD_PAUSE_S)
        case _:  # a bad connection, another poller, a webhook that is still set, a full database, or our own code
            return pause
