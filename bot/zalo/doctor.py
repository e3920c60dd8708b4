"""What `tinbao doctor` asks of both Zalo products alike."""

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
"""Seconds that each of Zalo's servers has."""


def budget(db: Connection, who: str, account: str, limit: int, now: datetime) -> list[Finding]:
    """What is left of an account's messages of this month; nothing where there is no limit of ours."""
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
    """Whether files that people send by Zalo can be fetched at all."""
    if settings.media_hosts:
        return []
    return [
        Finding(False, "TINBAO_ZALO_MEDIA_HOSTS is empty: no photo that comes by Zalo is fetched; set it to zdn.vn")
    ]


def dead_line(where: str, setting: str, error: Exception) -> str:
    """That nothing answers at an address, and which setting to look at."""
    why = str(error) or type(error).__name__
    return f"Zalo cannot be reached at {where} ({why}): look at the network and at {setting}"


async def soon(asked: Awaitable[T]) -> T:
    """An answer of Zalo's. Raises `TimeoutError` when it takes too long."""
    return await asyncio.wait_for(asked, ANSWER_S)


def _limit_of(account: str) -> str:
    return f"{account.partition(':')[0].upper()}_MONTHLY_LIMIT"
