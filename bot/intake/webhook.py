"""What the webhooks of all platforms share: take in so much and no more, say "received" after the commit and not
before, and tell nobody why he was turned away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channel import NotStored
from bot.intake.metrics import REFUSED_TOTAL

log = structlog.get_logger()

RECEIVED: Final = 200


class TurnedAway(Exception):
    """A body that no channel of ours takes: unsigned, forged, too old, for another account. `why` is a word for the
    log and the figures; `status` is what the sender sees of it."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


async def ingest_body(
    request: Request, channel: str, largest: int, ingest: Callable[[bytes], Awaitable[object]]
) -> Response:
    """Read a body of at most `largest` bytes and have `ingest` commit it.

    200: it is ours now. 400: cut off on the way. 413: too large. 503: nothing was stored, bring it again. 500: our own
    code broke; it may be brought again. What `ingest` refuses with `TurnedAway` is answered with its status."""
    try:
        body = await _body(request, largest)
    except ClientDisconnect:
        return refuse(channel, "cut_off", 400)
    if body is None:
        return refuse(channel, "too_large", 413)
    try:
        await ingest(body)
    except TurnedAway as refused:
        return refuse(channel, refused.why, refused.status)
    except NotStored:
        return Response(status_code=503, headers={"Retry-After": "1"})
    except Exception:  # its class is in the log already; its text may hold somebody's words, so nobody prints it
        return Response(status_code=500)
    return Response(status_code=RECEIVED)


def refuse(channel: str, why: str, status: int) -> Response:
    """Turn a request away, counted and logged by a word for the reason."""
    REFUSED_TOTAL.labels(channel, why).inc()
    log.warning("webhook_refused", channel=channel, why=why)
    if status == RECEIVED:
        return Response(status_code=RECEIVED)
    # Hang up: else the server would go on taking in, and throwing away, whatever the other side still sends.
    return Response(status_code=status, headers={"Connection": "close"})


async def _body(request: Request, largest: int) -> bytes | None:
    """All of it, or None as soon as it is known to be over the limit."""
    said = request.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > largest:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)
