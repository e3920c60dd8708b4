"""One event on its way in."""

from __future__ import annotations

from typing import Any, Final

from bot.channel import Hear, KeepBroken
from bot.intake.fields import BrokenUpdate
from bot.intake.ingest import Ingester
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.read import OwnAccount, read

TRIES: Final = 2
"""After five failures in a row Zalo shuts the webhook."""


class Intake:
    """Reads events and has them heard."""

    def __init__(self, *, us: OwnAccount, hear: Hear, keep_broken: KeepBroken) -> None:
        self._us = us
        self._ingester = Ingester(CHANNEL, us.oa_id or us.app_id, hear, keep_broken, tries=TRIES)

    async def ingest(self, body: Any, raw: bytes) -> None:
        """Take one event in; returns when all of it is committed. What cannot be read is kept for the operator.

        Raises `OtherAccount` for another account's event, and what `Ingester.ingest` raises."""
        try:
            heard = read(body, self._us)
        except BrokenUpdate as why:
            await self._ingester.set_aside(raw, str(why))
        else:
            await self._ingester.ingest(heard, heard.message_key if heard else "", raw)
