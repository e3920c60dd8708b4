"""aiogram's HTTP session with plain JSON results."""

from __future__ import annotations

from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.channel import ConnectionFailed


class PlainSession(AiohttpSession):
    """Leaves results as plain JSON and passes only refusals through aiogram, because a request has been carried out
    even when a newer server describes the result in a way that aiogram cannot parse. (Otherwise such an answer would
    look like a failure, and the message would be sent again and again.) An HTML page of a proxy raises
    `ConnectionFailed`."""

    def __init__(self, base: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base))
        self._tls = base.startswith("https:")

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        try:
            answer = orjson.loads(content)
        except orjson.JSONDecodeError:
            raise ConnectionFailed(f"HTTP {status_code} without JSON") from None
        if not isinstance(answer, dict):
            raise ConnectionFailed(f"HTTP {status_code} without an answer")
        if answer.get("ok") is True and 200 <= status_code < 300:
            result: Any = answer.get("result")
            return Response[TelegramType].model_construct(ok=True, result=result)
        return super().check_response(bot, method, status_code, content)

    async def close(self) -> None:
        """Close the session. aiogram waits a quarter of a second for the end of TLS, which is skipped without TLS."""
        if self._tls:
            await super().close()
        elif self._session is not None:
            await self._session.close()
