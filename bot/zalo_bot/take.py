"""One event on its way in, whether Zalo brought it (webhook) or we asked for it (polling)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import orjson
import structlog

from bot.channel import Hear, KeepBroken, NotTaken
from bot.fields import BrokenUpdate
from bot.figures import REFUSED_TOTAL
from bot.zalo_bot.read import Us, read
from core.messages import Channel

log = structlog.get_logger()

CHANNEL: Final = Channel.ZALO_BOT.value
TRIES: Final = 3
"""So often may one event break our own code before it is set aside: while polling it would hold up all others."""
REMEMBERED: Final = 10_000


class Intake:
    """Reads events and has them heard."""

    def __init__(
        self,
        *,
        bot_id: str,
        names: Callable[[], tuple[str, ...]],
        hear: Hear,
        keep_broken: KeepBroken,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bot_id, self._names, self._now = bot_id, names, now
        self._hear, self._keep_broken = hear, keep_broken
        self._failures: dict[str, int] = {}

    async def take(self, raw: bytes) -> None:
        """Take one body in; returns when all of it is committed. What cannot be read is kept for the operator.

        Raises `NotTaken` when nothing was stored, and whatever our own code broke with (it may come again, until it
        has broken `TRIES` times: then it is kept for the operator too)."""
        try:
            heard = read(orjson.loads(raw), Us(self._bot_id, self._names()), self._now())
        except orjson.JSONDecodeError as error:
            await self._set_aside(self._key_of(raw), raw, f"JSON at {error.pos}")
            return
        except BrokenUpdate as why:
            await self._set_aside(self._key_of(raw), raw, str(why))
            return
        if heard is None:
            REFUSED_TOTAL.labels(CHANNEL, "not_for_us").inc()
            return
        key = heard.message_key
        try:
            await self._hear(heard)
        except NotTaken:
            raise
        except Exception as error:
            tries = self._failures.get(key, 0) + 1
            log.error("event_broke_us", channel=CHANNEL, error=type(error).__name__, tries=tries)
            if tries < TRIES:
                if len(self._failures) > REMEMBERED:
                    self._failures.clear()
                self._failures[key] = tries
                raise
            await self._set_aside(key, raw, type(error).__name__)
        self._failures.pop(key, None)

    async def _set_aside(self, key: str, raw: bytes, why: str) -> None:
        log.error("event_set_aside", channel=CHANNEL, why=why)
        await self._keep_broken(CHANNEL, key, raw)

    def _key_of(self, raw: bytes) -> str:
        """Made of the bytes: brought twice, it is kept once."""
        return f"{self._bot_id}:sha256:{hashlib.sha256(raw).hexdigest()[:32]}"
