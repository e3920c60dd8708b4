"""One update on its way in, whether Telegram brought it (webhook) or we asked for it (polling)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import orjson
import structlog

from bot.channel import Hear, KeepBroken, NotTaken
from bot.fields import BrokenUpdate
from bot.figures import REFUSED_TOTAL
from bot.telegram.read import Us, read
from core.messages import Channel

log = structlog.get_logger()

CHANNEL: Final = Channel.TELEGRAM.value
TRIES: Final = 3
"""So often may one update break our own code before it is set aside: Telegram would bring it for ever, and hold up
its chat."""


class Intake:
    """Reads updates and has them heard."""

    def __init__(
        self,
        *,
        bot_id: int,
        bot_name: Callable[[], str],
        hear: Hear,
        keep_broken: KeepBroken,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bot_id, self._bot_name = bot_id, bot_name
        self._hear, self._keep_broken, self._now = hear, keep_broken, now
        self._failures: dict[str, int] = {}

    async def take_body(self, body: bytes) -> None:
        """Take a webhook's body in. See `take`."""
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            await self._set_aside(self._key_of(None, body), body, f"JSON at {error.pos}")
            return
        await self.take(update, body)

    async def take(self, update: Any, body: bytes | None = None) -> None:
        """Take one update in; returns when all of it is committed. What cannot be read is kept for the operator.

        Raises `NotTaken` when nothing was stored, and whatever our own code broke with (the platform brings the
        update again, until it has broken `TRIES` times: then it is kept for the operator too)."""
        key = self._key_of(update, body)
        try:
            heard = read(update, Us(self._bot_id, self._bot_name()), self._now())
        except BrokenUpdate as why:
            await self._set_aside(key, body or orjson.dumps(update), str(why))
            return
        # What a group says to itself is not for us: it is not kept at all.
        if heard is None or not (heard.addressed or heard.notice):
            REFUSED_TOTAL.labels(CHANNEL, "not_for_us").inc()
            return
        try:
            await self._hear(heard)
        except NotTaken:
            raise
        except Exception as error:
            tries = self._failures.get(key, 0) + 1
            log.error("update_broke_us", update=key, error=type(error).__name__, tries=tries)
            if tries < TRIES:
                if len(self._failures) > 10_000:
                    self._failures.clear()
                self._failures[key] = tries
                raise
            await self._set_aside(key, body or orjson.dumps(update), type(error).__name__)
        self._failures.pop(key, None)

    async def _set_aside(self, key: str, body: bytes, why: str) -> None:
        log.error("update_set_aside", update=key, why=why)
        await self._keep_broken(CHANNEL, key, body)

    def _key_of(self, update: Any, body: bytes | None) -> str:
        """The update's own key where it has one, else one made of its bytes: brought twice, it is kept once."""
        number = update.get("update_id") if isinstance(update, dict) else None
        if type(number) is int:
            return f"{self._bot_id}:{number}"
        return f"{self._bot_id}:sha256:{hashlib.sha256(body or orjson.dumps(update)).hexdigest()[:32]}"
