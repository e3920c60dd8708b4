"""The route of Zalo's webhook. It answers 200 only after the commit."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel import Hear, KeepBroken
from bot.intake.webhook import ingest_body, refuse
from bot.zalo_bot import CHANNEL
from bot.zalo_bot.ingest import Intake

PATH: Final = "/webhook/zalo-bot"
HEADER: Final = "X-Bot-Api-Secret-Token"
LARGEST_BODY: Final = 256 * 1024
"""Bytes. A real event is below one thousand: files come as links."""


def zalo_bot_routes(
    *,
    secret: str,
    bot_id: str,
    names: Callable[[], tuple[str, ...]],
    hear: Hear,
    keep_broken: KeepBroken,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """The webhook. `secret` is the one that `set_up` gave to Zalo; with an empty secret every request is rejected.

    Responses: 401 wrong secret, the body was not read; 413 too large; 503 nothing was stored, send it again; 200
    stored, also for an unreadable event (set aside for the operator), and for Zalo's test request, which has no
    body."""
    intake = Intake(bot_id=bot_id, names=names, hear=hear, keep_broken=keep_broken, now=now)
    wanted = secret.encode()

    async def webhook(request: Request) -> Response:
        if _is_empty(request):
            return Response(status_code=200)
        given = request.headers.get(HEADER, "").encode("latin-1")
        if not wanted or not hmac.compare_digest(given, wanted):
            return refuse(CHANNEL, "secret", 401)
        return await ingest_body(request, CHANNEL, LARGEST_BODY, ingest)

    async def ingest(raw: bytes) -> None:
        if raw.strip():
            await intake.ingest(raw)

    return [Route(PATH, webhook, methods=["POST"])]


def _is_empty(request: Request) -> bool:
    """Whether the request has no body: Zalo's test request. It is not documented whether that has the secret, and it
    contains nothing to protect."""
    return request.headers.get("Content-Length", "0") == "0" and "Transfer-Encoding" not in request.headers
