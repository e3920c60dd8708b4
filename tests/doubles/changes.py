"""Waiting for a condition without sleeping: whoever changes something tells, whoever waits looks again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.patience import PATIENCE_S

T = TypeVar("T")


class Changes:
    """One event for everything that can change in a double."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Something changed."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def until(self, found: Callable[[], T | None], within_s: float = PATIENCE_S) -> T:
        """What `found` finds, as soon as it finds something true. Raises `TimeoutError` after that many seconds."""
        async with asyncio.timeout(within_s):
            while not (thing := found()):
                waiting = asyncio.get_running_loop().create_future()
                self._waiting.add(waiting)
                await waiting
            return thing
