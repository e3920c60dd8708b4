"""The address to which Tiny brings messages."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel.folder import Host
from bot.intake.fields import BrokenUpdate
from bot.intake.ingest import Ingester
from bot.intake.webhook import ingest_body, refuse

from . import CHANNEL
from .read import read


def tiny_routes(host: Host, token: str) -> list[Route]:
    """The webhook: Tiny shows the token that we gave it."""
    ingester = Ingester(CHANNEL, CHANNEL, host.hear, host.keep_broken)

    async def ingest(raw: bytes) -> None:
        try:
            heard = read(orjson.loads(raw), host.now())
        except (orjson.JSONDecodeError, BrokenUpdate) as why:
            await ingester.set_aside(raw, str(why))
        else:
            await ingester.ingest(heard, heard.message_key, raw)

    async def webhook(request: Request) -> Response:
        if request.headers.get("authorization") != token:
            return refuse(CHANNEL, "secret", 401)
        return await ingest_body(request, CHANNEL, 10_000, ingest)

    return [Route("/webhook/tiny", webhook, methods=["POST"])]
