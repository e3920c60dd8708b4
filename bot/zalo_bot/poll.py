"""Poll Zalo for updates, where no webhook can reach this server; for trials.

A response has one update, and there is no confirmation to Zalo: an update may come again, or be lost when the process
is killed. So an update is kept in memory until it is committed, and a repeated one is recognised by its key. Production
should use the webhook.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bot.channel import Hear, KeepBroken
from bot.intake.polling import FIRST_PAUSE_S, keep_asking
from bot.zalo_bot import CHANNEL
from bot.zalo_bot.ingest import Intake
from bot.zalo_bot.send import ZaloBotPort
from storage.waiting import unless, wait_first

WAIT_S: Final = 30
"""Seconds that Zalo may wait before it returns an empty answer."""
LEAST_GAP_S: Final = 1.0
"""Seconds between two requests at least, because Zalo may return the same update at once, again and again."""


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
    """Poll and ingest until `stop` is set; a received update is finished first. See `keep_asking`."""
    intake = Intake(bot_id=port.bot_id, names=lambda: port.names, hear=hear, keep_broken=keep_broken, now=now)
    pending: dict[str, Any] | None = None
    ingested: dict[str, Any] | None = None

    async def step() -> None:
        nonlocal pending, ingested
        asked_at = asyncio.get_running_loop().time()
        if pending is None:
            pending = await unless(stop, port.client.get_update(WAIT_S))
        if pending is not None and pending != ingested:
            await intake.ingest(orjson.dumps(pending))
        ingested, pending = pending or ingested, None
        await wait_first(stop, timeout_s=max(asked_at + least_gap_s - asyncio.get_running_loop().time(), 0))

    await keep_asking(CHANNEL, step, stop, first_pause_s)
