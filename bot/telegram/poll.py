"""Poll Telegram for updates, where no webhook can reach this server.

Telegram counts an update as delivered when we ask with a higher offset, not when it was handled. So the offset moves
only after every update of a batch is committed. If the process is killed in between, the whole batch comes again, and
updates that were processed already are recognised by their keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from bot.channel import Hear, KeepBroken
from bot.intake.polling import FIRST_PAUSE_S, keep_asking
from bot.telegram import CHANNEL
from bot.telegram.ingest import Intake
from bot.telegram.send import TelegramPort
from storage.waiting import unless

WAIT_S: Final = 50
"""Seconds that Telegram may wait before it returns an empty answer."""


async def poll(
    port: TelegramPort,
    hear: Hear,
    keep_broken: KeepBroken,
    stop: asyncio.Event,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    first_pause_s: float = FIRST_PAUSE_S,
) -> None:
    """Poll and ingest until `stop` is set; a running batch is finished first. See `keep_asking`."""
    intake = Intake(bot_id=port.bot_id, bot_name=lambda: port.username, hear=hear, keep_broken=keep_broken, now=now)
    offset: int | None = None

    async def step() -> None:
        nonlocal offset
        # Cancelling a request that is not answered yet loses nothing.
        updates = await unless(stop, port.get_updates(offset, WAIT_S)) or []
        await _ingest_all(intake, updates)
        # After an empty answer all updates are confirmed, and the offset is reset: after a quiet week Telegram may
        # continue with smaller ids, which an old offset would discard.
        offset = max((_number(update) + 1 for update in updates), default=None)

    await keep_asking(CHANNEL, step, stop, first_pause_s)


async def _ingest_all(intake: Intake, updates: list[Any]) -> None:
    """Ingest a batch: different people's updates concurrently, one person's in order. Raises the first failure after
    all others are done."""
    lines: dict[object, list[Any]] = {}
    for update in updates:
        lines.setdefault(_whose(update), []).append(update)
    ends = await asyncio.gather(*(_ingest_line(intake, line) for line in lines.values()), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end


async def _ingest_line(intake: Intake, line: list[Any]) -> None:
    for update in line:
        await intake.ingest(update)


def _whose(update: Any) -> object:
    """The sender's id for the order of updates, as far as it can be found without parsing the update."""
    body = next((part for part in update.values() if isinstance(part, dict)), {}) if isinstance(update, dict) else {}
    sender = body.get("from")
    return sender.get("id") if isinstance(sender, dict) and isinstance(sender.get("id"), int) else None


def _number(update: Any) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int else -1
