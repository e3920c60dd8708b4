"""The route of Telegram's webhook. It answers 200 only after the commit."""

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
from bot.telegram import CHANNEL
from bot.telegram.ingest import Intake

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
    """The webhook. `secret` is the one that `set_up` gave to Telegram; with an empty secret every request is rejected.

    Responses: 401 wrong secret, the body was not read; 413 too large; 503 nothing was stored, send it again; 200
    stored, also for an unreadable update (set aside for the operator), because Telegram would repeat it for hours
    otherwise."""
    intake = Intake(bot_id=bot_id, bot_name=bot_name, hear=hear, keep_broken=keep_broken, now=now)
    wanted = secret.encode()

    async def webhook(request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode()
        if not wanted or not hmac.compare_digest(given, wanted):
            return refuse(CHANNEL, "secret", 401)
        return await ingest_body(request, CHANNEL, LARGEST_BODY, intake.ingest_body)

    return [Route(PATH, webhook, methods=["POST"])]
