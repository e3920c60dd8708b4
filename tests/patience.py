"""The time limit of a test's waits: a guard against tests that hang, never a measure of speed.

Waits end as soon as their condition is met. That something does not happen, or happens at once, is tested with events
and with clocks that the test moves.
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
