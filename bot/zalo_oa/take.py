"""One event on its way in, its signature checked."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import structlog

from bot.channel import Hear, KeepBroken, NotTaken
from bot.fields import BrokenUpdate
from bot.figures import REFUSED_TOTAL
from bot.zalo_oa.read import Us, read
from core.messages import Channel

log = structlog.get_logger()

CHANNEL: Final = Channel.ZALO_OA.value
TRIES: Final = 2
"""So often may one event break our own code before it is set aside: after five failures Zalo shuts the webhook."""
REMEMBERED: Final = 10_000


class Intake:
    """Reads events and has them heard."""

    def __init__(self, *, us: Us, hear: Hear, keep_broken: KeepBroken) -> None:
        self._us, self._hear, self._keep_broken = us, hear, keep_broken
        self._failures: dict[str, int] = {}

    async def take(self, body: Any, raw: bytes) -> None:
        """Take one event in; returns when all of it is committed. What cannot be read is kept for the operator.

        Raises `NotOurs` for another account's event, `NotTaken` when nothing was stored, and whatever our own code
        broke with (Zalo brings the event again, until it has broken `TRIES` times: then it is kept)."""
        try:
            heard = read(body, self._us)
        except BrokenUpdate as why:
            await self._set_aside(self._key_of(raw), raw, str(why))
            return
        # What a group says to itself is not for us: it is not kept at all.
        if heard is None or not (heard.addressed or heard.notice):
            REFUSED_TOTAL.labels(CHANNEL, "not_for_us").inc()
            return
        key = heard.message_key
        try:
            await self._hear(heard)
        except NotTaken:
            raise
        except Exception as error:
            tries = self._failures.get(key, 0) + 1
            log.error("event_broke_us", error=type(error).__name__, tries=tries)
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
        return f"{self._us.oa_id or self._us.app_id}:sha256:{hashlib.sha256(raw).hexdigest()[:32]}"
