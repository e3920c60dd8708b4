"""Retry with growing pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.channel import AccountDead, Refused, TooFast
from storage.waiting import wait_first

log = structlog.get_logger()

LONGEST_PAUSE_S: Final = 60.0


async def until_done(name: str, step: Callable[[], Awaitable[None]], stop: asyncio.Event, pause: float) -> None:
    """Call `step` until it succeeds or `stop` is set. The first pause lasts `pause` seconds; later ones are longer."""
    while not stop.is_set():
        try:
            await step()
        except Exception as error:
            wait = error.retry_after if isinstance(error, TooFast) else pause
            log.warning("set_up_failed", method=name, error=type(error).__name__, wait_s=wait)
            if isinstance(error, AccountDead | Refused):
                log.critical("set_up_refused", method=name)
                wait = LONGEST_PAUSE_S
            pause = min(pause * 2, LONGEST_PAUSE_S)
            await wait_first(stop, timeout_s=wait)
        else:
            log.info("set_up", method=name)
            return
