"""The route of Zalo's webhook. It answers 200 only after the commit; Zalo waits two seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel import Hear, KeepBroken
from bot.intake.webhook import TurnedAway, ingest_body
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.ingest import Intake
from bot.zalo_oa.read import OtherAccount, OwnAccount
from bot.zalo_oa.signature import HEADER, BadSignature, signed

PATH: Final = "/webhook/zalo-oa"
LARGEST_BODY: Final = 256 * 1024
"""Bytes. A real event is one or two thousand: files come as links."""


def zalo_oa_routes(
    *,
    us: OwnAccount,
    secret: str,
    hear: Hear,
    keep_broken: KeepBroken,
    bad_signature_status: int = 401,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Route]:
    """The webhook. `secret` is the OA Secret Key; with an empty secret every request is rejected.

    Responses: 413 too large; `bad_signature_status` unsigned, wrongly signed, too old, or for another account; 503
    nothing was stored, send it again; 200 stored, also for an unreadable event (set aside for the operator), because
    Zalo disables a webhook that keeps refusing."""
    intake = Intake(us=us, hear=hear, keep_broken=keep_broken)

    async def webhook(request: Request) -> Response:
        header = request.headers.get(HEADER, "")

        async def ingest(raw: bytes) -> None:
            try:
                body = signed(raw, header, app_id=us.app_id, secret=secret, now=now(), oa_id=us.oa_id)
                await intake.ingest(body, raw)
            except (BadSignature, OtherAccount) as why:
                raise TurnedAway(str(why), bad_signature_status) from None

        return await ingest_body(request, CHANNEL, LARGEST_BODY, ingest)

    return [Route(PATH, webhook, methods=["POST"])]
