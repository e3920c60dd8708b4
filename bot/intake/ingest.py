"""One thing that a platform brought, on its way in: heard and committed, or set aside for the operator. Nothing that
came is lost, and nothing that breaks us is brought for ever."""

from __future__ import annotations

import hashlib
from typing import Final

import structlog

from bot.channel import Hear, KeepBroken, NotStored
from bot.intake.metrics import REFUSED_TOTAL
from core.bounded_dict import BoundedDict
from core.messages import Inbound

log = structlog.get_logger()

TRIES: Final = 3
"""So often may one thing break our own code before it is set aside: Telegram would bring it for ever and hold up its
chat, a poll would hold up everybody, and Zalo shuts a webhook after five failures."""
REMEMBERED: Final = 10_000


class Ingester:
    """Has one channel's messages heard. `account` is the receiving account's own id, `tell_key` whether its keys
    hold nobody's id, so that logs may name them."""

    def __init__(
        self,
        channel: str,
        account: str,
        hear: Hear,
        keep_broken: KeepBroken,
        *,
        tries: int = TRIES,
        tell_key: bool = False,
    ) -> None:
        self._channel, self._account, self._hear, self._keep_broken = channel, account, hear, keep_broken
        self._tries, self._tell_key = tries, tell_key
        self._failures: BoundedDict[str, int] = BoundedDict(REMEMBERED)

    async def ingest(self, heard: Inbound | None, key: str, raw: bytes) -> None:
        """Have it heard; returns when all of it is committed. What a group says to itself is not for us: it is not
        kept at all.

        Raises `NotStored` when nothing was stored, and whatever our own code broke with (it is brought again, until it
        has broken it `tries` times: then it is kept for the operator)."""
        if heard is None or not (heard.addressed or heard.notice):
            REFUSED_TOTAL.labels(self._channel, "not_for_us").inc()
            return
        key = key or self._made_of(raw)
        try:
            await self._hear(heard)
        except NotStored:
            raise
        except Exception as error:
            tries = self._failures.get(key, 0) + 1
            name = type(error).__name__
            log.error("update_broke_us", channel=self._channel, update=self._told(key), error=name, tries=tries)
            if tries < self._tries:
                self._failures[key] = tries
                raise
            await self.set_aside(raw, type(error).__name__, key=key)
        self._failures.pop(key, None)

    async def set_aside(self, raw: bytes, why: str, *, key: str = "") -> None:
        """Keep it for the operator; without a key of its own it has one of its bytes: brought twice, it is kept once.
        Raises `NotStored`."""
        key = key or self._made_of(raw)
        log.error("update_set_aside", channel=self._channel, update=self._told(key), why=why)
        await self._keep_broken(self._channel, key, raw)

    def _told(self, key: str) -> str:
        """A key that holds a person's id is not for the log."""
        return key if self._tell_key or ":sha256:" in key else "-"

    def _made_of(self, raw: bytes) -> str:
        return f"{self._account}:sha256:{hashlib.sha256(raw).hexdigest()[:32]}"
