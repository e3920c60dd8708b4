"""Checks of `tinbao doctor` for both Zalo products."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection

from bot.channel.finding import Finding
from bot.delivery.budget import WARN_AT
from bot.zalo.settings import ZaloSettings
from storage import sending_counts

T = TypeVar("T")

ANSWER_S: Final = 10
"""Timeout in seconds for each of Zalo's servers."""


def budget(db: Connection, who: str, account: str, limit: int, now: datetime) -> list[Finding]:
    """A finding about an account's remaining messages of this month; none when `limit` is 0."""
    if not limit:
        return []
    used = sending_counts.counted(db, account, now)
    words = f"{who}: {used} of {limit} messages of this month are used"
    if used < limit * WARN_AT:
        return [Finding(True, words)]
    words += "; the last tenth is kept for alerts and answers"
    if used >= limit:
        words = f"{who}: all {limit} messages of this month are used, and nothing goes out there any more"
    remedy = f"get more from Zalo and raise TINBAO_{_limit_of(account)}, or have people link another app (/noi)"
    return [Finding(False, f"{words}: {remedy}")]


def hosts(settings: ZaloSettings) -> list[Finding]:
    """Findings about the setting without which no file that people send by Zalo can be fetched."""
    if settings.media_hosts:
        return []
    return [
        Finding(False, "TINBAO_ZALO_MEDIA_HOSTS is empty: no photo that comes by Zalo is fetched; set it to zdn.vn")
    ]


def dead_line(where: str, setting: str, error: Exception) -> str:
    """A sentence that nothing answers at an address, with the setting to check."""
    why = str(error) or type(error).__name__
    return f"Zalo cannot be reached at {where} ({why}): look at the network and at {setting}"


async def soon(asked: Awaitable[T]) -> T:
    """The result of a request to Zalo. Raises `TimeoutError` after `ANSWER_S`."""
    return await asyncio.wait_for(asked, ANSWER_S)


def _limit_of(account: str) -> str:
    return f"{account.partition(':')[0].upper()}_MONTHLY_LIMIT"
