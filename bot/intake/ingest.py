"""Ingest one update of a platform: process and commit it, or set it aside for the operator. No update is lost, and an
update that crashes our code is set aside after a few tries."""

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
"""How often an update may crash our code before it is set aside. Telegram would send it for ever and hold up its chat,
polling would hold up everybody, and Zalo disables a webhook after five failures."""
REMEMBERED: Final = 10_000


class Ingester:
    """Ingests the messages of one channel. `account` is the id of the receiving account. `tell_key`: the channel's
    message keys contain no person's id, so logs may name them."""

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
        """Process one message; returns after its commit. Group messages that are not addressed to the bot are not
        stored at all.

        Raises `NotStored` when nothing was stored, and whatever our own code raised: the platform then sends the update
        again. After `tries` failures the update is set aside for the operator and nothing is raised."""
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
        """Store an update for the operator. Without a `key` the hash of its bytes is the key, so that it is stored once
        even when it comes twice. Raises `NotStored`."""
        key = key or self._made_of(raw)
        log.error("update_set_aside", channel=self._channel, update=self._told(key), why=why)
        await self._keep_broken(self._channel, key, raw)

    def _told(self, key: str) -> str:
        """The key for the log; "-" for a key that may contain a person's id."""
        return key if self._tell_key or ":sha256:" in key else "-"

    def _made_of(self, raw: bytes) -> str:
        return f"{self._account}:sha256:{hashlib.sha256(raw).hexdigest()[:32]}"
