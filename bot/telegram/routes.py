"""The address to which Telegram brings updates. It answers 200 after the commit and not before."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel import Hear, KeepBroken, NotTaken
from bot.figures import REFUSED_TOTAL
from bot.telegram.take import CHANNEL, Intake

PATH: Final = "/webhook/telegram"
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY: Final = 1_000_000
"""Bytes. A real update is a few thousand; a message has at most 4096 characters and files come by id."""


def telegram_routes(
    *,
    secret: str,
    bot_id: int,
    bot_name: Callable[[], str],
    hear: Hear,
    keep_broken: KeepBroken,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """The webhook. `secret` is what `set_up` told Telegram; with an empty one nobody gets in.

    401: wrong secret, nothing was read. 413: too large. 503: nothing was stored, bring it again. 200: it is ours now,
    also what we cannot read (kept for the operator), for Telegram would repeat anything else for hours."""
    intake = Intake(bot_id=bot_id, bot_name=bot_name, hear=hear, keep_broken=keep_broken, now=now)
    wanted = secret.encode()

    async def webhook(request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode()
        if not wanted or not hmac.compare_digest(given, wanted):
            return _refuse("secret", 401)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _refuse("cut_off", 400)
        if body is None:
            return _refuse("too_large", 413)
        try:
            await intake.take_body(body)
        except NotTaken:
            return Response(status_code=503, headers={"Retry-After": "1"})
        except Exception:  # its class is in the log already; its text may hold somebody's words, so nobody prints it
            return Response(status_code=500)
        return Response(status_code=200)

    return [Route(PATH, webhook, methods=["POST"])]


def _refuse(why: str, status: int) -> Response:
    REFUSED_TOTAL.labels(CHANNEL, why).inc()
    # Hang up: else the server would go on taking in, and throwing away, whatever the other side still sends.
    return Response(status_code=status, headers={"Connection": "close"})


async def _body(request: Request) -> bytes | None:
    """All of it, or None as soon as it is over the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
