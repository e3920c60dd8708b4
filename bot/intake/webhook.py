"""What the webhooks of all platforms share: limit the body size, answer 200 only after the commit, give no reason for a
rejection."""

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
    """Raised for a body to be rejected: unsigned, forged, too old, or for another account. `why` is a word for the log
    and the metrics; `status` is the HTTP status of the response."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


async def ingest_body(
    request: Request, channel: str, largest: int, ingest: Callable[[bytes], Awaitable[object]]
) -> Response:
    """Read a request's body of at most `largest` bytes and pass it to `ingest`, which commits it.

    Responses: 200 committed; 400 cut off; 413 too large; 503 nothing was stored, send it again; 500 our own code
    failed, it may be sent again; the status of a `TurnedAway` that `ingest` raises."""
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
    except Exception:  # its class is in the log already; its text may contain somebody's words, so it is not logged
        return Response(status_code=500)
    return Response(status_code=RECEIVED)


def refuse(channel: str, why: str, status: int) -> Response:
    """Count and log a rejection under the word `why`, and return its response."""
    REFUSED_TOTAL.labels(channel, why).inc()
    log.warning("webhook_refused", channel=channel, why=why)
    if status == RECEIVED:
        return Response(status_code=RECEIVED)
    # Close the connection; otherwise the server would go on receiving and discarding the rest of the body.
    return Response(status_code=status, headers={"Connection": "close"})


async def _body(request: Request, largest: int) -> bytes | None:
    """The whole body, or None as soon as it is known to be over the limit."""
    said = request.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > largest:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)
