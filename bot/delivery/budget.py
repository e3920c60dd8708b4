"""What an account may send in a month: some platforms sell messages by the month."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.channel import QuotaUsedUp
from storage import sending_counts
from storage.outbox import Lane

KEPT: Final = 0.1
"""Of a month's messages, kept for alerts and answers."""
WARN_AT: Final = 0.8
"""Of a month's messages: the operator hears of it once."""


class MonthlyBudget:
    """One account's messages of this month. `limit` is how many it may send, 0: as many as it likes."""

    def __init__(self, account: str, limit: int) -> None:
        self._account, self.limit = account, limit
        self._used = 0

    def look(self, db: Connection, now: datetime) -> None:
        """Learn how many were sent, by all processes."""
        if self.limit:
            self._used = sending_counts.counted(db, self._account, now)

    def check(self, lane: int) -> None:
        """Raises `QuotaUsedUp` when a message of this lane may not go: past the limit none does, and in the last tenth
        only what cannot wait."""
        if self.limit and self._used >= (self.limit if lane < Lane.REMINDER else self.limit * (1 - KEPT)):
            raise QuotaUsedUp

    def spend(self, db: Connection, now: datetime, messages: int) -> int:
        """Count messages that went out. How many that makes in this month where the operator must now be warned, else
        0."""
        if not (self.limit and messages):
            return 0
        used = sending_counts.count(db, self._account, now, messages)
        return used if used - messages < math.ceil(self.limit * WARN_AT) <= used else 0
