"""The address to which Zalo brings events. It answers 200 after the commit and not before; Zalo waits two seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel import Hear, KeepBroken, NotTaken
from bot.figures import REFUSED_TOTAL
from bot.zalo_oa.read import NotOurs, Us
from bot.zalo_oa.signature import HEADER, BadSignature, signed
from bot.zalo_oa.take import CHANNEL, Intake

log = structlog.get_logger()

PATH: Final = "/webhook/zalo-oa"
LARGEST_BODY: Final = 256 * 1024
"""Bytes. A real event is one or two thousand: files come as links."""


def zalo_oa_routes(
    *,
    us: Us,
    secret: str,
    hear: Hear,
    keep_broken: KeepBroken,
    bad_signature_status: int = 401,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """The webhook. `secret` is the OA Secret Key; with an empty one nobody gets in.

    413: too large. `bad_signature_status`: unsigned, wrongly signed, too old, or for another account; nothing else
    was read. 503: nothing was stored, bring it again. 200: it is ours now, also what we cannot read (kept for the
    operator), for Zalo shuts a webhook that goes on refusing."""
    intake = Intake(us=us, hear=hear, keep_broken=keep_broken)

    async def webhook(request: Request) -> Response:
        try:
            raw = await _body(request)
        except ClientDisconnect:
            return _refuse("cut_off", 400)
        if raw is None:
            return _refuse("too_large", 413)
        try:
            header = request.headers.get(HEADER, "")
            body = signed(raw, header, app_id=us.app_id, secret=secret, now=now(), oa_id=us.oa_id)
            await intake.take(body, raw)
        except (BadSignature, NotOurs) as why:
            return _refuse(str(why), bad_signature_status)
        except NotTaken:
            return Response(status_code=503, headers={"Retry-After": "1"})
        except Exception:  # its class is in the log already; its text may hold somebody's words, so nobody prints it
            return Response(status_code=500)
        return Response(status_code=200)

    return [Route(PATH, webhook, methods=["POST"])]


def _refuse(why: str, status: int) -> Response:
    REFUSED_TOTAL.labels(CHANNEL, why).inc()
    log.warning("webhook_refused", channel=CHANNEL, why=why)
    if status == 200:
        return Response(status_code=200)
    # Hang up: else the server would go on taking in, and throwing away, whatever the other side still sends.
    return Response(status_code=status, headers={"Connection": "close"})


async def _body(request: Request) -> bytes | None:
    """All of it, or None as soon as it is over the limit."""
    said = request.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
