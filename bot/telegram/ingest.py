"""Ingest one update of Telegram, from the webhook or from polling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.channel import Hear, KeepBroken
from bot.intake.fields import BrokenUpdate
from bot.intake.ingest import Ingester
from bot.telegram import CHANNEL
from bot.telegram.read import OwnAccount, read


class Intake:
    """Parses updates and ingests them."""

    def __init__(
        self,
        *,
        bot_id: int,
        bot_name: Callable[[], str],
        hear: Hear,
        keep_broken: KeepBroken,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bot_id, self._bot_name, self._now = bot_id, bot_name, now
        self._ingester = Ingester(CHANNEL, str(bot_id), hear, keep_broken, tell_key=True)

    async def ingest_body(self, body: bytes) -> None:
        """Ingest the body of a webhook request. See `ingest`."""
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            await self._ingester.set_aside(body, f"JSON at {error.pos}")
            return
        await self.ingest(update, body)

    async def ingest(self, update: Any, body: bytes | None = None) -> None:
        """Ingest one update; returns after its commit. An unreadable update is set aside for the operator.

        Raises what `Ingester.ingest` raises."""
        key, raw = self._key_of(update), body or orjson.dumps(update)
        try:
            heard = read(update, OwnAccount(self._bot_id, self._bot_name()), self._now())
        except BrokenUpdate as why:
            await self._ingester.set_aside(raw, str(why), key=key)
            return
        await self._ingester.ingest(heard, key, raw)

    def _key_of(self, update: Any) -> str:
        """The message key of an update, "" when it has no id."""
        update_id = update.get("update_id") if isinstance(update, dict) else None
        return f"{self._bot_id}:{update_id}" if type(update_id) is int else ""
