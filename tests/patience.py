"""How long a test waits for what must happen: a guard against a test that hangs, never a measure of speed.

Nothing waits longer than it must. What must not happen, or must happen at once, is told by events and by clocks that
the test moves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE_S: Final = 45.0
"""In seconds. Shorter than the waits of the code that a stop must end at once (Telegram holds a question without news
for 50 s, a dead token is tried again after 60 s): a stop that waited for them would hang here."""
A_CROWD: Final = 4
"""So many times as long where hundreds of messages are on their way, or a process starts again and again."""


async def patiently(awaited: Awaitable[T]) -> T:
    """What is awaited. Raises `TimeoutError` when it hangs."""
    return await asyncio.wait_for(awaited, PATIENCE_S)


def patience() -> asyncio.Timeout:
    """A block that raises `TimeoutError` when it hangs."""
    return asyncio.timeout(PATIENCE_S)
