"""Asking Telegram for updates, where no webhook can reach us.

Telegram counts an update as taken the moment we ask with a higher offset, not when we have handled it. So the offset
moves only after every update of a batch is committed: killed in between, we get the whole batch again, and what was
taken in already is known by its key.
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
"""How long Telegram may hold an empty answer back, in seconds."""


async def poll(
    port: TelegramPort,
    hear: Hear,
    keep_broken: KeepBroken,
    stop: asyncio.Event,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    first_pause_s: float = FIRST_PAUSE_S,
) -> None:
    """Ask and ingest until `stop`; a batch under way is finished first. See `keep_asking`."""
    intake = Intake(bot_id=port.bot_id, bot_name=lambda: port.username, hear=hear, keep_broken=keep_broken, now=now)
    offset: int | None = None

    async def step() -> None:
        nonlocal offset
        # Giving up a question that is not answered yet loses nothing.
        updates = await unless(stop, port.get_updates(offset, WAIT_S)) or []
        await _ingest_all(intake, updates)
        # After an empty answer all is confirmed, and we forget where we were: after a quiet week Telegram may go on
        # with smaller numbers, which an old offset would throw away.
        offset = max((_number(update) + 1 for update in updates), default=None)

    await keep_asking(CHANNEL, step, stop, first_pause_s)


async def _ingest_all(intake: Intake, updates: list[Any]) -> None:
    """Different people side by side, one person's updates in their order. Raises the first failure, after all the
    others are done."""
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
    """Whose turn it is: the sender's id, as far as it can be seen without reading the update."""
    body = next((part for part in update.values() if isinstance(part, dict)), {}) if isinstance(update, dict) else {}
    sender = body.get("from")
    return sender.get("id") if isinstance(sender, dict) and isinstance(sender.get("id"), int) else None


def _number(update: Any) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int else -1
