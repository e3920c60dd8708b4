"""Server-Sent Events: messages to a page while it is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.responses import StreamingResponse

from storage.waiting import wait_first

KEEP_ALIVE_S: Final = 20.0
HELLO: Final = ": hello\n\n"
STILL_HERE: Final = ": still here\n\n"
"""Comments, which the browser passes over: they show that the connection lives."""


def event(kind: str, body: str, event_id: str = "") -> str:
    """One event in the SSE wire format. The browser sends `event_id` back as `Last-Event-ID` when it reconnects."""
    data = "\n".join(f"data: {row}" for row in body.splitlines())
    return (f"id: {event_id}\n" if event_id else "") + f"event: {kind}\n{data}\n\n"


def event_stream(events: AsyncIterator[str]) -> StreamingResponse:
    """The response that streams events, with headers that stop proxies from buffering."""
    return StreamingResponse(events, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def woken(event: asyncio.Event) -> bool:
    """Wait for `event`. False when it is time to send a keep-alive comment."""
    return await wait_first(event, timeout_s=KEEP_ALIVE_S)
