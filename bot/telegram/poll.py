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

import structlog

from bot.channel import AccountDead, Hear, KeepBroken, TooFast
from bot.delivery.backoff import rest
from bot.telegram.ingest import Intake
from bot.telegram.send import TelegramPort

log = structlog.get_logger()

WAIT_S: Final = 50
"""How long Telegram may hold an empty answer back, in seconds."""
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0
DEAD_PAUSE_S: Final = 60.0


async def poll(
    port: TelegramPort,
    hear: Hear,
    keep_broken: KeepBroken,
    stop: asyncio.Event,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    first_pause_s: float = FIRST_PAUSE_S,
) -> None:
    """Ask and take in until `stop`; a batch under way is finished first. No failure ends it: it waits and asks again,
    longer each time."""
    intake = Intake(bot_id=port.bot_id, bot_name=lambda: port.username, hear=hear, keep_broken=keep_broken, now=now)
    offset: int | None = None
    pause = first_pause_s
    while not stop.is_set():
        try:
            updates = await _unless(stop, port, offset)
            await _ingest_all(intake, updates)
        except Exception as error:
            wait = _how_long(error, pause)
            log.warning("poll_failed", error=type(error).__name__, wait_s=wait)
            pause = min(pause * 2, LONGEST_PAUSE_S)
            await rest(stop, wait)
        else:
            pause = first_pause_s
            # After an empty answer all is confirmed, and we forget where we were: after a quiet week Telegram may go
            # on with smaller numbers, which an old offset would throw away.
            offset = max((_number(update) + 1 for update in updates), default=None)


def _how_long(error: Exception, pause: float) -> float:
    match error:
        case TooFast():
            return error.retry_after
        case AccountDead():
            log.critical("account_dead", channel="telegram")
            return max(pause, DEAD_PAUSE_S)
        case _:  # a bad line, another poller, no room in the database, or our own code (the intake has told of it)
            return pause


async def _unless(stop: asyncio.Event, port: TelegramPort, offset: int | None) -> list[Any]:
    """The next updates, or none as soon as we are to stop: giving up an unanswered question loses nothing."""
    asking = asyncio.create_task(port.get_updates(offset, WAIT_S))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else []
    finally:
        asking.cancel()
        stopping.cancel()


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
