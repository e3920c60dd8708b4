"""The requests to Zalo's servers. Each returns a plain result or raises one of our errors.

Every URL contains the token, so no URL goes into an error or a log, and none of Zalo's texts.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any, Final

import httpx
import orjson

from bot.channel import ConnectionFailed
from bot.zalo.answers import object_of
from bot.zalo_bot.errors import TOO_MANY, TimedOut, TooMany, meaning

OFFICIAL_API: Final = "https://bot-api.zaloplatforms.com"
ANSWER_S: Final = 20
"""Timeout in seconds for a request."""
_TOKEN: Final = re.compile(r"([0-9]{1,30}):[A-Za-z0-9._~!$&*+,;=@:-]{1,200}")
_OUTCOME: Final = re.compile(r"[a-z0-9._-]{1,60}")


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of Zalo's test request to our webhook: its HTTP status, and Zalo's word for it."""

    ok: bool
    status: int = 0
    outcome: str = ""


class BotClient:
    """A client of the Bot API with one bot's token."""

    def __init__(self, token: str, api: str = OFFICIAL_API) -> None:
        """Raises `ValueError` for a token of the wrong shape."""
        shape = _TOKEN.fullmatch(token)
        if shape is None:
            raise ValueError("the token of the Zalo bot has the wrong shape: it looks like 123456:letters")
        for talkative in ("httpx", "httpcore"):  # they would log each URL, with the token
            logging.getLogger(talkative).setLevel(logging.ERROR)
        self.bot_id = shape[1]
        self._base = f"{api}/bot{token}"
        self._http = httpx.AsyncClient(trust_env=False, timeout=ANSWER_S, follow_redirects=False)

    async def send_message(self, chat: str, text: str) -> str:
        """Send plain text (1 to 2000 characters). Returns the message's id, "" when Zalo accepted it without telling
        one."""
        sent = await self._ask("sendMessage", {"chat_id": chat, "text": text})
        message_id = sent.get("message_id") if isinstance(sent, dict) else None
        return str(message_id) if isinstance(message_id, str | int) else ""

    async def get_me(self) -> tuple[str, ...]:
        """The bot's names; empty when Zalo tells none."""
        me = await self._ask("getMe")
        names = (me.get("display_name"), me.get("account_name")) if isinstance(me, dict) else ()
        return tuple(name for name in names if isinstance(name, str) and name.strip())

    async def get_update(self, wait_s: int) -> dict[str, Any] | None:
        """The next update as plain JSON, None when nothing came within `wait_s` seconds."""
        try:
            update = await self._ask("getUpdates", {"timeout": wait_s}, ANSWER_S + wait_s)
        except TimedOut:
            return None
        if not update:
            return None
        if not isinstance(update, dict):
            raise ConnectionFailed("an update is no object")
        return update

    async def set_webhook(self, url: str, secret: str) -> Verification:
        """Set the webhook to `url`. Zalo stores it even when its test request failed."""
        answer = await self._ask("setWebhook", {"url": url, "secret_token": secret})
        looked = answer.get("verification") if isinstance(answer, dict) else None
        if not isinstance(looked, dict):
            return Verification(ok=True)  # older servers make no test request
        status, outcome = looked.get("status_code"), str(looked.get("outcome", ""))
        return Verification(
            ok=looked.get("ok") is True,
            status=status if isinstance(status, int) else 0,
            outcome=outcome if _OUTCOME.fullmatch(outcome) else "",
        )

    async def delete_webhook(self) -> None:
        """Delete the webhook, so that updates wait for polling."""
        await self._ask("deleteWebhook")

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _ask(self, method: str, values: dict[str, Any] | None = None, timeout_s: float = ANSWER_S) -> Any:
        headers = {"Content-Type": "application/json"}
        try:
            answer = await self._http.post(
                f"{self._base}/{method}", content=orjson.dumps(values or {}), headers=headers, timeout=timeout_s
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ConnectionFailed(type(error).__name__) from None
        if answer.status_code == TOO_MANY:
            raise TooMany(f"HTTP {answer.status_code}")
        body = object_of(answer)
        if body.get("ok") is True and answer.status_code < 400:
            return body.get("result")
        code = body.get("error_code")
        raise meaning(code if type(code) is int else answer.status_code)
