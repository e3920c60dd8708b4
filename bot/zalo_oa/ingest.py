"""Ingest one event of Zalo."""

from __future__ import annotations

from typing import Any, Final

from bot.channel import Hear, KeepBroken
from bot.intake.fields import BrokenUpdate
from bot.intake.ingest import Ingester
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.read import OwnAccount, read

TRIES: Final = 2
"""Fewer than usual, because Zalo disables the webhook after five failures in a row."""


class Intake:
    """Parses events and ingests them."""

    def __init__(self, *, us: OwnAccount, hear: Hear, keep_broken: KeepBroken) -> None:
        self._us = us
        self._ingester = Ingester(CHANNEL, us.oa_id or us.app_id, hear, keep_broken, tries=TRIES)

    async def ingest(self, body: Any, raw: bytes) -> None:
        """Ingest one event; returns after its commit. An unreadable event is set aside for the operator.

        Raises `OtherAccount` for another account's event, and what `Ingester.ingest` raises."""
        try:
            heard = read(body, self._us)
        except BrokenUpdate as why:
            await self._ingester.set_aside(raw, str(why))
        else:
            await self._ingester.ingest(heard, heard.message_key if heard else "", raw)
