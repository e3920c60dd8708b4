"""Ingest one event of Zalo, from the webhook or from polling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import orjson

from bot.channel import Hear, KeepBroken
from bot.intake.fields import BrokenUpdate
from bot.intake.ingest import Ingester
from bot.zalo_bot import CHANNEL
from bot.zalo_bot.read import OwnAccount, read


class Intake:
    """Parses events and ingests them."""

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
        self._ingester = Ingester(CHANNEL, bot_id, hear, keep_broken)

    async def ingest(self, raw: bytes) -> None:
        """Ingest one body; returns after its commit. An unreadable body is set aside for the operator.

        Raises what `Ingester.ingest` raises."""
        try:
            heard = read(orjson.loads(raw), OwnAccount(self._bot_id, self._names()), self._now())
        except orjson.JSONDecodeError as error:
            await self._ingester.set_aside(raw, f"JSON at {error.pos}")
        except BrokenUpdate as why:
            await self._ingester.set_aside(raw, str(why))
        else:
            await self._ingester.ingest(heard, heard.message_key if heard else "", raw)
