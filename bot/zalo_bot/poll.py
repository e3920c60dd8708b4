"""Asking Zalo for updates, where no webhook can reach us: for trials.

An answer holds one update, and nothing tells Zalo that we have it: it may come again, or be lost when we are killed. So
an update stays in hand until it is committed, what comes again is known by its key, and for real service there is the
webhook.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import orjson
import structlog

from bot.channel import AccountDead, Hear, KeepBroken
from bot.delivery.backoff import rest
from bot.zalo_bot.ingest import CHANNEL, Intake
from bot.zalo_bot.send import ZaloBotPort

log = structlog.get_logger()

WAIT_S: Final = 30
"""How long Zalo may hold an empty answer back, in seconds."""
LEAST_GAP_S: Final = 1.0
"""Between two questions: some saw the same update come back at once, again and again."""
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0
DEAD_PAUSE_S: Final = 60.0


async def poll(
    port: ZaloBotPort,
    hear: Hear,
    keep_broken: KeepBroken,
    stop: asyncio.Event,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    first_pause_s: float = FIRST_PAUSE_S,
    least_gap_s: float = LEAST_GAP_S,
) -> None:
    """Ask and take in until `stop`; an update in hand is finished first. No failure ends it: it waits and tries again,
    longer each time."""
    intake = Intake(bot_id=port.bot_id, names=lambda: port.names, hear=hear, keep_broken=keep_broken, now=now)
    in_hand: dict[str, Any] | None = None
    taken: dict[str, Any] | None = None
    pause = first_pause_s
    while not stop.is_set():
        asked_at = asyncio.get_running_loop().time()
        try:
            if in_hand is None:
                in_hand = await _unless(stop, port)
            if in_hand is not None and in_hand != taken:
                await intake.ingest(orjson.dumps(in_hand))
        except Exception as error:
            wait = _how_long(error, pause)
            log.warning("poll_failed", channel=CHANNEL, error=type(error).__name__, wait_s=wait)
            pause = min(pause * 2, LONGEST_PAUSE_S)
            await rest(stop, wait)
        else:
            taken, in_hand = in_hand or taken, None
            pause = first_pause_s
            await rest(stop, max(asked_at + least_gap_s - asyncio.get_running_loop().time(), 0))


def _how_long(error: Exception, pause: float) -> float:
    if isinstance(error, AccountDead):
        log.critical("account_dead", channel=CHANNEL)
        return max(pause, DEAD_PAUSE_S)
    return pause  # a bad line, too many questions, a webhook that is still set, no room in the database, our own code


async def _unless(stop: asyncio.Event, port: ZaloBotPort) -> dict[str, Any] | None:
    """The next update, or None when there is none, or as soon as we are to stop."""
    asking = asyncio.create_task(port.client.get_update(WAIT_S))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else None
    finally:
        asking.cancel()
        stopping.cancel()
