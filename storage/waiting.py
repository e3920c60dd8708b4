"""Waiting in loops: until an event (mostly a commit), until the process stops, or until a timeout."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def wait_first(*events: asyncio.Event, timeout_s: float | None = None) -> bool:
    """Wait until one of the events is set. False when `timeout_s` seconds passed first (None: no limit). Other tasks
    run in any case, also when an event is set already."""
    if any(event.is_set() for event in events):
        await asyncio.sleep(0)
        return True
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        done, _ = await asyncio.wait(waits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for wait in waits:
            wait.cancel()


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None as soon as `stop` is set, which cancels `work`. Raises what `work` raises."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        stopping.cancel()
